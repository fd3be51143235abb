#!/bin/sh
# Sets the project up: system packages, and a Python environment in .venv from the locks beside this file.
#
#   packaging/setup.sh base    what the studio needs
#   packaging/setup.sh all     also training, the open flow and the tests
#
# PYTHON=/path/to/python names the Python to use. Asks nothing, says what it installs, and takes a fraction of a
# second when nothing changed.
set -eu
cd "$(dirname "$0")/.."
wanted=${1:-base}
stamp=.venv/setup-stamp

# Settings of the caller's own Python that would lead pip or the environment elsewhere.
unset PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH PIP_TARGET PIP_PREFIX
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf '%s\n' "$*"; }
stop() {
    printf '%s\n' "$*" >&2
    exit 1
}

. packaging/setup_system.sh
. packaging/setup_python.sh

# Package names are split into words on purpose: no name holds a space.
# shellcheck disable=SC2046,SC2086
main() {
    missing=$(missing_libraries)
    if environment_is_current; then
        require_packages $missing
        say "The environment in .venv is up to date."
        return
    fi
    if ! environment_is_usable; then
        find_python
        missing="$missing $(missing_python_packages)"
    fi
    if [ "$wanted" = all ]; then
        require_packages $missing $(missing_comforts)
        recommend_packages $(missing_server)
    else
        require_packages $missing
        recommend_packages $(missing_comforts)
    fi
    environment_is_usable || make_environment
    install_locked
    compile_bytecode
    wanted_stamp "$wanted" >"$stamp"
    say "Ready: .venv holds Python $(version_of .venv/bin/python) and packaging/lock-$wanted.txt."
}

# The line the stamp holds once the packages $1 (base or all) are installed.
wanted_stamp() {
    say "$1, Python $(version_of .venv/bin/python), locks $(cat packaging/lock-*.txt pyproject.toml | cksum)"
}

environment_is_current() {
    environment_is_usable && [ -f "$stamp" ] || return 1
    installed=$(cat "$stamp")
    [ "$installed" = "$(wanted_stamp all)" ] || [ "$installed" = "$(wanted_stamp "$wanted")" ]
}

make_environment() {
    [ -n "$python" ] || find_python
    [ -n "$python" ] || stop_refusing
    can_make_environments ||
        stop "$python has no modules venv and ensurepip. Name another: make setup PYTHON=/path/to/python"
    say "Making a Python $(version_of "$python") environment in .venv with $python."
    rm -rf .venv
    "$python" -m venv .venv
}

install_locked() {
    rm -f "$stamp"
    say "Installing packaging/lock-$wanted.txt into .venv; the first time takes a few minutes."
    # Nothing outside the locks is fetched: what builds packages without a wheel is locked as well.
    pip_install --require-hashes --requirement packaging/lock-build.txt
    pip_install --require-hashes --no-build-isolation --use-pep517 --requirement "packaging/lock-$wanted.txt"
    pip_install --no-build-isolation --no-deps --editable .
}

pip_install() {
    quiet=--quiet
    [ ! -t 1 ] || quiet=
    .venv/bin/python -m pip install $quiet --no-compile "$@" ||
        stop "pip could not install the packages. Check the network, then run the same command again."
}

# pip compiles one file at a time, this on every core. Files that packages ship for other Pythons do not compile.
compile_bytecode() {
    .venv/bin/python -m compileall -q -j 0 .venv/lib app engine resources widgets >/dev/null 2>&1 || true
}

case $wanted in
    base | all) main ;;
    *) stop "Usage: packaging/setup.sh base|all" ;;
esac
