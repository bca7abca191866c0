"""Print the version, or the release notes of that version: the first section of CHANGELOG.md.

``python resources/release_notes.py`` prints the notes, ``--version`` the version, ``--check-tag v1.2.3`` fails unless
the tag, `nmf_explorer.__version__` and the head of CHANGELOG.md agree and the section has a date.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Release(NamedTuple):
    """One section of CHANGELOG.md; `date` is "unreleased" or like 2026-01-31."""

    version: str
    date: str
    notes: str


def newest(changelog: str) -> Release:
    """Return the first section."""
    _title, heading, notes, *_older = re.split(r"^## (.+)$", changelog, flags=re.MULTILINE)
    version, date = re.fullmatch(r"(\S+) \((.+)\)", heading).groups()
    return Release(version, date, notes.strip())


def package_version() -> str:
    """Return `nmf_explorer.__version__` without importing the package."""
    source = (ROOT / "nmf_explorer" / "__init__.py").read_text(encoding="utf-8")
    return re.search(r'^__version__ = "(.+)"$', source, re.MULTILINE)[1]


def faults_of(release: Release, version: str, tag: str) -> list[str]:
    """Return what forbids a release under this tag."""
    faults = []
    if release.version != version:
        faults.append(f"CHANGELOG.md begins with {release.version}, but nmf_explorer.__version__ is {version}")
    if tag != f"v{version}":
        faults.append(f"the tag is {tag}, but nmf_explorer.__version__ is {version}")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", release.date):
        faults.append(f"CHANGELOG.md has no date for {release.version}: {release.date}")
    return faults


def main() -> None:
    """Print or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--version", action="store_true")
    parser.add_argument("--check-tag", metavar="TAG")
    given = parser.parse_args()
    release = newest((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    if given.check_tag and (faults := faults_of(release, package_version(), given.check_tag)):
        sys.exit("\n".join(faults))
    print(release.version if given.version else release.notes)


if __name__ == "__main__":
    main()
