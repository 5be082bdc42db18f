#!/bin/sh
# Cài gói .deb trên USB này, cùng những thư viện mà máy còn thiếu. Không cần mạng; thư viện máy đã có, có bản mới hơn thì để nguyên.
# cách dùng: sudo sh cai-deb.sh
set -eu
from=$(cd "$(dirname "$0")" && pwd)
[ "$(id -u)" = 0 ] || {
    echo 'Cần quyền quản trị, hãy gõ: sudo sh cai-deb.sh'
    exit 1
}
suite=$(. /etc/os-release && printf '%s' "${UBUNTU_CODENAME:-${VERSION_CODENAME:-}}")
own=$(mktemp -d)
trap 'rm -rf "$own"' EXIT
mkdir -p "$own/lists/partial"
# apt knows the package and the stick's libraries as a source of their own, and nothing of the network. Given as files,
# older libraries than the machine's would take the place of newer ones. The links spare apt a blank in the path.
ln -s "$from" "$own/usb"
: >"$own/source"
if [ -f "$from/thu-vien/$suite/Packages" ]; then
    echo "deb [trusted=yes] file:$own/usb/thu-vien/$suite ./" >"$own/source"
else
    echo "USB không có thư viện cho hệ này ($suite): chỉ cài được khi máy đã đủ thư viện."
fi
offline() {
    apt-get -q -o Dir::Etc::sourcelist="$own/source" -o Dir::Etc::sourceparts=/dev/null -o APT::Sandbox::User=root \
        -o Dir::State::lists="$own/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= "$@"
}
chmod 755 "$own"
offline update
offline install -y --no-install-recommends "$own"/usb/ban-mot-cua_*_amd64.deb
echo 'Đã cài Bàn Một Cửa. Mở chương trình trong danh sách ứng dụng.'
