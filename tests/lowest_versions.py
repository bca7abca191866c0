"""Print what pyproject.toml needs at least, as constraints for pip: ``python tests/lowest_versions.py > FILE``."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]


def lowest_versions() -> list[str]:
    """Return lines such as ``numpy==1.26.0`` for the dependencies that this Python has."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        needed = [Requirement(line) for line in tomllib.load(file)["project"]["dependencies"]]
    return [f"{need.name}=={_lower_bound(need)}" for need in needed if need.marker is None or need.marker.evaluate()]


def _lower_bound(need: Requirement) -> str:
    (bound,) = (limit.version for limit in need.specifier if limit.operator == ">=")
    return bound


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lowest_versions())
