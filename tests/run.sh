#!/usr/bin/env bash
# Runs every check there is: bash tests/run.sh [PYTEST ARGS]
# The first run installs what the tests need, into .venv and, where allowed, into the system. It stops at no fault, so
# that all of them are seen at once, and fails at the end if there was one. Arguments go to pytest's run of all tests
# (a file, -k word, -x); coverage is then not measured.
set -u

# shellcheck source=resources/setup-lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../resources/setup-lib.sh" || exit 1
cd "$root" || exit 1

# A screen of its own, a window manager, a mouse and keyboard, a file manager to drag from, and a screen reader's view.
test_packages='xvfb openbox xdotool x11-utils x11-xserver-utils imagemagick pcmanfm libatk-adaptor libgail-common
    at-spi2-core gir1.2-atspi-2.0 python3-gi dbus desktop-file-utils shared-mime-info xdg-utils adwaita-icon-theme
    fonts-noto-core'
test_commands='Xvfb openbox xdotool pcmanfm dbus-daemon xprop'

plugins=''
if on_linux; then plugins=xcb; fi
# shellcheck disable=SC2086 # a list of words
set_up test "$plugins" $test_packages || exit 1

# Other systems call the packages otherwise, so what is looked for there is the commands.
if on_linux && ! has_apt; then
    lacking=''
    for command in $test_commands; do
        command -v "$command" >/dev/null 2>&1 || lacking="$lacking $command"
    done
    python3 -c 'import gi' >/dev/null 2>&1 || lacking="$lacking python3-gi"
    if [ -n "$lacking" ]; then
        say "The tests need these commands; install the packages of your system that hold them: $lacking"
        exit 1
    fi
fi

PATH=$venv/bin:$PATH
count=0 failed=''

# step NAME COMMAND ...
step() {
    local name=$1 from=$SECONDS
    shift
    count=$((count + 1))
    printf '\n── %s\n' "$name"
    if ! "$@"; then
        failed="$failed, $name"
        printf '── failed: %s (%d s)\n' "$name" $((SECONDS - from))
    fi
}

core='tests/dataset tests/factorize tests/export'

core_without_qt() {
    # shellcheck disable=SC2086 # a list of folders
    python -m pytest -q -p no:pytest-qt -p tests.architecture.without_qt $core "$@"
}

# The windows of these tests are drawn in memory. The end-to-end tests start a screen of their own.
with_qt() { QT_QPA_PLATFORM=offscreen python -m pytest "$@"; }

all_others() {
    # shellcheck disable=SC2046 # one option for each folder
    with_qt $(printf -- '--ignore=%s ' $core) --cov --cov-report=
}

# The core's tests need no window, and run beside the others; what they say is shown when they are awaited.
begin_core() {
    core_results=$(mktemp -d) || exit 1
    trap 'kill "$core_process" 2>/dev/null; rm -rf "$core_results"' EXIT
    COVERAGE_FILE=$core_results/.coverage core_without_qt --cov --cov-report= >"$core_results/log" 2>&1 &
    core_process=$!
    trap 'kill "$core_process" 2>/dev/null; rm -rf "$core_results"' EXIT
}

end_core() {
    local code=0
    wait "$core_process" || code=$?
    cat "$core_results/log"
    coverage combine --append --quiet "$core_results/.coverage" && return "$code"
}

core_coverage() {
    coverage report --include='nmf_explorer/dataset/*,nmf_explorer/factorize/*,nmf_explorer/export/*' --fail-under=100
}

step 'format (ruff)' ruff format --check .
step 'lint (ruff)' ruff check .
step 'types (mypy)' mypy
step 'imports run one way (import-linter)' lint-imports
if [ $# -gt 0 ]; then
    step 'core tests without Qt (pytest)' core_without_qt
    step "tests: $* (pytest)" with_qt "$@"
else
    rm -f .coverage .coverage.* # nothing of an older run may count
    begin_core
    step 'tests of window and program (pytest)' all_others
    step 'core tests without Qt (pytest)' end_core
    step 'branch coverage, whole: 90 %' coverage report --fail-under=90
    step 'branch coverage, core: 100 %' core_coverage
fi
if command -v desktop-file-validate >/dev/null 2>&1; then
    step 'desktop entry' desktop-file-validate resources/nmf-explorer.desktop
fi

if [ -n "$failed" ]; then
    printf '\nFailed, in %d s: %s\n' "$SECONDS" "${failed#, }"
    exit 1
fi
printf '\nAll %d checks passed, in %d s.\n' "$count" "$SECONDS"
