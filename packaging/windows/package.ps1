# Builds the Windows installer into dist\: packaging\windows\package.ps1 [lite|full]
#
# Needs Python 3.11 to 3.13 as `python`, and NSIS with makensis on the PATH.
# Not yet verified on Windows: docs\installers.md says what a tester checks.

param([ValidateSet("lite", "full")][string]$Size = "lite")

$ErrorActionPreference = "Stop"
$PSNativeCommandUseErrorActionPreference = $true
Set-Location (Join-Path $PSScriptRoot "..\..")
$env:PYTHONHASHSEED = "1"
$build = "build\$Size"
$python = "$build\env\Scripts\python.exe"
$version = (Select-String -Path pyproject.toml -Pattern '^version = "(.*)"').Matches[0].Groups[1].Value

if (-not (Test-Path $python)) { python -m venv "$build\env" }
& $python -m pip install --require-hashes --requirement packaging\lock-build.txt
& $python -m pip install --require-hashes --no-build-isolation --use-pep517 --requirement "packaging\lock-$Size.txt"
& $python -m pip install --no-build-isolation --no-deps --force-reinstall .
& $python -m PyInstaller --noconfirm --clean --workpath "$build\work" --distpath $build packaging\codesign-studio.spec

& "$build\codesign-studio\codesign-studio.exe" --selftest

New-Item -ItemType Directory -Force dist | Out-Null
$out = (Resolve-Path dist).Path + "\codesign-studio-$version-$Size-setup.exe"
$program = (Resolve-Path "$build\codesign-studio").Path
makensis "-DVERSION=$version" "-DPROGRAM=$program" "-DOUT=$out" packaging\windows\installer.nsi
Write-Output $out
