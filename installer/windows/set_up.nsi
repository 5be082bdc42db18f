; The set-up of one user, without an administrator. files.nsh lists every file, sorted: the same bytes every time.
; /S installs without a question; the data of the desk lie elsewhere and are never touched.
Target amd64-unicode
Unicode true
!include MUI2.nsh
!include LogicLib.nsh
!include WinVer.nsh
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\BanMotCua"
!define CLASSES "Software\Classes"

Name "Bàn Một Cửa"
BrandingText "Bàn Một Cửa ${VERSION}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\BanMotCua"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
SetCompressor /SOLID lzma
SetCompressorDictSize 64
ManifestSupportedOS Win10
ManifestDPIAware true
ManifestLongPathAware true
CRCCheck force
VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=1066 ProductName "Bàn Một Cửa"
VIAddVersionKey /LANG=1066 FileDescription "Bộ cài Bàn Một Cửa"
VIAddVersionKey /LANG=1066 FileVersion "${VERSION}"
VIAddVersionKey /LANG=1066 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=1066 LegalCopyright "Apache-2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\ban-mot-cua.exe"
!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"

; A program that runs keeps its launcher or its libraries open: asks to close it, or, silent, stops with 2.
!macro REFUSE_WHILE_RUNNING
  ${If} ${FileExists} "$INSTDIR\current"
    FileOpen $0 "$INSTDIR\current" r
    FileRead $0 $1
    FileClose $0
    StrCpy $2 $1 1 -1
    ${If} $2 == "$\n"
      StrCpy $1 $1 -1
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\versions\$1\desk-app.exe" a
    ${If} ${Errors}
    ${AndIf} ${FileExists} "$INSTDIR\versions\$1\desk-app.exe"
      MessageBox MB_OK|MB_ICONEXCLAMATION "Bàn Một Cửa đang chạy. Hãy đóng chương trình rồi thử lại." /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
    ClearErrors
    FileOpen $0 "$INSTDIR\versions\$1\ban-mot-cua.exe" a
    ${If} ${Errors}
    ${AndIf} ${FileExists} "$INSTDIR\versions\$1\ban-mot-cua.exe"
      MessageBox MB_OK|MB_ICONEXCLAMATION "Bàn Một Cửa đang chạy. Hãy đóng chương trình rồi thử lại." /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
    ClearErrors
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "Bàn Một Cửa cần Windows 10 (64-bit, bản 1809) trở lên." /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

Section
  !insertmacro REFUSE_WHILE_RUNNING
  !include "${FILES}"
  ; The pointer comes last: until then the older program, if there is one, is the one that starts.
  FileOpen $0 "$INSTDIR\current.new" w
  FileWrite $0 "${VERSION}$\n"
  FileClose $0
  Delete "$INSTDIR\current"
  Rename "$INSTDIR\current.new" "$INSTDIR\current"
  CreateShortcut "$SMPROGRAMS\Bàn Một Cửa.lnk" "$INSTDIR\ban-mot-cua.exe"
  CreateShortcut "$DESKTOP\Bàn Một Cửa.lnk" "$INSTDIR\ban-mot-cua.exe"
  WriteUninstaller "$INSTDIR\go-cai-dat.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "Bàn Một Cửa"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\ban-mot-cua.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "Bàn Một Cửa"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\go-cai-dat.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\go-cai-dat.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  WriteRegStr HKCU "${CLASSES}\.capnhat" "" "BanMotCua.Update"
  WriteRegStr HKCU "${CLASSES}\BanMotCua.Update" "" "Bản cập nhật Bàn Một Cửa"
  WriteRegStr HKCU "${CLASSES}\BanMotCua.Update\DefaultIcon" "" "$INSTDIR\ban-mot-cua.exe,0"
SectionEnd

Section Uninstall
  !insertmacro REFUSE_WHILE_RUNNING
  RMDir /r "$INSTDIR\versions"
  Delete "$INSTDIR\ban-mot-cua.exe"
  Delete "$INSTDIR\desk-app.exe"
  Delete "$INSTDIR\desk-district.exe"
  Delete "$INSTDIR\current"
  Delete "$INSTDIR\previous"
  Delete "$INSTDIR\next"
  Delete "$INSTDIR\trial"
  Delete "$INSTDIR\failed"
  Delete "$INSTDIR\lock"
  Delete "$INSTDIR\go-cai-dat.exe"
  RMDir "$INSTDIR" ; only when nothing else is left in it
  Delete "$SMPROGRAMS\Bàn Một Cửa.lnk"
  Delete "$DESKTOP\Bàn Một Cửa.lnk"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "${CLASSES}\.capnhat"
  DeleteRegKey HKCU "${CLASSES}\BanMotCua.Update"
SectionEnd
