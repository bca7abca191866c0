"""The workflows are valid YAML of the shape that is expected, and agree with pyproject.toml and the files they name."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import yaml

from tests.architecture.source import ROOT
from tests.lowest_versions import lowest_versions

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SYSTEMS = {"ubuntu-latest", "windows-latest", "macos-latest"}


def read(name: str) -> dict[Any, Any]:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))
    assert isinstance(workflow, dict)
    return workflow


def promised() -> list[str]:
    """Versions of Python that the metadata promise."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [
        m[1] for c in project["classifiers"] if (m := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", c))
    ]


@pytest.mark.parametrize("name", [path.name for path in WORKFLOWS])
def test_a_workflow_has_all_that_it_needs(name: str) -> None:
    workflow = read(name)
    assert set(workflow) >= {"name", True, "permissions", "jobs"}  # "on" is a truth value in YAML 1.1
    for job in workflow["jobs"].values():
        if "uses" in job:
            assert (ROOT / job["uses"]).is_file()
            continue
        assert job["timeout-minutes"] <= 90
        matrix = job.get("strategy", {}).get("matrix", {})
        assert job["runs-on"] in SYSTEMS or set(matrix["system"]) <= SYSTEMS
        assert all(len({"run", "uses"} & set(step)) == 1 for step in job["steps"])
        assert all("@v" in step["uses"] for step in job["steps"] if "uses" in step)
        assert {job["needs"]} <= set(workflow["jobs"]) if "needs" in job else True


@pytest.mark.parametrize("name", [path.name for path in WORKFLOWS])
def test_what_a_workflow_runs_is_there(name: str) -> None:
    text = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
    assert "not been run yet" in text or "not run yet" in text
    for place in re.findall(r"\b(?:tests|resources)/[\w/.]+", text):
        assert (ROOT / place.rstrip(".")).exists(), place


def test_the_tests_run_on_all_that_is_promised() -> None:
    jobs = read("tests.yml")["jobs"]
    for job in ("everything", "other-systems"):
        assert jobs[job]["strategy"]["matrix"]["python"] == promised()
    assert {jobs["everything"]["runs-on"], *jobs["other-systems"]["strategy"]["matrix"]["system"]} == SYSTEMS
    matrix = read("package.yml")["jobs"]["install"]["strategy"]["matrix"]
    assert matrix["python"] == [promised()[0], promised()[-1]]
    assert set(matrix["system"]) == SYSTEMS


def test_the_lowest_versions_are_those_of_the_metadata() -> None:
    versions = dict(line.split("==") for line in lowest_versions())
    assert set(versions) == {
        "numpy",
        "Pillow",
        "scikit-learn",
        "scipy",
        "threadpoolctl",
        "tifffile",
        "PySide6-Essentials",
    }
    assert all(re.fullmatch(r"\d+(\.\d+)+", version) for version in versions.values())
