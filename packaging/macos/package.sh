#!/bin/sh
# Builds the macOS disk image into dist/: packaging/macos/package.sh [lite|full]
#
# Needs Python 3.11 to 3.13 as python3, or PYTHON=/path/to/python.
# Not yet verified on macOS: docs/installers.md says what a tester checks.
set -eu
cd "$(dirname "$0")/../.."
size=${1:-lite}
build=build/$size
export PYTHONHASHSEED=1
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
python=$build/env/bin/python

[ -x "$python" ] || "${PYTHON:-python3}" -m venv "$build/env"
"$python" -m pip install --require-hashes --requirement packaging/lock-build.txt
"$python" -m pip install --require-hashes --no-build-isolation --use-pep517 --requirement "packaging/lock-$size.txt"
"$python" -m pip install --no-build-isolation --no-deps --force-reinstall .
"$python" -m PyInstaller --noconfirm --clean --workpath "$build/work" --distpath "$build" packaging/codesign-studio.spec

app="$build/Codesign Studio.app"
"$app/Contents/MacOS/codesign-studio" --selftest

# The image shows the application beside a link to where it belongs.
rm -rf "$build/image"
mkdir -p "$build/image" dist
cp -R "$app" "$build/image"
ln -s /Applications "$build/image/Applications"
hdiutil create -volname "Codesign Studio" -srcfolder "$build/image" -format UDZO -ov \
    "dist/codesign-studio-$version-$size-$(uname -m).dmg"
