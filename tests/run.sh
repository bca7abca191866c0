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
    fonts-noto-core locales'
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

core='tests/dataset tests/corpus tests/factorize tests/export'
desktop='tests/end_to_end tests/architecture'

core_without_qt() {
    # shellcheck disable=SC2086 # a list of folders
    python -m pytest -q -p no:pytest-qt -p tests.architecture.without_qt $core "$@"
}

# The windows of these tests are drawn in memory. The end-to-end tests start a screen of their own.
with_qt() { QT_QPA_PLATFORM=offscreen python -m pytest "$@"; }

desktop_and_architecture() {
    # shellcheck disable=SC2086 # a list of folders
    with_qt -q $desktop "$@"
}

all_others() {
    # shellcheck disable=SC2046,SC2086 # one option for each folder
    with_qt $(printf -- '--ignore=%s ' $core $desktop) "$@"
}

# The tests run in three processes beside each other: the core keeps a processor busy, the tests on a desktop mostly
# wait for a program. What they print is shown when they are awaited.
results='' processes=''
tidy_up() {
    # shellcheck disable=SC2086 # a list of numbers
    if [ -n "$processes" ]; then kill $processes 2>/dev/null; fi
    if [ -n "$results" ]; then rm -rf "$results"; fi
}
trap tidy_up EXIT

# begin NAME COMMAND ...: starts the command in the background, and measures coverage into a file of its own.
begin() {
    local name=$1
    shift
    COVERAGE_FILE=$results/$name.coverage "$@" --cov --cov-report= >"$results/$name.log" 2>&1 &
    processes="$processes $!"
    printf '%s' $! >"$results/$name.process"
}

# end NAME: waits for it, shows what it printed, and adds its coverage.
end() {
    local code=0
    wait "$(cat "$results/$1.process")" || code=$?
    cat "$results/$1.log"
    coverage combine --append --quiet "$results/$1.coverage" && return "$code"
}

core_coverage() {
    coverage report --include='nmf_explorer/dataset/*,nmf_explorer/factorize/*,nmf_explorer/export/*' --fail-under=100
}

static_checks() {
    step 'format (ruff)' ruff format --check .
    step 'lint (ruff)' ruff check .
    step 'types (mypy)' mypy
    step 'imports run one way (import-linter)' lint-imports
}

if [ $# -gt 0 ]; then
    static_checks
    step 'core tests without Qt (pytest)' core_without_qt
    step "tests: $* (pytest)" with_qt "$@"
else
    results=$(mktemp -d) || exit 1
    rm -f .coverage .coverage.* # nothing of an older run may count
    begin core core_without_qt
    begin desktop desktop_and_architecture
    static_checks
    step 'tests of session and window (pytest)' all_others --cov --cov-report=
    step 'tests on a desktop, and of the architecture (pytest)' end desktop
    step 'core tests without Qt (pytest)' end core
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
