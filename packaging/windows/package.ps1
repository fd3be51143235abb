# Builds the Windows installer into dist\: packaging\windows\package.ps1 [lite|full]
#
# Needs Python 3.11 to 3.13 as `python`, and NSIS with makensis on the PATH. CODESIGN_ADDONS_URL names the folder that the
# parts of lite will be downloaded from; they are packed into dist\ too.
# Not yet verified on Windows: docs\installers.md says what a tester checks.
#Requires -Version 7.4

param([ValidateSet("lite", "full")][string]$Size = "lite")

$ErrorActionPreference = "Stop"
$PSNativeCommandUseErrorActionPreference = $true
Set-Location (Join-Path $PSScriptRoot "..\..")
$env:PYTHONHASHSEED = "1"
Remove-Item "Env:PYTHONPATH", "Env:PYTHONHOME" -ErrorAction SilentlyContinue
$build = "build\$Size"
$source = "$build\source"
$python = "$build\env\Scripts\python.exe"
$version = (Select-String -Path pyproject.toml -Pattern '^version = "(.*)"').Matches[0].Groups[1].Value

if (-not (Test-Path $python)) { python -m venv "$build\env" }
& $python -m pip install --require-hashes --requirement packaging\lock-build.txt
& $python -m pip install --require-hashes --no-build-isolation --use-pep517 --requirement "packaging\lock-$Size.txt"

# A copy: the parts' catalogue is written into it.
if (Test-Path $source) { Remove-Item -Recurse -Force $source }
New-Item -ItemType Directory -Force $source, "dist" | Out-Null
Copy-Item -Recurse "app", "engine", "resources", "widgets", "packaging", "pyproject.toml", "README.md", "LICENSE" $source
& $python -m pip install --no-build-isolation --no-deps --force-reinstall ".\$source"
# What pip left there would be taken for a second studio.
Remove-Item -Recurse -Force "$source\build", "$source\*.egg-info" -ErrorAction SilentlyContinue
if ($Size -eq "lite") {
    & $python packaging\addons.py $version $build "$source\resources\addons.json" place-and-route training compiler
    Move-Item -Force "$build\codesign-studio-$version-*.zip" dist
}
& $python -m PyInstaller --noconfirm --clean --workpath "$build\work" --distpath $build "$source\packaging\codesign-studio.spec"

& "$build\codesign-studio\codesign-studio.exe" --selftest

$out = (Resolve-Path dist).Path + "\codesign-studio-$version-$Size-setup.exe"
$program = (Resolve-Path "$build\codesign-studio").Path
makensis "-DVERSION=$version" "-DPROGRAM=$program" "-DOUT=$out" packaging\windows\installer.nsi
Write-Output $out
