# shellcheck shell=sh
# Part of package.sh: one function for each kind of installer; each says what is missing where it cannot build.

# What Qt and the frozen libraries load from the system, and fonts: the smallest Debian has none.
DEB_NEEDS="libglib2.0-0, libgl1, libegl1, libfontconfig1, libfreetype6, libdbus-1-3, libx11-6, libx11-xcb1, libxcb1,
 libwayland-cursor0, libwayland-egl1, libstdc++6, zlib1g, libuuid1, xkb-data, fonts-inter, fonts-jetbrains-mono"
RPM_NEEDS="glib2 libglvnd-glx libglvnd-egl fontconfig freetype dbus-libs libX11 libX11-xcb libxcb libwayland-cursor
 libwayland-egl libstdc++ zlib libuuid xkeyboard-config"

has() {
    command -v "$1" >/dev/null && return
    say "No .$2: $1 is not installed."
    return 1
}

make_deb() {
    has dpkg-deb deb || return 0
    mkdir -p "$build/tree/DEBIAN"
    deb_control >"$build/tree/DEBIAN/control"
    (cd "$build/tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$build/tree/DEBIAN/md5sums"
    date_files "$build/tree/DEBIAN"
    touch --date="@$SOURCE_DATE_EPOCH" "$build/tree"
    # One thread: more would cut the stream elsewhere.
    dpkg-deb --root-owner-group --threads-max=1 -Zxz --build "$build/tree" "dist/${name}_${release}_amd64.deb" >/dev/null
    rm -rf "$build/tree/DEBIAN"
    say "dist/${name}_${release}_amd64.deb"
}

deb_control() {
    cat <<EOF
Package: $name
Version: $release
Architecture: amd64
Maintainer: The developers of Codesign Studio <codesign-studio@localhost>
Installed-Size: $(du -sk "$build/tree/usr" | cut -f1)
Depends: libc6 (>= $(newest_glibc)), $DEB_NEEDS
Recommends: g++
Conflicts: $other
Replaces: $other
Section: electronics
Priority: optional
Description: codesign neural networks and FPGA hardware ($size)
 See what a neural network costs on your FPGA board while you change it:
 resources, latency and accuracy, layer by layer, with Yosys built in.
$(deb_about)
EOF
}

deb_about() {
    if [ "$size" = lite ]; then
        say " This package cannot train networks; codesign-studio-full can."
    else
        say " This package can train networks too: it holds TensorFlow and QKeras."
    fi
}

# The newest symbols of the C library that anything here asks for.
newest_glibc() {
    grep -rhoa 'GLIBC_2\.[0-9]*' "$program" | sort -Vu | tail -n 1 | cut -d_ -f2
}

make_rpm() {
    has rpmbuild rpm || return 0
    rm -rf "$build/rpm"
    mkdir -p "$build/rpm"
    rpm_specification >"$build/rpm/$name.spec"
    rpmbuild -bb --quiet --target x86_64 --define "_topdir $PWD/$build/rpm" --define "_rpmdir $PWD/$build/rpm" \
        --define "_buildhost localhost" --define "use_source_date_epoch_as_buildtime 1" \
        --define "clamp_mtime_to_source_date_epoch 1" --define "_binary_payload w6.xzdio" \
        --define "_dbpath $PWD/$build/rpm/db" "$build/rpm/$name.spec"
    mv "$build/rpm/x86_64/$name-$release-1.x86_64.rpm" dist/
    say "dist/$name-$release-1.x86_64.rpm"
}

rpm_specification() {
    cat <<EOF
Name: $name
Version: $release
Release: 1
Summary: Codesign neural networks and FPGA hardware ($size)
License: Apache-2.0
AutoReqProv: no
Requires: glibc >= $(newest_glibc), $(say "$RPM_NEEDS" | tr '\n' ' ')
Conflicts: $other
Recommends: gcc-c++ rsms-inter-fonts jetbrains-mono-fonts
%global debug_package %{nil}
%global _build_id_links none
%global __os_install_post %{nil}
%description
See what a neural network costs on your FPGA board while you change it:
resources, latency and accuracy, layer by layer, with Yosys built in.
%install
mkdir -p %{buildroot}
cp -a $PWD/$build/tree/usr %{buildroot}/
%files
/usr/bin/codesign-studio
/usr/lib/codesign-studio
/usr/share/applications/codesign-studio.desktop
/usr/share/metainfo/codesign-studio.metainfo.xml
/usr/share/mime/packages/codesign-studio.xml
/usr/share/icons/hicolor/scalable/apps/codesign-studio.svg
/usr/share/man/man1/codesign-studio.1.gz
/usr/share/doc/$name
EOF
}

# One file that unpacks itself, for any user of any other Linux.
make_portable() {
    has makeself run || return 0
    rm -rf "$build/portable"
    mkdir -p "$build/portable"
    cp -R "$program" "$build/portable/program"
    desktop_files "$build/portable/share"
    cp "$linux/install.sh" "$linux/uninstall.sh" "$build/portable"
    chmod -R u=rwX,go=rX "$build/portable"
    chmod 755 "$build/portable/install.sh" "$build/portable/uninstall.sh"
    date_files "$build/portable"
    makeself --quiet --nox11 --xz --threads 1 --packaging-date "$(date -u -d "@$SOURCE_DATE_EPOCH")" \
        --tar-extra "--sort=name --owner=0 --group=0 --numeric-owner" \
        "$build/portable" "dist/$name-$release-linux-x86_64.run" "Codesign Studio $release" ./install.sh
    say "dist/$name-$release-linux-x86_64.run"
}
