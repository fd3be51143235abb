#!/bin/sh
# Builds the installers that this system can build, into dist/.
#
#   packaging/package.sh lite    without TensorFlow: everything but training
#   packaging/package.sh full    with training
#
# PYTHON=/path/to/python names the Python to freeze, VERSION=x.y.z another version than that of pyproject.toml,
# FORMATS="deb rpm portable" some of the kinds, ADDONS="place-and-route training compiler" some of the parts that lite can add.
# Two builds of one commit are the same, bit for bit: every time stamp is that of the commit.
set -eu
cd "$(dirname "$0")/.."
size=${1:-lite}
build=build/$size
program=$build/codesign-studio

say() { printf '%s\n' "$*"; }
stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

. packaging/setup_python.sh
. packaging/linux/tree.sh
. packaging/linux/formats.sh

unset PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH PIP_TARGET PIP_PREFIX LD_LIBRARY_PATH
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONHASHSEED=1 LC_ALL=C.UTF-8 TZ=UTC
umask 022

main() {
    release=${VERSION:-$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)}
    SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
    export SOURCE_DATE_EPOCH
    name=codesign-studio
    other=codesign-studio-full
    if [ "$size" = full ]; then
        name=codesign-studio-full
        other=codesign-studio
    fi
    make_build_environment
    make_addons
    make_machine_code
    freeze
    mkdir -p dist
    make_tree "$build/tree"
    for format in ${FORMATS:-deb rpm portable}; do
        "make_$format"
    done
}

# The environment that is frozen holds the installer's packages and PyInstaller, nothing else.
make_build_environment() {
    stamp=$build/stamp
    wanted="$(cat packaging/lock-build.txt "packaging/lock-$size.txt" | cksum) ${PYTHON:-}"
    if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
        find_python
        [ -n "$python" ] || stop_refusing
        say "Making the environment that is frozen, with $python."
        rm -rf "$build"
        "$python" -m venv "$build/env"
        build_pip --require-hashes --requirement packaging/lock-build.txt
        build_pip --require-hashes --no-build-isolation --use-pep517 --requirement "packaging/lock-$size.txt"
        say "$wanted" >"$stamp"
    fi
    # A copy, not editable: what is frozen carries the project's own metadata, of this version.
    rm -rf "$build/source"
    mkdir -p "$build/source"
    cp -R app engine resources widgets packaging pyproject.toml README.md LICENSE "$build/source"
    sed -i "s/^version = .*/version = \"$release\"/" "$build/source/pyproject.toml"
    build_pip --no-build-isolation --no-deps --force-reinstall "./$build/source"
    # What pip left there would be taken for a second studio.
    rm -rf "$build/source/build" "$build/source/"*.egg-info
}

# The parts come first: lite knows them by their checksums.
make_addons() {
    [ "$size" = lite ] || return 0
    say "Packing the parts that can be added."
    # Names of parts hold no space.
    # shellcheck disable=SC2086
    "$build/env/bin/python" packaging/addons.py "$release" "$build" "$build/source/resources/addons.json" \
        ${ADDONS-place-and-route training compiler}
    mkdir -p dist
    for part in "$build/codesign-studio-$release"-*.zip; do
        [ ! -e "$part" ] || mv "$part" dist
    done
}

# Yosys compiled, which takes a minute and 1.7 GB: it depends on the environment alone.
make_machine_code() {
    if [ ! -d "$build/compiled" ]; then
        say "Compiling Yosys for any processor of this kind; this takes a minute or more."
        rm -rf "$build/compiling"
        "$build/env/bin/python" packaging/machine_code.py "$build/compiling"
        mv "$build/compiling" "$build/compiled"
    fi
    cp -R "$build/compiled" "$build/source/resources/compiled"
}

build_pip() {
    "$build/env/bin/python" -m pip install --quiet "$@" || stop "pip could not install the packages."
}

freeze() {
    say "Freezing the $size studio; this takes a minute or more."
    rm -rf "$program"
    "$build/env/bin/python" -m PyInstaller --noconfirm --clean --log-level ERROR \
        --workpath "$build/work" --distpath "$build" "$build/source/packaging/codesign-studio.spec"
    # Python's own libraries may carry what only a debugger reads.
    if command -v strip >/dev/null; then
        find "$program/_internal" -name 'libpython*' -exec strip --strip-debug {} +
        find "$program/_internal" -path '*/lib-dynload/*.so' -exec strip --strip-debug {} +
        # TensorFlow's names of what nobody outside asks for: a quarter of a gigabyte.
        find "$program/_internal" -path '*/tensorflow/*.so*' -type f -exec strip --strip-unneeded {} +
    fi
    compile_sources
    HOME=$PWD/$build "$program/codesign-studio" estimate resources/examples/jet_tagger.codesign >/dev/null ||
        stop "What was frozen does not start."
}

# Sources that lie open are compiled here: nobody, root neither, may be led to write beside them.
compile_sources() {
    "$build/env/bin/python" -m compileall -q -f --invalidation-mode unchecked-hash \
        -s "$program" "$program/_internal" >/dev/null || true
}

case $size in
    lite | full) main ;;
    *) stop "Usage: packaging/package.sh lite|full" ;;
esac
