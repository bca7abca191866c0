"""Without a screen the program says so and fits all the same; with a server that does not answer it never hangs."""

from __future__ import annotations

import socket
import struct
import sys
import tempfile
import threading
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from nmf_explorer import __main__ as program
from nmf_explorer.resource_files import sample_images

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LED = str(sample_images() / "led_digits")


@pytest.fixture
def no_screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")


@pytest.mark.parametrize("arguments", [[], [LED]])
@pytest.mark.usefixtures("no_screen")
def test_without_a_screen_the_job_is_done_all_the_same(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(arguments) == 0
    notice, line, picture = capsys.readouterr().out.splitlines()
    assert notice.startswith("No screen was found")
    assert " parts from " in line
    with Image.open(picture.removeprefix("Picture of the parts: ")) as sheet:
        assert sheet.width > 8


@pytest.mark.usefixtures("no_screen")
def test_without_a_screen_a_folder_that_cannot_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["no/such/folder"]) == 1
    assert "Picture" not in capsys.readouterr().out


@pytest.mark.usefixtures("no_screen")
def test_without_a_screen_a_name_with_a_dash_is_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["--", "--size"]) == 1
    assert "no file or folder “--size”" in capsys.readouterr().err


@contextmanager
def server(path: Path, answer: bytes = b"") -> Iterator[SimpleQueue[bytes]]:
    """Accept one connection on a local socket, give the request away and send the answer; b"" closes without one."""
    requests: SimpleQueue[bytes] = SimpleQueue()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()

        def serve() -> None:
            with listening.accept()[0] as connection:
                requests.put(connection.recv(100))
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield requests
        thread.join()
    path.unlink()


@pytest.mark.usefixtures("no_screen")
@pytest.mark.parametrize("answer", [b"\0", b""])  # a server that refuses, or closes at once, is alive
def test_an_x_server_that_answers_is_a_screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: bytes) -> None:
    monkeypatch.setattr(program, "_X11_SOCKETS", str(tmp_path / "X"))
    for display in (":7", ":7.0", "unix:7"):
        monkeypatch.setenv("DISPLAY", display)
        with server(tmp_path / "X7", answer) as requests:
            assert program._has_screen()
        request = requests.get()
        assert len(request) == 12  # the size of a connection setup without a cookie
        assert request[:4] == b"l\0\0\0"


@pytest.mark.usefixtures("no_screen")
def test_an_x_server_that_is_not_there_is_no_screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(program, "_X11_SOCKETS", str(tmp_path / "X"))
    assert not program._has_screen()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "X8"))  # stays behind, as after a crash
    for display in (":7", ":8", "unix:7.0", "no colon", ":", "localhost:99999"):
        monkeypatch.setenv("DISPLAY", display)
        assert not program._has_screen(), display


@pytest.mark.usefixtures("no_screen")
@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_server_that_accepts_connections_and_never_answers_is_no_screen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setattr(program, "_TIMEOUT_SECONDS", 0.05)
    monkeypatch.setattr(program, "_X11_SOCKETS", str(tmp_path / "X"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv(name, ":7" if name == "DISPLAY" else "X7")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "X7"))
        listening.listen()
        assert not program._has_screen()


@pytest.mark.usefixtures("no_screen")
def test_an_x_server_on_another_machine_is_a_screen_if_it_accepts_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    answering = [("localhost", 6010), ("::1", 6000)]

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        if address not in answering:
            raise ConnectionRefusedError
        assert timeout < 10
        return socket.socket()

    monkeypatch.setattr(socket, "create_connection", connect)  # a machine without network may lack even localhost
    for display, expected in (("localhost:10.0", True), ("[::1]:0", True), ("localhost:11", False), ("far:0", False)):
        monkeypatch.setenv("DISPLAY", display)
        assert program._has_screen() is expected


@pytest.mark.usefixtures("no_screen")
def test_a_wayland_compositor_that_answers_is_a_screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert not program._has_screen()
    for display in ("wayland-0", str(tmp_path / "wayland-0")):
        monkeypatch.setenv("WAYLAND_DISPLAY", display)
        with server(tmp_path / "wayland-0", b"done") as requests:
            assert program._has_screen()
        display_id, size_and_opcode, new_id = struct.unpack("=3I", requests.get())
        assert (display_id, size_and_opcode >> 16, size_and_opcode & 0xFFFF, new_id) == (1, 12, 0, 2)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert not program._has_screen()


@pytest.mark.usefixtures("no_screen")
def test_qt_may_draw_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for platform, expected in (("offscreen", True), ("vnc:size=800x600", True), ("xcb", False), ("wayland;xcb", False)):
        monkeypatch.setenv("QT_QPA_PLATFORM", platform)
        assert program._has_screen() is expected
