"""``nmf-explorer`` and ``python -m nmf_explorer``: decides between the window and the terminal."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from nmf_explorer import __version__
from nmf_explorer.arguments import SOURCE_HELP, add_load_options, load_options
from nmf_explorer.resource_files import sample_images

_DEFAULT_SET = "stripes"
_X11_SOCKETS = "/tmp/.X11-unix/X"  # noqa: S108 - the X window system's own place, fixed by it
_X11_PORT = 6000  # of screen 0 on another machine, or of the near end of ssh -X
_PATIENCE_SECONDS = 5.0


def main(arguments: list[str] | None = None) -> int:
    """Run the program.

    Parameters
    ----------
    arguments : list of str, optional
        Command line without the program's name; by default the process's own.

    Returns
    -------
    int
        Exit code: 0 done, 1 the input cannot be used, 2 wrong usage (argparse exits by itself).
    """
    words = sys.argv[1:] if arguments is None else arguments
    try:
        code = _run(words)
        if sys.stdout is not None:  # on Windows there may be no console
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.filename is not None:  # not of printing, so a fault of the program's own
            raise
        return _say_that_printing_failed(error)
    return code


def _run(words: list[str]) -> int:
    if words[:1] == ["fit"]:
        return _fit(words[1:])
    given = _parser().parse_args(words)
    return _open_window(given) if _has_screen() else _work_without_screen(words, has_source=bool(given.source))


def _say_that_printing_failed(error: OSError) -> int:
    """Tell it in one line; a reader who has left (`nmf-explorer fit SOURCE | head`) is no failure."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python tries again when it ends
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


def _fit(words: list[str]) -> int:
    from nmf_explorer.cli import run_fit

    return run_fit(words)


def _open_window(given: argparse.Namespace) -> int:
    try:
        from nmf_explorer.app import run
    except ImportError as error:
        if "PySide6" not in str(error) and ".so" not in str(error):
            raise
        print(f"nmf-explorer: the window cannot open, {error}. See README.md, “Run”.", file=sys.stderr)
        return 1
    return run(given.source, load_options(given))


def _work_without_screen(words: list[str], *, has_source: bool) -> int:
    """Do the same job into a file: what to see is better than an abort of the window system."""
    import tempfile

    picture = Path(tempfile.mkdtemp(prefix="nmf-explorer-")) / "parts.png"
    print("No screen was found, so no window opens; the parts are found and drawn into a file instead.", flush=True)
    code = _fit(["--picture", str(picture), *words, *([] if has_source else [str(sample_images() / _DEFAULT_SET)])])
    if code == 0:
        print(f"Picture of the parts: {picture}")
    return code


def _has_screen() -> bool:
    """Whether a window could open; asked without Qt, which ends the process where it cannot."""
    if sys.platform in ("win32", "darwin"):
        return True
    wanted = os.environ.get("QT_QPA_PLATFORM") or "wayland;xcb"
    if "wayland" not in wanted and "xcb" not in wanted:
        return True  # Qt is told to draw elsewhere, such as into memory
    wayland = "wayland" in wanted and _wayland_answers(os.environ.get("WAYLAND_DISPLAY", ""))
    return wayland or ("xcb" in wanted and _x11_answers(os.environ.get("DISPLAY", "")))


def _wayland_answers(name: str) -> bool:
    return bool(name) and _answers(str(Path(os.environ.get("XDG_RUNTIME_DIR", "")) / name))


def _x11_answers(display: str) -> bool:
    host, colon, numbers = display.rpartition(":")
    number = numbers.partition(".")[0]
    if not (colon and number.isdecimal()):
        return False
    if host not in ("", "unix"):
        return _answers((host.strip("[]"), _X11_PORT + int(number)))
    address = f"{_X11_SOCKETS}{number}"
    return _answers(address) or _answers(f"\0{address}")


def _answers(address: str | tuple[str, int]) -> bool:
    import socket

    try:
        if not isinstance(address, str):
            socket.create_connection(address, _PATIENCE_SECONDS).close()
            return True
        with socket.socket(socket.AF_UNIX) as door:
            return door.connect_ex(address) == 0
    except (OSError, OverflowError):  # no such host, nobody there, a port or a path that cannot be
        return False


if __name__ == "__main__":
    sys.exit(main())
