#!/bin/sh
# Run by the self-extracting installer in the folder it unpacked: installs for this user alone, without root.
set -eu
target=${CODESIGN_TARGET:-$HOME/.local/opt/codesign-studio}
data=${XDG_DATA_HOME:-$HOME/.local/share}
commands=$HOME/.local/bin

stop() {
    echo "$*" >&2
    exit 1
}

needed=$(du -sk program | cut -f1)
mkdir -p "$(dirname "$target")"
free=$(df -Pk "$(dirname "$target")" | awk 'END { print $4 }')
if [ "$free" -lt "$needed" ]; then
    stop "Codesign Studio needs $((needed / 1024)) MB in $(dirname "$target"), where $((free / 1024)) MB are free." \
        "Nothing was installed. Make room there, or name another place: CODESIGN_TARGET=/path/to/codesign-studio"
fi

# The new program stands beside the old one until all that takes room is there.
trap 'rm -rf "$target.new"' EXIT
rm -rf "$target.new"
{ cp -R program "$target.new" && cp uninstall.sh "$target.new/uninstall" &&
    mkdir -p "$commands" "$data" && cp -R share/. "$data"; } ||
    stop "The files could not be written. Nothing was installed, and what was there before is as it was."
rm -rf "$target"
mv "$target.new" "$target"

ln -sf "$target/codesign-studio" "$commands/codesign-studio"
# A path in a desktop entry is quoted, and four of its characters are escaped; in the entry's text each backslash is then
# written twice, and a percent sign too.
quoted=$(printf '%s' "$target/codesign-studio" | sed 's/["`$\\]/\\&/g; s/\\/\\\\/g; s/%/%%/g')
escaped=$(printf '%s' "$quoted" | sed 's/[&|\\]/\\&/g')
sed -i "s|^Exec=.*|Exec=\"$escaped\" %F|" "$data/applications/codesign-studio.desktop"
update-mime-database "$data/mime" 2>/dev/null || true
update-desktop-database "$data/applications" 2>/dev/null || true

echo "Codesign Studio is installed. It is among your applications; in a terminal: $commands/codesign-studio"
echo "To remove it: \"$target/uninstall\""
