#!/bin/sh
# Tries the .deb in dist/ on fresh systems as a student meets it, one after the other; as root.
#
#   packaging/test_packages.sh [SUITE ...]    bookworm and trixie without a name
#
# Needs debootstrap, Xvfb, xwininfo and ImageMagick's import. Leaves a picture of each window in build/screens.
set -eu
cd "$(dirname "$0")/.."
deb=${DEB:-$(ls -t dist/codesign-studio_*.deb | head -n 1)}
old=0.0.1
# Not what scripts expect of a name, on purpose.
home="/home/Zoë Müller"
[ $# -gt 0 ] || set -- bookworm trixie

say() { printf '%s\n' "$*"; }
stop() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

main() {
    [ "$(id -u)" = 0 ] || stop "A system within the system needs root: sudo make test-packages"
    for tool in debootstrap Xvfb xwininfo import dpkg-deb unshare; do
        command -v "$tool" >/dev/null || stop "$tool is not installed."
    done
    mkdir -p build/chroots build/screens
    make_previous
    trap clean_up EXIT
    make_screen
    for suite; do
        try_on "$suite"
    done
}

# A screen of a number that nobody has, which Xvfb writes down once it is there.
make_screen() {
    Xvfb -displayfd 1 -screen 0 1366x768x24 -ac -nolisten tcp >build/screens/number 2>/dev/null &
    screen=$!
    for _ in $(seq 60); do
        [ -s build/screens/number ] && break
        sleep 1
    done
    display=:$(cat build/screens/number)
}

clean_up() {
    [ -z "${system:-}" ] || let_go
    kill "$screen" 2>/dev/null || true
}

# The same program under an older version, with a file that the new one no longer has.
make_previous() {
    rm -rf build/previous build/previous.deb
    dpkg-deb --raw-extract "$deb" build/previous
    sed -i "s/^Version: .*/Version: $old/" build/previous/DEBIAN/control
    touch build/previous/usr/lib/codesign-studio/obsolete
    dpkg-deb --root-owner-group -Zgzip -z1 --build build/previous build/previous.deb >/dev/null
    rm -rf build/previous
}

try_on() {
    system=build/chroots/$1
    say "== $1"
    make_system "$1"
    install_as_student
    self_test
    wrote_nothing_elsewhere
    opens_by_association "$1"
    upgrade
    leaves_nothing
    let_go
    system=
    say "== $1: passed"
}

# A smallest Debian with what every desktop has for opening files, kept for the next time; a fresh copy of it.
make_system() {
    if [ ! -d "$system.base" ]; then
        debootstrap --variant=minbase --include=libglib2.0-bin,desktop-file-utils,shared-mime-info \
            "$1" "$system.making" >build/chroots/debootstrap.log || stop "debootstrap; see build/chroots/debootstrap.log"
        mv "$system.making" "$system.base"
    fi
    rm -rf "$system"
    cp -a "$system.base" "$system"
    cp /etc/resolv.conf "$system/etc/resolv.conf"
    carry_over_access
    mount -t proc proc "$system/proc"
    mount --bind /dev "$system/dev"
    mkdir -p "$system/tmp/.X11-unix"
    mount --bind /tmp/.X11-unix "$system/tmp/.X11-unix"
    inside apt-get --quiet=2 update
    inside useradd --home-dir "$home" --create-home student
    cp resources/examples/jet_tagger.codesign "$system$home/my project.codesign"
    inside chown student: "$home/my project.codesign"
    files >"$system.before"
}

# How this system reaches its packages, in case that is not the usual way.
carry_over_access() {
    cp /etc/apt/apt.conf.d/*proxy* "$system/etc/apt/apt.conf.d/" 2>/dev/null || true
    cp -a /etc/ssl/certs "$system/etc/ssl/" 2>/dev/null || true
}

let_go() {
    for place in tmp/.X11-unix dev proc; do
        umount "$system/$place" 2>/dev/null || true
    done
}

inside() {
    chroot "$system" env LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

# An ordinary user, without a network.
as_student() {
    unshare --net chroot --userspec=student:student "$system" env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 \
        HOME="$home" USER=student DISPLAY="$display" sh -c 'cd "$HOME" && exec "$@"' student "$@"
}

# Every file of the system but what packages keep for themselves, and what programs make anew when they like.
files() {
    (cd "$system" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./home -o -path ./tmp -o -path ./var/cache \
        -o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./var/log -o -path ./run \) -prune -o -print) | sort
}

install_as_student() {
    cp build/previous.deb "$system/var/cache/studio.deb"
    inside apt-get --quiet=2 install --yes --no-install-recommends /var/cache/studio.deb >/dev/null 2>&1 ||
        stop "The package cannot be installed."
    [ -f "$system/usr/lib/codesign-studio/obsolete" ] || stop "The older version is not the one that was installed."
}

self_test() {
    touch "$system.moment"
    as_student codesign-studio --selftest || stop "The self-test."
}

wrote_nothing_elsewhere() {
    found=$(cd "$system" && find . -xdev \( -path ./proc -o -path ./dev -o -path ".$home" \) -prune \
        -o -type f -newer "../$(basename "$system").moment" -print)
    [ -z "$found" ] || stop "Written outside the user's own folders: $found"
    found=$(find "$system/tmp" -mindepth 1 -maxdepth 1 ! -name .X11-unix)
    [ -z "$found" ] || stop "Left in the folder for temporary files: $found"
}

opens_by_association() {
    kind=$(as_student gio info -a standard::content-type "my project.codesign" | awk '/content-type:/ { print $2 }')
    [ "$kind" = application/x-codesign-studio ] || stop "The project file is taken for $kind."
    as_student gio open "my project.codesign" >"$system.window.log" 2>&1 &
    wait_for_window "my project"
    # What is worked out once the window is there.
    sleep 10
    import -display "$display" -window root "build/screens/$1.png"
    say "The project opened by its association: build/screens/$1.png"
    inside sh -c 'for program in /proc/[0-9]*; do
        [ "$(readlink "$program/exe")" != /usr/lib/codesign-studio/codesign-studio ] || kill "${program#/proc/}"
    done' 2>/dev/null || true
    wait $! 2>/dev/null || true
}

wait_for_window() {
    for _ in $(seq 120); do
        if xwininfo -display "$display" -root -tree 2>/dev/null | grep -q "$1"; then
            return
        fi
        sleep 1
    done
    stop "No window '$1' within two minutes: $(cat "$system.window.log")"
}

upgrade() {
    cp "$deb" "$system/var/cache/studio.deb"
    inside apt-get --quiet=2 install --yes --no-install-recommends /var/cache/studio.deb >/dev/null 2>&1 ||
        stop "The package does not upgrade."
    [ ! -e "$system/usr/lib/codesign-studio/obsolete" ] || stop "A file of the older version is left."
    as_student codesign-studio --version
    as_student codesign-studio estimate "my project.codesign" >/dev/null || stop "The upgraded studio does not estimate."
}

leaves_nothing() {
    name=$(dpkg-deb --field "$deb" Package)
    inside apt-get --quiet=2 purge --yes "$name" >/dev/null 2>&1 || stop "The package cannot be removed."
    left=$(files | grep -i codesign || true)
    [ -z "$left" ] || stop "Left behind: $left"
    inside apt-get --quiet=2 autoremove --purge --yes >/dev/null 2>&1
    files >"$system.after"
    left=$(comm -13 "$system.before" "$system.after" | grep -vE '^\./(etc|var|usr/share/mime|usr/share/applications)(/|$)' || true)
    [ -z "$left" ] || say "Left by other packages: $(say "$left" | wc -l) files, as $(say "$left" | head -n 3 | tr '\n' ' ')"
}

main "$@"
