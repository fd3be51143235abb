; The Windows installer: for one user, without administrator rights.
;
;   makensis -DVERSION=0.1.0 -DPROGRAM=build\lite\codesign-studio -DOUT=dist\codesign-studio-0.1.0-setup.exe installer.nsi
;
; Not yet verified on Windows: docs/installers.md says what a tester checks.

Unicode true
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
Name "Codesign Studio"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Codesign Studio"
BrandingText "Codesign Studio ${VERSION}"

!include LogicLib.nsh
!include MUI2.nsh
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\codesign-studio.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\CodesignStudio"
!define KIND "CodesignStudio.Project"
!define NETWORK "CodesignStudio.Network"

; Explorer shows the new association at once.
!macro TellExplorer
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; A program that runs cannot be replaced, and is never left half replaced.
!macro StopIfRunning
  ClearErrors
  Delete "$INSTDIR\codesign-studio.exe"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONEXCLAMATION "Codesign Studio is open. Close it, then try again." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
!macroend

Section
  !insertmacro StopIfRunning
  ; Nothing of an older version stays beside the new one.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${PROGRAM}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Codesign Studio.lnk" "$INSTDIR\codesign-studio.exe"
  WriteRegStr HKCU "Software\Classes\.codesign" "" "${KIND}"
  WriteRegStr HKCU "Software\Classes\${KIND}" "" "Codesign Studio project"
  WriteRegStr HKCU "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\codesign-studio.exe,0"
  WriteRegStr HKCU "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\codesign-studio.exe" "%1"'
  ; Networks of other tools are opened by choice ("Open with"), not taken over.
  WriteRegStr HKCU "Software\Classes\${NETWORK}" "" "Neural network"
  WriteRegStr HKCU "Software\Classes\${NETWORK}\shell\open\command" "" '"$INSTDIR\codesign-studio.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\.onnx\OpenWithProgids" "${NETWORK}" ""
  WriteRegStr HKCU "Software\Classes\.keras\OpenWithProgids" "${NETWORK}" ""
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Codesign Studio"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\codesign-studio.exe"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  !insertmacro TellExplorer
SectionEnd

; Projects and settings stay.
Section Uninstall
  !insertmacro StopIfRunning
  Delete "$SMPROGRAMS\Codesign Studio.lnk"
  DeleteRegKey HKCU "Software\Classes\.codesign"
  DeleteRegKey HKCU "Software\Classes\${KIND}"
  DeleteRegKey HKCU "Software\Classes\${NETWORK}"
  DeleteRegValue HKCU "Software\Classes\.onnx\OpenWithProgids" "${NETWORK}"
  DeleteRegValue HKCU "Software\Classes\.keras\OpenWithProgids" "${NETWORK}"
  ; Keys that others still use stay.
  DeleteRegKey /ifempty HKCU "Software\Classes\.onnx\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\.onnx"
  DeleteRegKey /ifempty HKCU "Software\Classes\.keras\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\.keras"
  DeleteRegKey HKCU "${UNINSTALL}"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  !insertmacro TellExplorer
SectionEnd
