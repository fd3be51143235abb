#!/bin/sh
# Builds the .deb of the last commit twice, from clones in two folders, and says what differs between the two: nothing.
#
#   packaging/test_reproducible.sh [lite|full]
#   packaging/test_reproducible.sh ONE.deb OTHER.deb    compares what was built already
#
# ADDONS="" leaves the parts out, which takes most of the time.
set -eu
cd "$(dirname "$0")/.."
place=build/twice

main() {
    for folder in one other; do
        rm -rf "$place/$folder"
        git clone --quiet . "$place/$folder"
        FORMATS=deb "$place/$folder/packaging/package.sh" "$1"
    done
    compare "$place"/one/dist/*.deb "$place"/other/dist/*.deb
}

compare() {
    if cmp -s "$1" "$2"; then
        echo "The same, bit for bit: $(sha256sum "$1" | cut -d' ' -f1)"
        return
    fi
    rm -rf "$place/left" "$place/right"
    dpkg-deb --raw-extract "$1" "$place/left"
    dpkg-deb --raw-extract "$2" "$place/right"
    echo "They differ:" >&2
    diff --recursive --brief --no-dereference "$place/left" "$place/right" >&2 ||
        exit 1
    # The same files: what the archive says of them.
    dpkg-deb --contents "$1" >"$place/left.list"
    dpkg-deb --contents "$2" >"$place/right.list"
    diff "$place/left.list" "$place/right.list" >&2 || true
    exit 1
}

mkdir -p "$place"
case $# in
    2) compare "$@" ;;
    *) main "${1:-lite}" ;;
esac
