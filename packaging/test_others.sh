# shellcheck shell=sh
# Part of test_packages.sh: the .rpm, and the installer that needs neither packages nor root.

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

# For one user alone, who then works where nothing of the program can be written.
try_portable() {
    install_needs
    cp "$portable" "$system$home/studio.run"
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
