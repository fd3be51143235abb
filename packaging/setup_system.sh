# shellcheck shell=sh
# Part of setup.sh: the system packages, on Debian, Ubuntu and what derives from them.

# What Qt loads, as library:package. From Debian 13 and Ubuntu 24.04 on, libglib2.0-0t64 provides libglib2.0-0.
QT_LIBRARIES="
    libglib-2.0.so.0:libglib2.0-0
    libGL.so.1:libgl1
    libEGL.so.1:libegl1
    libxkbcommon.so.0:libxkbcommon0
    libfontconfig.so.1:libfontconfig1
    libdbus-1.so.3:libdbus-1-3"
SCREEN_LIBRARIES="
    libxkbcommon-x11.so.0:libxkbcommon-x11-0
    libxcb-cursor.so.0:libxcb-cursor0
    libxcb-icccm.so.4:libxcb-icccm4
    libxcb-keysyms.so.1:libxcb-keysyms1
    libxcb-shape.so.0:libxcb-shape0
    libwayland-cursor.so.0:libwayland-cursor0
    libwayland-egl.so.1:libwayland-egl1"

# Packages of the libraries that the loader does not know. Silent where there is no such list (macOS).
missing_libraries() {
    known=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null) || return 0
    libraries=$QT_LIBRARIES
    [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || libraries="$libraries $SCREEN_LIBRARIES"
    for entry in $libraries; do
        case $known in
            *"${entry%:*} "*) ;;
            *) say "${entry#*:}" ;;
        esac
    done
}

# Packages without which the studio still opens: the typefaces it is drawn in, and the compiler for emulation.
missing_comforts() {
    has_font 'Inter*' || say fonts-inter
    has_font 'JetBrains*Mono*' || say fonts-jetbrains-mono
    command -v g++ >/dev/null || say g++
}

# The server of the tests of synthesis over SSH. Debian starts it for good: on CI only, elsewhere those tests skip.
missing_server() {
    [ -z "${CI:-}" ] || [ -x /usr/sbin/sshd ] || say openssh-server
}

has_font() {
    find /usr/share/fonts /usr/local/share/fonts /Library/Fonts "${HOME:-/root}/.local/share/fonts" \
        -iname "$1.[to]t[fc]" 2>/dev/null | grep -q .
}

# Installs the packages named, or stops with the command that does.
require_packages() {
    [ $# -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null; then
        say "This system has no apt-get. The studio needs what Debian calls: $*" \
            "Going on; install their counterparts if something fails to start."
    elif may_install; then
        install_packages "$@" || stop "The system packages could not be installed. By hand:$(install_command "$@")"
    else
        stop "These system packages are missing: $*
Installing them needs administrator rights. Run this, then the same command again:$(install_command "$@")"
    fi
}

# Installs the packages named if that is possible, and goes on in any case.
recommend_packages() {
    [ $# -gt 0 ] || return 0
    if command -v apt-get >/dev/null && may_install && install_packages "$@"; then
        return 0
    fi
    say "Recommended, not needed to go on: $*$(install_command "$@")
"
}

# Administrator rights: root, or sudo that may ask for a password or needs none.
may_install() {
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }
}

install_packages() {
    say "Installing system packages: $*"
    refresh_lists
    apt_get install --yes --no-install-recommends "$@"
}

lists_are_fresh=no
refresh_lists() {
    [ "$lists_are_fresh" = no ] || return 0
    apt_get update || say "Not every package list could be refreshed; going on with those at hand."
    lists_are_fresh=yes
}

apt_get() {
    set -- env DEBIAN_FRONTEND=noninteractive apt-get --quiet -o DPkg::Lock::Timeout=120 "$@"
    [ "$(id -u)" = 0 ] || set -- sudo "$@"
    # Nothing a package asks may wait for an answer.
    "$@" </dev/null
}

# The command that installs the packages named, indented on a line of its own, for whoever is asking.
install_command() {
    if [ "$(id -u)" = 0 ]; then
        command="apt-get update && apt-get install $*"
    elif command -v sudo >/dev/null; then
        command="sudo apt-get update && sudo apt-get install $*"
    else
        command="su -c 'apt-get update && apt-get install $*'"
    fi
    printf '\n\n    %s' "$command"
}
