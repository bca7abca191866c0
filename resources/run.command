#!/bin/bash
# Starts NMF Explorer on macOS with a double click in Finder; the same as `bash resources/run.sh`.
# Not run on macOS so far: written from its documentation (bash 3.2, no GNU tools). Reports are welcome.

exec /bin/bash "$(dirname -- "${BASH_SOURCE[0]}")/run.sh" "$@"
