# shellcheck shell=sh
# Part of package.sh: the files as they lie on a Linux system, which .deb and .rpm share.

linux=packaging/linux

# Puts everything below $1, with the commit's time on each file.
make_tree() {
    say "Laying out the files."
    rm -rf "$1"
    mkdir -p "$1/usr/lib" "$1/usr/bin" "$1/usr/share/man/man1" "$1/usr/share/doc/$name"
    cp -R "$program" "$1/usr/lib/codesign-studio"
    ln -s ../lib/codesign-studio/codesign-studio "$1/usr/bin/codesign-studio"
    desktop_files "$1/usr/share"
    filled "$linux/codesign-studio.1" | gzip -9n >"$1/usr/share/man/man1/codesign-studio.1.gz"
    gzip -9nc CHANGELOG.md >"$1/usr/share/doc/$name/changelog.gz"
    copyright >"$1/usr/share/doc/$name/copyright"
    chmod -R u=rwX,go=rX "$1"
    date_files "$1"
}

# What makes a desktop know the program and its files, below the data folder $1.
desktop_files() {
    mkdir -p "$1/applications" "$1/metainfo" "$1/mime/packages" "$1/icons/hicolor/scalable/apps"
    cp "$linux/codesign-studio.desktop" "$1/applications/codesign-studio.desktop"
    cp "$linux/codesign-studio.mime.xml" "$1/mime/packages/codesign-studio.xml"
    filled "$linux/codesign-studio.metainfo.xml" >"$1/metainfo/codesign-studio.metainfo.xml"
    # The studio's own mark, in the light theme's colours.
    sed 's/currentColor/#4450CF/g; s/contrastColor/#FFFFFF/g; s/viewBox/width="128" height="128" viewBox/' \
        resources/icons/logo.svg >"$1/icons/hicolor/scalable/apps/codesign-studio.svg"
}

filled() {
    sed "s/@VERSION@/$release/g; s/@DATE@/$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d)/g" "$1"
}

# The studio's licence, and where those of the libraries are.
copyright() {
    cat <<EOF
Codesign Studio is under the Apache License 2.0:

$(cat LICENSE)


The libraries in /usr/lib/codesign-studio are under licences of their own. Their texts are in
/usr/lib/codesign-studio/_internal/resources/licences.json, and in the program under Help, Licences.
EOF
}

date_files() {
    find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
}
