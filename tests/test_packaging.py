"""What is installed: the wheel, the source archive, the metadata, and the version with its release notes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from nmf_explorer import __version__
from resources.release_notes import Release, faults_of, newest, package_version

ROOT = Path(__file__).resolve().parents[1]
MOST_BYTES = 1_500_000  # of the wheel
NEEDED = {
    "nmf_explorer/py.typed",
    "nmf_explorer/_data/resources/SOURCES.txt",
    "nmf_explorer/_data/resources/colour_maps/viridis.txt",
    "nmf_explorer/_data/resources/icons/nmf-explorer-48.png",
    "nmf_explorer/_data/resources/icons/ui/LICENSE",
    "nmf_explorer/_data/resources/icons/ui/player-play.svg",
    "nmf_explorer/_data/resources/previews/swimmer.png",
    "nmf_explorer/_data/resources/translations/nmf_explorer_de.qm",
    "nmf_explorer/_data/sample_images/SOURCES.txt",
    "nmf_explorer/ui/windows/main_window.py",
}
# Of the checkout, not of the program: scripts, launchers, the pictures of README.md, sources of translations.
KEPT_OUT = (
    r"(make|copy)_\w+\.py|release_notes\.py|setup-lib\.sh|run\.(sh|bat|command)|pictures/|\.ts$|__pycache__|tests/|"
    r"\.desktop"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build the wheel and the source archive, without the network."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    (wheel,), (archive,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, archive


@pytest.fixture
def wheel(built: tuple[Path, Path]) -> zipfile.ZipFile:
    return zipfile.ZipFile(built[0])


def test_the_wheel_has_all_that_the_program_reads_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    names = {info.filename for info in wheel.infolist()}
    assert names >= NEEDED
    assert [name for name in sorted(names) if re.search(KEPT_OUT, name)] == []
    modules = {str(path.relative_to(ROOT).as_posix()) for path in (ROOT / "nmf_explorer").rglob("*.py")}
    assert {name for name in names if name.endswith(".py")} == modules
    samples = {f"nmf_explorer/_data/{path.relative_to(ROOT).as_posix()}" for path in files(ROOT / "sample_images")}
    assert {name for name in names if "/sample_images/" in name} == samples


def test_the_wheel_is_small(built: tuple[Path, Path]) -> None:
    assert built[0].name == f"nmf_explorer-{__version__}-py3-none-any.whl"
    assert built[0].stat().st_size < MOST_BYTES


def test_the_wheel_starts_without_the_checkout(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    for name in wheel.namelist():
        wheel.extract(name, tmp_path)
    command = [sys.executable, "-P", "-m", "nmf_explorer", "fit", "nmf_explorer/_data/sample_images/stripes"]
    done = subprocess.run(  # noqa: S603
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith("3 parts from 60 images of 8 x 8 pixels")


def test_the_source_archive_is_complete(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[1]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    top = {path for path in ROOT.iterdir() if path.name in {"nmf_explorer", "resources", "tests", "sample_images"}}
    there = {path.relative_to(ROOT).as_posix() for folder in top for path in files(folder)}
    there |= {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".github/CONTRIBUTING.md", ".ci/run"}
    assert there - names == set()


def files(folder: Path) -> list[Path]:
    """All files of a folder, without what Python and its tools leave there."""
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_the_metadata_say_what_the_package_is(wheel: zipfile.ZipFile) -> None:
    (name,) = (n for n in wheel.namelist() if n.endswith(".dist-info/METADATA"))
    metadata = Parser().parsestr(wheel.read(name).decode())
    classifiers = metadata.get_all("Classifier", [])
    assert metadata["Version"] == __version__
    assert metadata["License-Expression"] == "MIT"
    assert "NMF" in metadata["Keywords"]
    assert [
        c for c in classifiers if "3 :: Only" not in c and c.startswith("Programming Language :: Python :: 3.")
    ] == [f"Programming Language :: Python :: 3.{minor}" for minor in (11, 12, 13, 14)]
    assert {c.split(" :: ")[0] for c in classifiers} >= {"Operating System", "Topic", "Intended Audience", "Typing"}
    assert metadata.get_all("Project-URL") is None
    assert metadata["Home-page"] is None


def test_version_and_release_notes_agree() -> None:
    release = newest((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert release.version == package_version() == __version__
    assert release.notes.startswith("- ")
    assert "##" not in release.notes


def test_a_release_needs_one_version_and_a_date() -> None:
    assert faults_of(Release("1.2.0", "2026-01-31", "- x"), "1.2.0", "v1.2.0") == []
    assert len(faults_of(Release("1.2.0", "unreleased", "- x"), "1.2.0", "v1.2.0")) == 1
    assert len(faults_of(Release("1.1.0", "2026-01-31", "- x"), "1.2.0", "v1.2.0")) == 1
    assert len(faults_of(Release("1.2.0", "2026-01-31", "- x"), "1.2.0", "1.2.0")) == 1


def test_the_first_section_of_the_changes_is_the_newest() -> None:
    text = "# Changes\n\n## 0.2.0 (2026-02-03)\n\n- new\n- newer\n\n## 0.1.0 (2026-01-02)\n\n- old\n"
    assert newest(text) == Release("0.2.0", "2026-02-03", "- new\n- newer")
