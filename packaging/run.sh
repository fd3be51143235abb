#!/bin/sh
# Opens the studio on the file $1, or says what to do where there is no screen.
set -eu
cd "$(dirname "$0")/.."

# Not a failure: the studio is set up, and this is what it offers without a screen.
if [ "$(uname)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    cat <<EOF
There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.
The studio is set up; to see it as a picture:

    .venv/bin/codesign-studio screenshot $1 studio.png

or from the command line:

    .venv/bin/codesign-studio estimate $1
EOF
    exit 0
fi
exec .venv/bin/codesign-studio "$1"
