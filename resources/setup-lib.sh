# shellcheck shell=bash
# What `resources/run.sh` and `tests/run.sh` share: from a fresh checkout to a `.venv` in which everything is there.
# Sourced, never run. It keeps to bash 3.2 and to no GNU tool, because macOS has nothing newer.
#
# The door is `set_up KIND PLUGINS [PACKAGE ...]`. What it knows about an earlier run lies in .venv/nmf-explorer/:
#   app, test     stamps, written last: this Python, this pyproject.toml (the parts that say what to install, not the
#                 settings of ruff and the like) and this folder were installed, completely
#   libraries     stamp: on this computer Qt found all its system libraries
#   unfinished    an installation began and did not end; only a new .venv can be trusted then
#   log           what pip said

root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P) || exit 1
venv=$root/.venv
venv_python=$venv/bin/python
notes=$venv/nmf-explorer

# What Qt needs on a minimal Debian. Newer releases have renamed some, with "t64" at the end.
qt_packages='libglib2.0-0 libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1'
xcb_packages='libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0'
wayland_packages='libwayland-client0 libwayland-cursor0 libwayland-egl1'

say() { printf '%s\n' "$*" >&2; }

# ------------------------------------------------------------------------------------------------ Debian packages

on_linux() { [[ $OSTYPE = linux* ]]; }
on_macos() { [[ $OSTYPE = darwin* ]]; }
has_apt() { on_linux && command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; }

