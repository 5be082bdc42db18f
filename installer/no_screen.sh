#!/bin/sh
# `make run` where there is no screen: says so, and does the main job of the desk in the terminal with made-up people.
# usage: installer/no_screen.sh [FOLDER]      DESK_PYTHON=… names an interpreter that has the packages.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-build/thu-nghiem}
python=${DESK_PYTHON:-.venv/bin/python}
desk() { "$python" -m desk_app "$@"; }

printf '%s\n' "Không thấy màn hình (DISPLAY, WAYLAND_DISPLAY đều trống): không mở được cửa sổ." \
    "Chạy thử trong cửa sổ lệnh với dữ liệu bịa trong $folder:"

mkdir -p "$folder"
[ -s "$folder/mat-khau.txt" ] ||
    (umask 077 && "$python" -c 'import secrets; print(secrets.token_urlsafe(24))' >"$folder/mat-khau.txt")
export DESK_DATA="$folder/du-lieu" DESK_PASSPHRASE_FILE="$folder/mat-khau.txt"
[ -e "$DESK_DATA/desk.db" ] || desk init --demo

card='001190000001||Nguyễn Thị Thử Nghiệm|15011990|Nữ|Thôn Mẫu, Xã Thử Nghiệm, Thành phố Hà Nội|20062022'
printf '\n$ desk-app receive --scan … --procedure 1.004873\n'
printf '%s' "$card" | desk receive --scan - --procedure 1.004873 --out "$folder/giay"
printf '\n$ desk-app today\n'
desk today
printf '\nGiấy đã in ra PDF trong %s:\n' "$folder/giay"
ls "$folder/giay"
