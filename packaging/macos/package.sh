#!/bin/sh
# Builds the macOS disk image into dist/: packaging/macos/package.sh [lite|full]
#
# Needs Python 3.11 to 3.13 as python3, or PYTHON=/path/to/python. CODESIGN_ADDONS_URL names the folder that the parts of
# lite will be downloaded from; they are packed into dist/ too.
# Not yet verified on macOS: docs/installers.md says what a tester checks.
set -eu
cd "$(dirname "$0")/../.."
size=${1:-lite}
build=build/$size
source=$build/source
unset PYTHONPATH PYTHONHOME
export PYTHONHASHSEED=1
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
python=$build/env/bin/python

[ -x "$python" ] || "${PYTHON:-python3}" -m venv "$build/env"
"$python" -m pip install --require-hashes --requirement packaging/lock-build.txt
"$python" -m pip install --require-hashes --no-build-isolation --use-pep517 --requirement "packaging/lock-$size.txt"

# A copy: the parts' catalogue is written into it.
rm -rf "$source"
mkdir -p "$source" dist
cp -R app engine resources widgets packaging pyproject.toml README.md LICENSE "$source"
"$python" -m pip install --no-build-isolation --no-deps --force-reinstall "./$source"
# What pip left there would be taken for a second studio.
rm -rf "$source/build" "$source"/*.egg-info
if [ "$size" = lite ]; then
    "$python" packaging/addons.py "$version" "$build" "$source/resources/addons.json" place-and-route training compiler
    mv "$build/codesign-studio-$version"-*.zip dist
fi
"$python" -m PyInstaller --noconfirm --clean --workpath "$build/work" --distpath "$build" \
    "$source/packaging/codesign-studio.spec"

app="$build/Codesign Studio.app"
"$app/Contents/MacOS/codesign-studio" --selftest

# The image shows the application beside a link to where it belongs.
rm -rf "$build/image"
mkdir -p "$build/image"
cp -R "$app" "$build/image"
ln -s /Applications "$build/image/Applications"
hdiutil create -volname "Codesign Studio" -srcfolder "$build/image" -format UDZO -ov \
    "dist/codesign-studio-$version-$size-$(uname -m).dmg"
