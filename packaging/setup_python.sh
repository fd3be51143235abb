# shellcheck shell=sh
# Part of setup.sh: which Python to use, and whether .venv can be kept.

# "3.11.7" of the interpreter $1; fails if it does not run.
version_of() {
    "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null
}

is_supported() {
    case $1 in
        3.11.* | 3.12.* | 3.13.*) return 0 ;;
        *) return 1 ;;
    esac
}

# True while .venv runs, was made at this place and fits PYTHON, if that is given.
environment_is_usable() {
    grep -qsF "$PWD/.venv/bin/python" .venv/bin/pip || return 1
    present=$(version_of .venv/bin/python) && is_supported "$present" || return 1
    [ -z "${PYTHON:-}" ] || [ "$(version_of "$PYTHON")" = "$present" ]
}

# Sets python to the first interpreter that fits, empty if there is none at all; refuses when only others are there.
find_python() {
    python=
    refused=
    if [ -n "${PYTHON:-}" ]; then
        version_of "$PYTHON" >/dev/null || stop "PYTHON=$PYTHON does not run."
        set -- "$PYTHON"
    else
        set -- python3 python3.13 python3.12 python3.11
    fi
    for candidate; do
        found=$(command -v "$candidate") || continue
        # A version manager puts placeholders on the PATH that do not run.
        version=$(version_of "$found") || continue
        if is_supported "$version"; then
            python=$found
            return
        fi
        refused="$refused
    $found is Python $version"
    done
    [ -z "$refused" ] || stop_refusing
}

# What Debian leaves out of its smallest systems: Python itself, or the modules that make environments.
missing_python_packages() {
    if [ -z "$python" ]; then
        say python3 python3-venv
    elif ! can_make_environments; then
        case $python in
            */python3) say python3-venv ;;
            *) say "python$(version_of "$python" | cut -d. -f1-2)-venv" ;;
        esac
    fi
}

can_make_environments() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null
}

stop_refusing() {
    stop "Codesign Studio needs Python 3.11, 3.12 or 3.13. Found:${refused:- none}
Install one of them, for example with:$(python_install_hint)

and run the same command again. PYTHON=/path/to/python names one that is not on the PATH."
}

python_install_hint() {
    for version in 3.13 3.12 3.11; do
        if apt-cache show "python$version" >/dev/null 2>&1; then
            install_command "python$version" "python$version-venv"
            return
        fi
    done
    printf '\n\n    %s' "uv python install 3.13        (uv: https://docs.astral.sh/uv)"
}
