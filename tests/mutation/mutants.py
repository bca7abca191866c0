"""Mutation run: ``python -m tests.mutation.mutants [--n 200] [--seed 1] [--workers 2] [--out FILE]``.

Changes one operator, number or keyword of the program at a time, and reports the changes that no test notices. It is
not part of the test run. The operators are those of cosmic-ray (extra ``mutation``).
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

import cosmic_ray.plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("dataset/loading", "factorize", "session", "ui/messages")
SECONDS = 900  # a mutant whose tests run longer counts as noticed: it does not end
_FOR_PACKAGE = {  # the last tests that are run, where those of the mutant's own room notice nothing
    "dataset": ["tests/dataset", "tests/test_cli.py"],
    "factorize": ["tests/factorize", "tests/export", "tests/test_cli.py"],
    "session": ["tests/session", "tests/ui"],
    "ui": ["tests/ui"],
}


class Mutant(NamedTuple):
    """One change: place number `occurrence` of an operator in a file."""

    path: str
    operator: str
    occurrence: int
    line: int


def sites(path: Path) -> dict[tuple[int, int], list[Mutant]]:
    """Return the mutants of a file by their place (line, column), those in annotations left out."""
    source = path.read_text(encoding="utf-8")
    without_effect = _spans_without_effect(ast.parse(source))
    nodes = list(ast_nodes(get_ast(source)))
    found: dict[tuple[int, int], list[Mutant]] = {}
    for name in cosmic_ray.plugins.operator_names():
        operator_class = cosmic_ray.plugins.get_operator(name)
        if operator_class.arguments():
            continue  # such operators need arguments of their own
        positions = chain.from_iterable(map(operator_class().mutation_positions, nodes))
        for occurrence, (start, _end) in enumerate(positions):
            if not any(first <= start < last for first, last in without_effect):
                mutant = Mutant(str(path.relative_to(ROOT)), name, occurrence, start[0])
                found.setdefault(start, []).append(mutant)
    return found


def _spans_without_effect(tree: ast.Module) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the spans that change nothing: annotations, imports for types only, and `Slot` decorators."""
    nodes: list[ast.expr | ast.stmt] = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.arg, ast.AnnAssign)) and node.annotation:
            nodes.append(node.annotation)
        elif isinstance(node, ast.FunctionDef) and node.returns:
            nodes.append(node.returns)
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            nodes.append(node)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "cast":
            nodes.append(node.args[0])
    spans = [((n.lineno, n.col_offset), (n.end_lineno or 0, n.end_col_offset or 0)) for n in nodes]
    # Qt calls a method with or without this decorator; its place begins with the @.
    slots = [d for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) for d in n.decorator_list]
    return spans + [((d.lineno, 0), (d.lineno + 1, 0)) for d in slots if ast.unparse(d) == "Slot()"]


def sample(n_mutants: int, seed: int) -> list[Mutant]:
    """Draw places at random, and one mutant for each: an operator with many replacements counts once."""
    places = [
        mutants
        for room in ROOMS
        for path in sorted((ROOT / "nmf_explorer" / room).rglob("*.py"))
        for _, mutants in sorted(sites(path).items())
    ]
    drawn = random.Random(seed)
    return [drawn.choice(mutants) for mutants in drawn.sample(places, min(n_mutants, len(places)))]


def stages(path: str) -> list[list[str]]:
    """Return the tests for a file, the nearest ones first."""
    inside = Path(path).relative_to("nmf_explorer")
    nearest = Path("tests") / inside.parent / f"test_{inside.name}"
    room = Path("tests") / inside.parent
    all_of_it = _FOR_PACKAGE[inside.parts[0]]
    first = [[str(place)] for place in (nearest, room) if (ROOT / place).exists() and str(place) not in all_of_it]
    return [*first, all_of_it]


def check(mutant: Mutant, checkout: Path) -> str:
    """Return how a mutant ended in a checkout of its own: the first stage that noticed it, or ``survived``."""
    path = checkout / mutant.path
    source = path.read_text(encoding="utf-8")
    mutated = mutate_code(source, cosmic_ray.plugins.get_operator(mutant.operator)(), mutant.occurrence)
    path.write_text(mutated, encoding="utf-8")
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}
    environment["PYTHONPATH"] = str(checkout)
    try:
        for tests in stages(mutant.path):
            command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
            done = subprocess.run(
                command, cwd=checkout, env=environment, timeout=SECONDS, capture_output=True, check=False
            )
            if done.returncode:
                return " ".join(tests)
    except subprocess.TimeoutExpired:
        return "no end"
    finally:
        path.write_text(source, encoding="utf-8")
    return "survived"


def run(mutants: list[Mutant], n_workers: int, out: Path) -> list[dict[str, object]]:
    """Check mutants, each worker in a checkout of its own; results are written as they come."""
    results: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        checkouts: SimpleQueue[Path] = SimpleQueue()
        for i in range(n_workers):
            checkout = Path(folder) / str(i)
            subprocess.run(["git", "clone", "-q", str(ROOT), str(checkout)], check=True)
            checkouts.put(checkout)

        def check_one(mutant: Mutant) -> None:
            checkout = checkouts.get()
            ended = check(mutant, checkout)
            checkouts.put(checkout)
            line = (ROOT / mutant.path).read_text(encoding="utf-8").splitlines()[mutant.line - 1].strip()
            results.append({**mutant._asdict(), "ended": ended, "source": line})
            out.write_text(json.dumps(results, indent=1), encoding="utf-8")
            print(f"{len(results)}/{len(mutants)} {ended}: {mutant.path}:{mutant.line} {mutant.operator}", flush=True)

        with ThreadPoolExecutor(n_workers) as pool:
            list(pool.map(check_one, mutants))
    return results


def main() -> None:
    """Draw mutants, check them, and print the share that survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("mutants.json"))
    options = parser.parse_args()
    results = run(sample(options.n, options.seed), options.workers, options.out.resolve())
    survivors = [result for result in results if result["ended"] == "survived"]
    for result in survivors:
        print(f"survived: {result['path']}:{result['line']} {result['operator']}\n    {result['source']}")
    print(f"{len(survivors)} of {len(results)} mutants survived ({len(survivors) / max(1, len(results)):.1%})")


if __name__ == "__main__":
    main()
