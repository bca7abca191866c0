#!/usr/bin/env bash
# Starts NMF Explorer from a checkout: bash resources/run.sh [ARGS]
# The first start makes .venv and installs what is missing; without arguments the sample set "stripes" is opened.
set -u

# shellcheck source=resources/setup-lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/setup-lib.sh" || exit 1

set_up app "$(plugins_for_this_screen)" || exit 1

[ $# -gt 0 ] || set -- "$root/sample_images/stripes"

# -P: a file of the current folder that happens to be called like a module (random.py) must not be taken for it.
exec "$venv_python" -P -m nmf_explorer "$@"
