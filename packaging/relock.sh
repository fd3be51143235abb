#!/bin/sh
# Writes the lock files anew from pyproject.toml; needs uv (https://docs.astral.sh/uv) and the network.
#
#   packaging/relock.sh              keeps every version that still fits pyproject.toml
#   packaging/relock.sh --upgrade    takes the newest versions that fit
#
# lock-all.txt       what `make setup-all` installs: the studio with all extras
# lock-base.txt      what `make setup` installs: the same versions, without extras
# lock-lite.txt      what `make package` freezes: the studio with Yosys, and PyInstaller
# lock-full.txt      the same with training
# lock-open.txt      lite with place and route: what the add-on of that name brings
# lock-compiler.txt  a C++ compiler: what the add-on of that name brings
# lock-build.txt     what builds the project itself and the few dependencies that publish no wheel
#
# Names, versions, hashes and markers only: an address would tie the locks to one mirror.
set -eu
cd "$(dirname "$0")/.."
unset UV_INDEX UV_INDEX_URL UV_DEFAULT_INDEX UV_EXTRA_INDEX_URL UV_FIND_LINKS UV_CONSTRAINT UV_OVERRIDE

lock() {
    uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --custom-compile-command packaging/relock.sh "$@"
}

build_requirements() {
    python3 -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")'
}

lock pyproject.toml --all-extras --output-file packaging/lock-all.txt "$@"
lock pyproject.toml --constraint packaging/lock-all.txt --output-file packaging/lock-base.txt "$@"
lock pyproject.toml --group package --constraint packaging/lock-all.txt --output-file packaging/lock-lite.txt "$@"
lock pyproject.toml --group package --extra training --constraint packaging/lock-all.txt \
    --output-file packaging/lock-full.txt "$@"
lock pyproject.toml --group package --extra open --constraint packaging/lock-all.txt \
    --output-file packaging/lock-open.txt "$@"
lock --group compiler --output-file packaging/lock-compiler.txt "$@"
build_requirements | lock - --constraint packaging/lock-all.txt --output-file packaging/lock-build.txt "$@"

if grep -nE '://|^-|@ ' packaging/lock-*.txt; then
    echo "The lines above name an address or an option; a lock holds names, versions and hashes only." >&2
    exit 1
fi
