"""Run ``nmf-explorer`` or ``python -m nmf_explorer``: open a window, or fit in the terminal."""

from __future__ import annotations

import argparse
import io
import os
import struct
import sys
from pathlib import Path

from nmf_explorer import __version__
from nmf_explorer.arguments import SOURCE_HELP, add_load_options, load_options
from nmf_explorer.resource_files import sample_images

_DEFAULT_SET = "stripes"
_X11_SOCKETS = "/tmp/.X11-unix/X"  # noqa: S108 - fixed by the X window system
_X11_PORT = 6000  # of display 0 on another machine, or of this end of ssh -X
_X11_SETUP = b"l" + bytes(11)  # connection setup for protocol 0.0: every server refuses it, and so shows that it works
_WAYLAND_SYNC = struct.pack("=3I", 1, 12 << 16, 2)  # wl_display.sync, which every compositor answers
_TIMEOUT_SECONDS = 5.0


def main(arguments: list[str] | None = None) -> int:
    """Run the program with the command line, without its name; return the exit code.

    0 done, 1 the input cannot be used, 130 interrupted; wrong usage exits with 2 through argparse.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # an encoding such as Latin-1 has not all letters of the texts
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        if sys.stdout is not None:  # on Windows there may be no console
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.filename is not None:  # not an error of printing
            raise
        return _report_print_error(error)
    return code


def _run(arguments: list[str]) -> int:
    if arguments[:1] == ["fit"]:
        return _fit(arguments[1:])
    given = _parser().parse_args(arguments)
    return _open_window(given) if _has_screen() else _work_without_screen(arguments, has_source=bool(given.source))


def _report_print_error(error: OSError) -> int:
    """Report a failed print in one line; a closed pipe (`nmf-explorer fit SOURCE | head`) is no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python flushes it again at exit, and fails
    if isinstance(error, BrokenPipeError):
        return 0
    print(f"nmf-explorer: the result could not be printed: {error.strerror}.", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nmf-explorer",
        description="See how images are made of parts. Opens a window; “nmf-explorer fit --help” works without one.",
        epilog="commands: fit SOURCE  find the parts of a set of images without a window",
    )
    parser.add_argument("source", metavar="SOURCE", nargs="*", type=Path, help=SOURCE_HELP)
    add_load_options(parser)
    parser.add_argument("--version", action="version", version=f"NMF Explorer {__version__}")
    return parser


def _fit(arguments: list[str]) -> int:
    from nmf_explorer.cli import run_fit

    return run_fit(arguments)


def _open_window(given: argparse.Namespace) -> int:
    try:
        from nmf_explorer.app import run
    except ImportError as error:
        if "PySide6" not in str(error) and ".so" not in str(error):
            raise
        print(f"nmf-explorer: the window cannot open, {error}. See README.md, “Run”.", file=sys.stderr)
        return 1
    return run(given.source, load_options(given))


def _work_without_screen(arguments: list[str], *, has_source: bool) -> int:
    """Fit and draw the parts into a file, instead of letting Qt abort."""
    import tempfile

    picture = Path(tempfile.mkdtemp(prefix="nmf-explorer-")) / "parts.png"
    print("No screen was found, so no window opens; the parts are found and drawn into a file instead.", flush=True)
    code = _fit(["--picture", str(picture), *arguments, *([] if has_source else [str(sample_images() / _DEFAULT_SET)])])
    if code == 0:
        print(f"Picture of the parts: {picture}")
    return code


# Not left to Qt: with QT_QPA_PLATFORM="wayland;xcb;offscreen" PySide6 6.11.3 falls back to offscreen (after 4 lines of
# warnings) if a socket is missing or stale, but waits forever for an X server that accepts connections and does not
# answer, such as a stopped one. Importing it also needs libraries that a machine without a screen may lack (libEGL).
def _has_screen() -> bool:
    """Return whether a window can open."""
    if sys.platform in ("win32", "darwin"):
        return True
    wanted = os.environ.get("QT_QPA_PLATFORM") or "wayland;xcb"
    if "wayland" not in wanted and "xcb" not in wanted:
        return True  # Qt draws elsewhere, such as into memory
    wayland = "wayland" in wanted and _has_wayland(os.environ.get("WAYLAND_DISPLAY", ""))
    return wayland or ("xcb" in wanted and _has_x11(os.environ.get("DISPLAY", "")))


def _has_wayland(name: str) -> bool:
    path = str(Path(os.environ.get("XDG_RUNTIME_DIR", "")) / name)
    return bool(name) and _answers_locally(path, _WAYLAND_SYNC)


def _has_x11(display: str) -> bool:
    host, colon, numbers = display.rpartition(":")
    number = numbers.partition(".")[0]
    if not (colon and number.isdecimal()):
        return False
    if host not in ("", "unix"):
        return _accepts_connections(host.strip("[]"), _X11_PORT + int(number))
    path = f"{_X11_SOCKETS}{number}"
    return _answers_locally(path, _X11_SETUP) or _answers_locally(f"\0{path}", _X11_SETUP)


def _answers_locally(path: str, request: bytes) -> bool:
    """Return whether a local server answers in time; a stopped one accepts connections, but never answers."""
    import socket

    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(_TIMEOUT_SECONDS)
            connection.connect(path)
            connection.sendall(request)
            connection.recv(1)
    except OSError:  # no such socket, no server, no answer, or a path that is too long
        return False
    return True


def _accepts_connections(host: str, port: int) -> bool:
    """Return whether a server accepts TCP; it gets no request, since ssh -X would print that it has no cookie."""
    import socket

    try:
        socket.create_connection((host, port), _TIMEOUT_SECONDS).close()
    except (OSError, OverflowError):  # no such host, no server, or an impossible port
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
