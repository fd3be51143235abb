#!/bin/sh
# Removes what the self-extracting installer put into this user's folders. Projects and settings stay.
set -eu
target=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}

[ -x "$target/codesign-studio" ] || exit 1
rm -f "$HOME/.local/bin/codesign-studio" \
    "$data/applications/codesign-studio.desktop" \
    "$data/metainfo/codesign-studio.metainfo.xml" \
    "$data/mime/packages/codesign-studio.xml" \
    "$data/icons/hicolor/scalable/apps/codesign-studio.svg"
update-mime-database "$data/mime" 2>/dev/null || true
update-desktop-database "$data/applications" 2>/dev/null || true
rm -rf "$target"
echo "Codesign Studio is removed. Your settings are still in ~/.config/codesign-studio and $data/codesign-studio."
