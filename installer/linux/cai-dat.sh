#!/bin/sh
# Cài Bàn Một Cửa vào thư mục của người dùng, không cần quyền quản trị, không cần mạng.
# cách dùng: sh cai-dat.sh [--go] [THƯ_MỤC]      --go: gỡ ra; dữ liệu của quầy còn nguyên
set -eu
from=$(cd "$(dirname "$0")" && pwd)
remove=
if [ "${1:-}" = --go ]; then remove=1; shift; fi
to=${1:-"$HOME/.local/lib/ban-mot-cua"}
share=${XDG_DATA_HOME:-"$HOME/.local/share"}
bin=$HOME/.local/bin
programs="ban-mot-cua desk-app desk-district"

# Words for the terminal; for a window too where the file was opened by a click.
tell() {
    printf '%s\n' "$1"
    [ ! -t 1 ] && [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || return 0
    if command -v zenity >/dev/null 2>&1; then zenity --info --title='Bàn Một Cửa' --text="$1" >/dev/null 2>&1 || :
    elif command -v kdialog >/dev/null 2>&1; then kdialog --title 'Bàn Một Cửa' --msgbox "$1" >/dev/null 2>&1 || :
    fi
}

refresh() {
    if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q "$share/applications" || :; fi
    if command -v update-mime-database >/dev/null 2>&1; then update-mime-database "$share/mime" >/dev/null 2>&1 || :; fi
}

is_running() {
    for link in /proc/[0-9]*/exe; do
        case $(readlink "$link" 2>/dev/null) in "$to"/versions/*) return 0 ;; esac
    done
    return 1
}

if is_running; then
    tell 'Bàn Một Cửa đang chạy. Hãy đóng chương trình rồi thử lại.'
    exit 2
fi

if [ -n "$remove" ]; then
    if [ -f "$to/files.txt" ]; then
        while IFS= read -r file; do rm -f "$share/$file"; done <"$to/files.txt"
    fi
    for name in $programs; do
        if [ "$(readlink "$bin/$name" 2>/dev/null)" = "$to/$name" ]; then rm -f "$bin/$name"; fi
        rm -f "$to/$name"
    done
    rm -rf "$to/versions"
    for name in current previous next trial failed lock files.txt cai-dat.sh; do rm -f "$to/$name"; done
    rmdir "$to" 2>/dev/null || :
    refresh
    tell 'Đã gỡ Bàn Một Cửa. Dữ liệu của quầy còn nguyên; cài lại là mở được.'
    exit 0
fi

version=$(cat "$from/current")
if [ "$(cd "$from" && sha256sum --quiet -c KIEM-TRA.txt 2>/dev/null && echo whole)" != whole ]; then
    tell 'Thư mục này thiếu tệp hoặc có tệp bị hỏng khi chép. Hãy giải nén lại từ USB rồi chạy lại.'
    exit 1
fi
mkdir -p "$to/versions" "$bin" "$share"
# The new version is whole before the pointer names it; until then the older one is what starts.
rm -rf "$to/versions/.moi" "$to/versions/.cu"
cp -R "$from/versions/$version" "$to/versions/.moi"
chmod 755 "$to/versions/.moi/ban-mot-cua" "$to/versions/.moi/desk-app" "$to/versions/.moi/desk-district"
sync
if [ -d "$to/versions/$version" ]; then mv "$to/versions/$version" "$to/versions/.cu"; fi
mv "$to/versions/.moi" "$to/versions/$version"
rm -rf "$to/versions/.cu"
for name in $programs; do
    cp "$from/$name" "$to/.$name.moi"
    chmod 755 "$to/.$name.moi"
    mv "$to/.$name.moi" "$to/$name"
    ln -sfn "$to/$name" "$bin/$name"
done
cp "$from/cai-dat.sh" "$to/cai-dat.sh"
(cd "$from/share" && find . -type f | sed 's|^\./||' | sort) >"$to/files.txt"
while IFS= read -r file; do
    mkdir -p "$share/$(dirname "$file")"
    case $file in
    *.desktop) sed "s|@PROGRAMS@|$to|" "$from/share/$file" >"$share/$file" ;;
    *) cp "$from/share/$file" "$share/$file" ;;
    esac
done <"$to/files.txt"
printf '%s\n' "$version" >"$to/current.moi"
sync
mv "$to/current.moi" "$to/current"
sync
refresh
own=$to/versions/$version/lib
missing=$(find "$own/PySide6" -name 'libqxcb.so' -exec env LD_LIBRARY_PATH="$own" ldd {} + 2>/dev/null | sed -n 's/^[[:space:]]*\(lib[^ ]*\) => not found.*/\1/p' | sort -u | tr '\n' ' ')
if [ -n "$missing" ]; then
    tell "Đã cài vào $to, nhưng máy còn thiếu thư viện: $missing. Nhờ người quản trị chạy lệnh sudo sh cai-deb.sh trong thư mục linux của USB: lệnh ấy cài bản .deb cùng thư viện còn thiếu."
    exit 3
fi
tell "Đã cài Bàn Một Cửa $version vào $to. Mở chương trình trong danh sách ứng dụng."
