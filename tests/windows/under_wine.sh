#!/bin/sh
# Runs tests of the source as a Windows program under Wine, against a version's folder that the Windows build made.
#
#   tests/windows/under_wine.sh FOLDER PYTHON_LIBRARY SITE [pytest arguments; without any: tests/unit, folder by folder]
#
# FOLDER          a version's folder: python313.dll, lib/ (with PySide6/QtTest.pyd added from the same wheel), python313._pth
# PYTHON_LIBRARY  lib/python3.13 of a Python of the same version: the parts that only tests need (unittest, doctest, …)
# SITE            a folder with the test packages for Windows: pytest, pytest-qt, pluggy, iniconfig, packaging, pygments,
#                 colorama, sortedcontainers, hypothesis for cp313 win_amd64
# Wine 10, Xvfb's DISPLAY, and x86_64-w64-mingw32-gcc must be there. The logs lie in $LOGS (else ./wine-logs), one for
# each folder; exit 0 when every folder has passed but for what tests/windows/not_under_wine.txt names with its reason.
set -eu
[ $# -ge 3 ] || { sed -n '2,12p' "$0"; exit 2; }
folder=$1 library=$2 site=$3
shift 3
here=$(cd "$(dirname "$0")/../.." && pwd)
logs=${LOGS:-$PWD/wine-logs}
named=$here/tests/windows/not_under_wine.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$logs" "$work/tmp"
if grep -v '^#' "$named" | grep -qvP '^\S+\t\S'; then
    echo "a line of $named has no reason"; exit 2
fi

cp -a "$folder" "$work/folder"
rm -rf "$work/folder/lib/desk_app.zip"  # the source itself is tried
cp -a "$site" "$work/site"
for part in unittest doctest.py pdb.py bdb.py cmd.py code.py codeop.py pydoc.py pydoc_data _pyrepl cProfile.py profile.py pstats.py wsgiref; do
    [ ! -e "$library/$part" ] || cp -a "$library/$part" "$work/site/"
done
windows() { printf 'Z:%s' "$1" | tr / '\\'; }
printf 'python313.zip\r\n.\r\nlib\r\n%s\r\n%s\r\n' "$(windows "$here")" "$(windows "$work/site")" > "$work/folder/python313._pth"
x86_64-w64-mingw32-gcc -O2 -s -municode -DPYTHON='"python313"' -DMODULE='"pytest"' \
    -o "$work/folder/pytest.exe" "$here/installer/windows/program.c"
TMP=$(windows "$work/tmp") TEMP=$(windows "$work/tmp")
export TMP TEMP

left_out=$(grep -v '^#' "$named" | cut -f1 | while read -r each; do
    case $each in *::*) printf ' --deselect=%s' "$each" ;; *) printf ' --ignore=%s' "$each" ;; esac
done)
run() {
    name=$(printf '%s' "$*" | tr -c 'a-z0-9_\n' '-' | cut -c1-80)
    # shellcheck disable=SC2086
    (cd "$here" && wine "$work/folder/pytest.exe" -p no:cacheprovider -q --tb=short $left_out "$@") \
        > "$logs/$name.log" 2>&1 && code=0 || code=$?
    printf '%s: %s\n' "$*" "$(tail -n 1 "$logs/$name.log")"
    [ "$code" -eq 0 ] || [ "$code" -eq 5 ] # 5: every test of it is left out
}
failed=0
if [ $# -gt 0 ]; then
    run "$@" || failed=1
else
    for part in "$here"/tests/unit/*/ "$here"/tests/unit/test_*.py; do
        run "${part#"$here"/}" || failed=1
    done
fi
grep -v '^#' "$named" | sed 's/^/left out: /'
exit $failed
