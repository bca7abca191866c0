"""Fixtures of the end-to-end tests: one private desktop for all, and programs with fresh settings for each test."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from tests.end_to_end.harness.desktop import Desktop
from tests.end_to_end.harness.file_manager import FileManager
from tests.end_to_end.harness.private_session import REPOSITORY, missing_programs
from tests.end_to_end.harness.program import Program

HERE = Path(__file__).parent


class StartProgram(Protocol):
    """A function that starts a program on the desktop; all starts of one test share their settings."""

    def __call__(self, *arguments: str, environment: dict[str, str] | None = None) -> Program:
        """Start it and return at once."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.end_to_end)


@pytest.fixture(scope="session")
def desktop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    """Return the private desktop, the same for all tests."""
    missing = missing_programs()
    if missing:
        pytest.fail(f"not installed: {', '.join(missing)}; `bash tests/run.sh` installs what is missing", pytrace=False)
    desktop = Desktop(tmp_path_factory.mktemp("screens"))
    yield desktop
    desktop.close()


@pytest.fixture
def start_program(desktop: Desktop, tmp_path: Path) -> Iterator[StartProgram]:
    """Return a function that starts a program; at the end it is stopped, and its log must hold no error or warning."""
    programs: list[Program] = []

    def start(*arguments: str, environment: dict[str, str] | None = None) -> Program:
        desktop.mouse.rest()
        started = desktop.start(arguments, environment, home=tmp_path / "home", folder=REPOSITORY)
        programs.append(Program(desktop, started))
        return programs[-1]

    yield start
    for program in programs:
        program.end()
    for program in programs:
        assert not program.faults(), f"{program.faults()}\nin the log of {program.process.arguments}:\n{program.log()}"


@pytest.fixture
def launch(start_program: StartProgram) -> StartProgram:
    """Return a function that starts NMF Explorer with the given arguments."""

    def start(*arguments: str, environment: dict[str, str] | None = None) -> Program:
        return start_program(sys.executable, "-m", "nmf_explorer", *arguments, environment=environment)

    return start


@pytest.fixture
def open_folder(desktop: Desktop) -> Iterator[Callable[[Path], FileManager]]:
    """Return a function that opens a folder in the file manager."""
    managers: list[FileManager] = []

    def open_one(folder: Path) -> FileManager:
        managers.append(FileManager(desktop, folder))
        return managers[-1]

    yield open_one
    for manager in managers:
        manager.close()
