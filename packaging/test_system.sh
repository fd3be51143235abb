# shellcheck shell=sh
# Part of test_packages.sh: a fresh system within this one, its ordinary user, and a screen.

# Not what scripts expect of a name, on purpose.
home="/home/Zoë Müller"

say() { printf '%s\n' "$*"; }
stop() {
    printf 'FAILED: %s\n' "$*" >&2
    exit 1
}

# A screen of a number that nobody has, which Xvfb writes down once it is there. Without -noreset it starts over whenever
# its last client goes, as each xwininfo does, and refuses whoever comes just then.
make_screen() {
    rm -f build/screens/number
    Xvfb -displayfd 1 -screen 0 1366x768x24 -ac -nolisten tcp -noreset >build/screens/number 2>/dev/null &
    screen=$!
    for _ in $(seq 60); do
        [ -s build/screens/number ] && break
        sleep 1
    done
    display=:$(cat build/screens/number)
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
    for place in home/small tmp/.X11-unix dev proc; do
        umount "$system/$place" 2>/dev/null || true
    done
}

# A home of so many bytes.
make_small_disk() {
    mkdir "$system/home/small"
    mount -t tmpfs -o "size=$1,mode=777" tmpfs "$system/home/small"
}

drop_small_disk() {
    umount "$system/home/small"
    rmdir "$system/home/small"
}

inside() {
    chroot "$system" env LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

# An ordinary user, without a network, or with the one that $network makes.
network="unshare --net"
# shellcheck disable=SC2086
as_student() {
    $network chroot --userspec=student:student "$system" env -i PATH="$home/.local/bin:/usr/bin:/bin" LC_ALL=C.UTF-8 \
        HOME="$home" USER=student DISPLAY="$display" sh -c 'cd "$HOME" && exec "$@"' student "$@"
}

# Every file of the system but what packages keep for themselves, and what programs make anew when they like.
files() {
    (cd "$system" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./home -o -path ./tmp -o -path ./var/cache \
        -o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./var/log -o -path ./run \) -prune -o -print) | sort
}