# Prints those of the packages given that are installed neither under their name nor under its newer one.
missing_packages() {
    local name installed
    [ $# -gt 0 ] || return 0
    # dpkg-query fails when it knows not even the name of one of them; what it prints about the others is right.
    installed=$'\n'$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" "${@/%/t64}" 2>/dev/null)$'\n'
    for name in "$@"; do
        if [[ $installed != *$'\n'"$name installed"$'\n'* && $installed != *$'\n'"${name}t64 installed"$'\n'* ]]; then
            printf '%s\n' "$name"
        fi
    done
}

# Prints the packages given under the names that this release has for them. "python3-venv" becomes the one for the
# newest Python that is here or can be had, and brings that Python along.
names_here() {
    local name minor known
    known=$'\n'$(apt-cache pkgnames 2>/dev/null |
        grep -xF -f <(printf '%s\n' "$@" "${@/%/t64}" python3.{11,12,13,14}-venv))$'\n'
    for name in "$@"; do
        if [ "$name" = python3-venv ]; then
            for minor in ${python_without_venv#3.} 14 13 12 11; do
                if [[ $known = *$'\n'"python3.$minor-venv"$'\n'* ]]; then name=python3.$minor-venv; break; fi
            done
        elif [[ $known != *$'\n'"$name"$'\n'* && $known = *$'\n'"${name}t64"$'\n'* ]]; then
            name=${name}t64
        fi
        printf '%s ' "$name"
    done
}

# install_packages WHAT PACKAGE ...: installs where this account may; otherwise says in one line what to type.
install_packages() {
    local what=$1 log command name
    local -a names become_root=()
    shift
    if [ "$(id -u)" -ne 0 ]; then
        if ! { command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1; }; then
            command="apt-get update && apt-get install -y --no-install-recommends $(names_here "$@")"
            if command -v sudo >/dev/null 2>&1; then name='sudo sh -c'; else name='su -c'; fi
            say "NMF Explorer needs $what. Type this once, then start again:  $name '${command% }'"
            return 1
        fi
        become_root=(sudo -n)
    fi
    say "Installing $what…"
    log=$(mktemp) || return 1
    become_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
    # Without the network `update` fails, but the packages may still lie on the disk. 9>&- keeps our lock from
    # services that a package starts.
    "${become_root[@]}" update </dev/null >"$log" 2>&1 9>&- || true
    read -r -a names <<<"$(names_here "$@")"
    if ! "${become_root[@]}" install -y --no-install-recommends "${names[@]}" </dev/null >>"$log" 2>&1 9>&-; then
        tail -n 15 "$log" >&2
        rm -f "$log"
        say "NMF Explorer needs $what, but installing this failed (see above):  apt-get install --no-install-recommends ${names[*]}"
        return 1
    fi
    rm -f "$log"
}

# ---------------------------------------------------------------------------------------------------------- Python

# Sets `python` to one that is new enough and can make a .venv; else `python_without_venv` to the version of one that
# is merely new enough.
find_python() {
    local name version
    python='' python_without_venv=''
    if on_macos; then # a double click in Finder may start us with a bare PATH
        PATH=$PATH:/opt/homebrew/bin:/usr/local/bin:/Library/Frameworks/Python.framework/Versions/Current/bin
    fi
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        command -v "$name" >/dev/null 2>&1 || continue
        # Without Apple's developer tools this one is no Python but a window that offers to download them.
        if on_macos && [ "$(command -v "$name")" = /usr/bin/python3 ]; then
            xcode-select -p >/dev/null 2>&1 || continue
        fi
        version=$("$name" -I -c 'if True:
            import sys
            print("%d.%d" % sys.version_info[:2])
            sys.exit(sys.version_info < (3, 11))' 2>/dev/null) || continue
        if "$name" -I -c 'import ensurepip, venv' >/dev/null 2>&1; then
            python=$name
            return 0
        fi
        python_without_venv=${python_without_venv:-$version}
    done
    return 1
}

# ----------------------------------------------------------------------------------------------------------- .venv

# Prints what a stamp must hold to be believed; fails if .venv does not run or lacks what its KIND consists of.
# One Python start does it all, in 25 ms, because every start of the program waits for it.
fingerprint() {
    local modules='numpy PIL PySide6'
    if [ "$1" = test ]; then modules="$modules coverage hatchling hypothesis importlinter mypy numpydoc pytest pytest_cov ruff sklearn yaml"; fi
    # shellcheck disable=SC2086 # a list of words
    "$venv_python" -I -c 'if True:
        import hashlib, importlib.util, pathlib, sys, tomllib
        root, *modules = sys.argv[1:]
        own = importlib.util.find_spec("nmf_explorer")
        if own is None or not (own.origin or "").startswith(root) or not all(map(importlib.util.find_spec, modules)):
            sys.exit(1)
        settings = tomllib.loads(pathlib.Path(root, "pyproject.toml").read_text(encoding="utf-8"))
        install = [settings.get("build-system"), settings.get("project"), settings.get("tool", {}).get("hatch")]
        print("%d.%d" % sys.version_info[:2], hashlib.sha256(repr(install).encode()).hexdigest(), root)' "$root" $modules 2>/dev/null
}

stamp() { cat "$notes/$1" 2>/dev/null; }

# Written beside and moved into place: a stamp is whole or it is not there.
write_stamp() { printf '%s\n' "$2" >"$notes/$1.new.$$" && mv -f "$notes/$1.new.$$" "$notes/$1"; }

is_current() {
    local now
    now=$(fingerprint "$1") && [ "$now" = "$(stamp "$1")" ]
}

# Holds file descriptor 9 on the checkout itself until `unlock`, so that two first starts do not install at once.
# Python takes the lock since macOS has no `flock`; it stays ours after that Python has ended. Where the file system
# has no locks we go on without.
lock() {
    exec 9<"$root" || return 0
    "$python" -I -c 'if True:
        import fcntl, sys
        try:
            fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another start of NMF Explorer to end its set-up…", file=sys.stderr)
            fcntl.flock(9, fcntl.LOCK_EX)' || true
}

unlock() { exec 9<&-; }

# A .venv that can be built upon: it runs, it has pip, it was not moved here, and nobody left it half made.
# One that a person made by hand has no stamps, and is kept.
can_be_repaired() {
    local from
    [ -f "$venv/pyvenv.cfg" ] && [ ! -e "$notes/unfinished" ] || return 1
    from=$(stamp app)
    [ -z "$from" ] || [ "${from#* * }" = "$root" ] || return 1
    "$venv_python" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || return 1
    "$venv_python" -I -c 'import pip' >/dev/null 2>&1 || "$venv_python" -I -m ensurepip >/dev/null 2>&1
}

begin_installation() { mkdir -p "$notes" && : >"$notes/unfinished" && : >"$notes/log"; }

new_venv() {
    rm -rf "$venv" && begin_installation && "$python" -I -m venv "$venv" >>"$notes/log" 2>&1
}

# Fails with 1 if pip could not, and with 2 if it could but not all is there: files were lost that pip believes in.
pip_install() {
    local what=.
    if [ "$1" = test ]; then what='.[test]'; fi
    # PIP_USER: a personal setting that would send everything past .venv.
    (cd "$root" && PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 "$venv_python" -I -m pip install --quiet --no-input \
        -e "$what") </dev/null >>"$notes/log" 2>&1 || return 1
    fingerprint "$1" >/dev/null || return 2
}

installation_failed() {
    tail -n 15 "$notes/log" >&2 2>/dev/null
    say "NMF Explorer could not be set up in $venv (see above). This needs the internet, once; then start again."
    return 1
}

# Brings .venv up to date, or makes it anew, and leaves stamps only when all of it is there.
install_into_venv() {
    local now status=2
    if can_be_repaired; then
        say 'Bringing .venv up to date…'
        begin_installation || { installation_failed; return 1; }
        pip_install "$1"
        status=$?
        if [ $status -eq 1 ]; then
            rm -f "$notes/unfinished" # pip changes nothing before it has everything: what worked still works
            installation_failed
            return 1
        fi
    fi
    if [ $status -eq 2 ]; then
        say 'Setting up NMF Explorer in .venv (once, about a minute)…'
        { new_venv && pip_install "$1"; } || { installation_failed; return 1; }
    fi
    now=$(fingerprint "$1") || return 1
    write_stamp "$1" "$now" && write_stamp app "$now" && rm -f "$notes/unfinished" # the tests' .venv runs the program too
}

# ---------------------------------------------------------------------------------------------- libraries for Qt

# Prints the Qt platform plugins that could open a window here; nothing where there is no screen.
plugins_for_this_screen() {
    on_linux || return 0
    printf '%s' "${WAYLAND_DISPLAY:+wayland }${DISPLAY:+xcb}"
}

# missing_libraries PLUGIN: prints the shared libraries that Qt and this plugin would not find.
missing_libraries() {
    local qt file
    local -a files=()
    for qt in "$venv"/lib/python3*/site-packages/PySide6; do
        for file in "$qt"/Qt{Core,Gui,Widgets,Svg}.abi3.so "$qt/Qt/plugins/platforms/libq$1"*.so; do
            if [ -e "$file" ]; then files+=("$file"); fi
        done
    done
    [ ${#files[@]} -gt 0 ] || return 0
    LC_ALL=C ldd "${files[@]}" 2>/dev/null | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u
}

# Sets `missing` to nothing if one of the plugins has all it needs (Qt tries them in turn), else to what one lacks.
find_missing_libraries() {
    local plugin
    missing=''
    for plugin in "$@"; do
        missing=$(missing_libraries "$plugin")
        [ -n "$missing" ] || return 0
    done
}

packages_for_plugins() {
    printf '%s ' "$qt_packages"
    case " $* " in *' xcb '*) printf '%s ' "$xcb_packages" ;; esac
    case " $* " in *' wayland '*) printf '%s ' "$wayland_packages" ;; esac
}

# Asking the dynamic linker takes longer than all the rest of a start, so a stamp remembers that nothing was missing:
# for these plugins, on this computer (a home folder may be shared by a whole classroom), with this installation.
libraries_stamp() { printf '%s\n' "$* $(uname -n)" "$(stamp app)"; }

have_libraries() { [ $# -eq 0 ] || [ "$(libraries_stamp "$@")" = "$(stamp libraries)" ]; }

ensure_libraries() {
    have_libraries "$@" && return 0
    command -v ldd >/dev/null 2>&1 || return 0
    find_missing_libraries "$@"
    if [ -n "$missing" ] && has_apt; then
        # shellcheck disable=SC2046 # lists of words
        install_packages 'libraries to open a window' $(packages_for_plugins "$@") || return 1
        find_missing_libraries "$@"
    fi
    if [ -n "$missing" ]; then
        say "NMF Explorer cannot open a window without these libraries:  $(how_to_get_libraries "$missing")"
        return 1
    fi
    write_stamp libraries "$(libraries_stamp "$@")" 2>/dev/null || true # a .venv that others own works all the same
}

# Fedora's and openSUSE's tools find a package by the library in it.
how_to_get_libraries() {
    local library quoted='' tool
    for library in $1; do quoted="$quoted '$library()(64bit)'"; done
    for tool in dnf zypper; do
        if command -v "$tool" >/dev/null 2>&1; then
            printf '%s' "sudo $tool install$quoted"
            return
        fi
    done
    printf '%s' "$(printf '%s' "$1" | tr '\n' ' ') (install the packages of your system that hold them)"
}

# --------------------------------------------------------------------------------------------------------- the door

# set_up KIND PLUGINS [PACKAGE ...]: KIND is app or test, PLUGINS a list of words (plugins_for_this_screen), the
# packages are Debian's. When nothing has changed it only looks, starts neither pip nor apt, and needs no network.
set_up() {
    local kind=$1 plugins=$2 current=no
    local -a needed=()
    shift 2
    python='' python_without_venv=''
    if is_current "$kind"; then current=yes; else find_python; fi
    if has_apt; then
        # One list, so that a person without sudo has one command to type and not three in turn.
        # shellcheck disable=SC2207 # names of packages hold no spaces
        needed=($(missing_packages "$@"))
        if [ "$current$python" = no ]; then
            # shellcheck disable=SC2046,SC2086,SC2207
            needed+=(python3-venv $([ -z "$plugins" ] || missing_packages $(packages_for_plugins $plugins)))
        fi
        if [ ${#needed[@]} -gt 0 ]; then install_packages 'some system packages' "${needed[@]}" || return 1; fi
    fi
    if [ $current = no ]; then
        find_python || {
            say 'NMF Explorer needs Python 3.11 or newer, with venv: install it (https://www.python.org), then start again.'
            return 1
        }
        lock
        is_current "$kind" || install_into_venv "$kind" || { unlock; return 1; }
        unlock
    fi
    # shellcheck disable=SC2086 # a list of words
    ensure_libraries $plugins
}
