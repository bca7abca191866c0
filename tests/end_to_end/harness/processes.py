"""Processes started by the tests: their output goes to a file, and none outlives its test."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.end_to_end.harness.polling import PATIENCE_SECONDS, wait_until

TERM_SECONDS = 3.0  # from SIGTERM to SIGKILL


class StartedProcess:
    """One running program, leader of a session (and process group) of its own."""

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        log_file: Path,
        *,
        folder: Path | None = None,
        pass_fds: Sequence[int] = (),
        piped: bool = False,
    ) -> None:
        self.arguments = tuple(arguments)
        self.log_file = log_file
        with log_file.open("wb") as log:
            self.popen = subprocess.Popen(
                self.arguments,
                env=dict(environment),
                cwd=folder,
                stdin=subprocess.PIPE if piped else subprocess.DEVNULL,
                stdout=subprocess.PIPE if piped else log,
                stderr=log,
                bufsize=0,
                pass_fds=pass_fds,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self.popen.pid

    @property
    def is_running(self) -> bool:
        """Whether the program itself still runs."""
        return self.popen.poll() is None

    def log(self) -> str:
        """Return what the program has printed so far, standard output and errors together."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def exit_code(self, timeout: float = PATIENCE_SECONDS) -> int:
        """Wait for the end of the program and return its exit code; negative numbers are the signal that ended it."""
        try:
            return self.popen.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self.arguments} still runs after {timeout:g} s.\n{self.log()}") from None

    def end(self) -> None:
        """End the program and every child in its session: SIGTERM first, then SIGKILL."""
        if self.is_running:
            self._signal_all(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(TERM_SECONDS)
        self._signal_all(signal.SIGKILL)
        self.popen.wait()
        for pipe in (self.popen.stdin, self.popen.stdout):
            if pipe is not None:
                pipe.close()

    def _signal_all(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)


def in_session(leader: int) -> list[int]:
    """Return the ids of the running processes in the session that `leader` started, without itself."""
    return [pid for pid in _all_pids() if pid != leader and _session_of(pid) == leader]


def with_variable(name: str, value: str) -> list[int]:
    """Return the ids of the running processes that were started with `name=value` in their environment."""
    wanted = f"{name}={value}".encode()
    return [pid for pid in _all_pids() if pid != os.getpid() and wanted in _environment_of(pid)]


def end_all(list_pids: Callable[[], list[int]]) -> None:
    """End the listed processes, and those that they leave behind; `list_pids` is called again each time."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in list_pids():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)
        with contextlib.suppress(AssertionError):
            wait_until(lambda: not list_pids(), "the processes have ended", TERM_SECONDS)


def _all_pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _session_of(pid: int) -> int:
    try:
        state, _parent, _group, session = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:4]
    except OSError:
        return 0
    return 0 if state == "Z" else int(session)


def _environment_of(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []
