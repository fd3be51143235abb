# shellcheck shell=sh
# Part of test_packages.sh: the .rpm, the installer that needs neither packages nor root, and the parts of lite.

# A system that has what the packages ask for, and what unpacks; Debian's own names stand for those of the .rpm.
install_needs() {
    needs=$(dpkg-deb --field "$deb" Depends | sed 's/([^)]*)//g; s/,/ /g')
    # Names of packages hold no space.
    # shellcheck disable=SC2086
    inside apt-get --quiet=2 install --yes --no-install-recommends $needs xz-utils >/dev/null 2>&1 ||
        stop "What the studio needs cannot be installed."
    files >"$system.before"
}

try_rpm() {
    command -v rpm >/dev/null || stop "rpm is not installed."
    install_needs
    in_rpm --install "$rpm" || stop "The .rpm cannot be installed."
    in_rpm --verify "$(rpm_name)" || stop "The .rpm is not installed as it was built."
    # What an rpm system's own triggers do.
    inside update-mime-database /usr/share/mime
    inside update-desktop-database
    self_test
    wrote_nothing_elsewhere
    opens_by_association "$1"
    in_rpm --erase "$(rpm_name)" || stop "The .rpm cannot be removed."
    left=$(files | grep -i codesign | grep -v '^./usr/share/mime/application' || true)
    [ -z "$left" ] || stop "Left behind: $left"
}

# The tree is Debian's, whose database knows nothing of these names.
in_rpm() {
    rpm --root "$PWD/$system" --dbpath /var/lib/rpm --nodeps --noscripts --nosignature "$@"
}

rpm_name() {
    rpm --query --package --queryformat '%{NAME}' "$rpm" 2>/dev/null
}

# Onto a disk without room: that is said, and nothing is left there.
is_not_half_installed() {
    make_small_disk 100m
    ! as_student env HOME=/home/small sh "$home/studio.run" >"$system.run.log" 2>&1 ||
        stop "The .run says that it fits onto a full disk."
    grep -q 'needs .* MB in .* free' "$system.run.log" || stop "A full disk is not said to be one: $(cat "$system.run.log")"
    left=$(find "$system/home/small" -type f)
    [ -z "$left" ] || stop "Half installed: $left"
    say "Onto a full disk: $(grep 'needs .* MB' "$system.run.log")"
    drop_small_disk
}

# For one user alone, who then works where nothing of the program can be written.
try_portable() {
    install_needs
    cp "$portable" "$system$home/studio.run"
    is_not_half_installed
    as_student sh studio.run >"$system.run.log" 2>&1 || stop "The .run does not install: $(tail -n 3 "$system.run.log")"
    inside chmod -R a-w "$home/.local/opt"
    self_test
    wrote_nothing_elsewhere
    opens_by_association "$1"
    inside chmod -R u+w "$home/.local/opt"
    as_student .local/opt/codesign-studio/uninstall >/dev/null || stop "The .run cannot be removed."
    left=$(find "$system$home/.local" -iname '*codesign*' ! -path '*/share/codesign-studio*' || true)
    [ -z "$left" ] || stop "Left behind: $left"
}

# Each part that lies in dist/: another file is refused, the right one downloaded; then what it brings must work.
try_parts() {
    install_as_student
    tell_their_address
    network="unshare --net packaging/serve_parts.sh"
    for file in $(ls dist | grep -o 'codesign-studio-[0-9].*\.zip'); do
        head -c 1000000 "dist/$file" >"$system$home/$file"
        ! as_student codesign-studio addons --add "$file" >"$system.part.log" 2>&1 || stop "Half of $file is taken for whole."
        grep -q 'checksum' "$system.part.log" || stop "Half of $file: $(cat "$system.part.log")"
        part=$(say "$file" | sed 's/codesign-studio-[0-9.]*-\(.*\)-linux.*/\1/')
        as_student codesign-studio addons --download "$part" || stop "The part $part cannot be downloaded."
    done
    network="unshare --net"
    as_student codesign-studio doctor
    self_test
    ! grep -q 'not available' "$system.test.log" || stop "A part that was added is not used."
    as_student codesign-studio synthesize "my project.codesign" --flow rtl --board ulx3s-85f --steps place-and-route ||
        stop "Place and route."
    wrote_nothing_elsewhere
}

# The catalogue of the installed lite, with the address that serve_parts.sh serves.
tell_their_address() {
    python3 - "$system/usr/lib/codesign-studio/_internal/resources/addons.json" <<'EOF'
import json, pathlib, sys
file = pathlib.Path(sys.argv[1])
parts = [part | {"url": f"http://127.0.0.1:8765/{part['file']}"} for part in json.loads(file.read_text())]
file.write_text(json.dumps(parts))
EOF
}
