#!/usr/bin/env bash
# Runs the tests with the lowest versions that pyproject.toml allows: bash tests/lowest.sh [PYTEST ARGS]
# They are installed into build/lowest, which needs Python 3.11 and, the first time, the internet. Without arguments the
# tests of the core, the session and the window are run; Qt draws in memory, and its libraries must be there
# (bash tests/run.sh installs them).
set -eu

cd "$(dirname -- "${BASH_SOURCE[0]}")/.."
venv=build/lowest
[ -x "$venv/bin/python" ] || python3.11 -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check packaging
"$venv/bin/python" tests/lowest_versions.py >"$venv/constraints.txt"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --constraint "$venv/constraints.txt" --editable '.[test]'
cat "$venv/constraints.txt"

[ $# -gt 0 ] || set -- -q tests/dataset tests/factorize tests/export tests/session tests/ui
QT_QPA_PLATFORM=offscreen exec "$venv/bin/python" -m pytest -p no:cacheprovider "$@"
