#!/bin/sh
# Tries the installers in dist/ on fresh systems as a student meets them, one after the other; as root.
#
#   packaging/test_packages.sh [SUITE ...]    bookworm and trixie without a name
#
# FORMATS="deb rpm portable parts" names some of the kinds, without it the first three; DEB, RPM and PORTABLE other files
# than the newest. Needs debootstrap, Xvfb, xwininfo and ImageMagick's import, for the .rpm also rpm. Leaves a picture of
# each window in build/screens.
set -eu
cd "$(dirname "$0")/.."
deb=${DEB:-$(ls -t dist/codesign-studio_*.deb | head -n 1)}
rpm=${RPM:-$(ls -t dist/codesign-studio-[0-9]*.rpm 2>/dev/null | head -n 1)}
portable=${PORTABLE:-$(ls -t dist/codesign-studio-[0-9]*.run 2>/dev/null | head -n 1)}
old=0.0.1
[ $# -gt 0 ] || set -- bookworm trixie

. packaging/test_system.sh
. packaging/test_others.sh

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
    dpkg-deb --root-owner-group -Znone --build build/previous build/previous.deb >/dev/null
    rm -rf build/previous
}

try_on() {
    system=build/chroots/$1
    for format in ${FORMATS:-deb rpm portable}; do
        say "== $1, $format"
        make_system "$1"
        "try_$format" "$1"
        let_go
        say "== $1, $format: passed"
    done
    system=
}

try_deb() {
    install_as_student
    self_test
    wrote_nothing_elsewhere
    says_that_the_disk_is_full
    opens_by_association "$1"
    upgrade
    leaves_nothing
}

install_as_student() {
    cp build/previous.deb "$system/var/cache/studio.deb"
    inside apt-get --quiet=2 install --yes --no-install-recommends /var/cache/studio.deb >/dev/null 2>&1 ||
        stop "The package cannot be installed."
    [ -f "$system/usr/lib/codesign-studio/obsolete" ] || stop "The older version is not the one that was installed."
}

self_test() {
    touch "$system.moment"
    passed=yes
    as_student codesign-studio --selftest >"$system.test.log" || passed=no
    cat "$system.test.log"
    [ "$passed" = yes ] || stop "The self-test."
    [ ! -e "$system$home/.cache/codesign-studio/webassembly" ] || stop "Yosys, brought compiled, was compiled again."
}

wrote_nothing_elsewhere() {
    found=$(cd "$system" && find . -xdev \( -path ./proc -o -path ./dev -o -path ".$home" \) -prune \
        -o -type f -newer "../$(basename "$system").moment" -print)
    [ -z "$found" ] || stop "Written outside the user's own folders: $found"
    found=$(find "$system/tmp" -mindepth 1 -maxdepth 1 ! -name .X11-unix)
    [ -z "$found" ] || stop "Left in the folder for temporary files: $found"
}

# Where nothing can be written any more, that is said, and no traceback; what was there before stays whole.
says_that_the_disk_is_full() {
    make_small_disk 40k
    cp "$system$home/my project.codesign" "$system/home/small/project.codesign"
    if as_student env HOME=/home/small XDG_DATA_HOME=/home/small codesign-studio convert "my project.codesign" \
        --out /home/small/project >"$system.full.log" 2>&1; then
        stop "A conversion onto a full disk says that it went well."
    fi
    if as_student codesign-studio fold /home/small/project.codesign --rate 1000000 --out /home/small/project.codesign \
        >>"$system.full.log" 2>&1; then
        stop "A project saved onto a full disk is said to be saved."
    fi
    cmp "$system$home/my project.codesign" "$system/home/small/project.codesign" ||
        stop "A full disk cost the project that was there."
    drop_small_disk
    ! grep -q Traceback "$system.full.log" || stop "A full disk ends in a traceback: $(cat "$system.full.log")"
    [ "$(grep -c 'the disk is full' "$system.full.log")" = 2 ] ||
        stop "A full disk is not said to be one: $(cat "$system.full.log")"
    say "Onto a full disk: $(tail -n 1 "$system.full.log")"
}

opens_by_association() {
    kind=$(as_student gio info -a standard::content-type "my project.codesign" | awk '/content-type:/ { print $2 }')
    [ "$kind" = application/x-codesign-studio ] || stop "The project file is taken for $kind."
    as_student gio open "my project.codesign" >"$system.window.log" 2>&1 &
    wait_for_window "my project"
    # What is worked out once the window is there.
    sleep 10
    import -display "$display" -window root "build/screens/$1-$format.png"
    say "The project opened by its association: build/screens/$1-$format.png"
    # Of this system alone: /proc shows those of others too.
    inside sh -c 'for program in /proc/[0-9]*; do
        [ "$program/root" -ef / ] || continue
        case $(readlink "$program/exe") in */codesign-studio/codesign-studio) kill "${program#/proc/}" ;; esac
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
