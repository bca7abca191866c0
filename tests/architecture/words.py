"""Words that the glossary replaces, and where docstrings and comments still use them.

Run: ``python -m tests.architecture.words`` prints every such line of the package.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from typing import TYPE_CHECKING

from tests.architecture.source import ROOT, modules, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Each word that is not used, and what is written instead; the glossary stands in the contributor's guide.
REPLACED = {
    r"tells?|told|telling": "report, describe, show",
    r"go(es)? on|went on|going on": "continue, run",
    r"looks? back|looked back|looking back": "replay",
    r"pictures?": "image",
    r"films?": "multi-frame file",
    r"veils?": "overlay",
    r"hands? over|handed over|hands? out|handed out": "pass, return",
    r"lets? go( of)?": "release",
    r"of (one's|its|their|his) own accord": "automatically",
    r"for ever": "without end",
    r"seldom": "rarely",
    r"c[oa]mes? as low": "reach the same error",
    r"somebody|nobody": "the user",
}
_QUOTED = re.compile("“[^”]*”")  # texts of the screen
_FORBIDDEN = {re.compile(rf"\b({words})\b", re.IGNORECASE): instead for words, instead in REPLACED.items()}


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line number and text of each docstring line and each comment of a file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body:
            first = node.body[0]
            if ast.get_docstring(node) is not None and isinstance(first, ast.Expr):
                text = ast.get_docstring(node, clean=False) or ""
                yield from enumerate(text.split("\n"), first.lineno)
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def replaced_words(path: Path) -> list[str]:
    """Return a line for each word of a file's docstrings and comments that should be replaced."""
    return [
        f"{path.relative_to(ROOT)}:{line}: “{match[0]}”, write: {instead} ({text.strip()})"
        for line, text in prose(path)
        for pattern, instead in _FORBIDDEN.items()
        for match in pattern.finditer(_QUOTED.sub("", text))
    ]


def main() -> None:
    """Print every replaced word of the package."""
    for path in modules("nmf_explorer"):
        for line in replaced_words(path):
            print(line)


if __name__ == "__main__":
    main()
