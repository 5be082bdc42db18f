#!/bin/sh
# Makes what `make` needs: system packages (where apt is there and may be used), .venv with the locked Python packages.
# usage: installer/set_up.sh run|terminal|test|packages      PYTHON=… names an interpreter; nothing is done twice.
set -eu
cd "$(dirname "$0")/.."
what=${1:?run, terminal, test hoặc packages}
venv=.venv

say() { printf '%s\n' "$*" >&2; }

listed() { sed 's/#.*//' "$@" | tr -s '[:space:]' '\n' | grep . | sort -u; }

# Packages of the lists that are neither installed nor provided by an installed one (libglib2.0-0t64 gives libglib2.0-0).
missing() {
    present=$(dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' |
        sed -n 's/^installed //p' | sed 's/([^)]*)//g' | tr -s ', ' '\n' | sort -u)
    listed "$@" | while read -r package; do
        printf '%s\n' "$present" | grep -qxF "$package" || printf '%s ' "$package"
    done
}

# Installs with apt as root or with a sudo that asks for nothing; otherwise says the command and goes on.
install_packages() {
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || {
        say "Máy không dùng apt: hãy cài các thư viện ghi trong $*."
        return 0
    }
    wanted=$(missing "$@")
    [ -n "$wanted" ] || return 0
    if [ "$(id -u)" = 0 ]; then
        as_root=env
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root="sudo -n env"
    else
        say "Còn thiếu thư viện hệ thống. Cài bằng lệnh:"
        say "  sudo apt-get install --no-install-recommends $wanted"
        return 0
    fi
    say "Cài thư viện hệ thống: $wanted"
    $as_root DEBIAN_FRONTEND=noninteractive apt-get update -q >&2 || say "apt-get update không xong, thử cài tiếp."
    # shellcheck disable=SC2086 # one word a package
    $as_root DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $wanted >&2 ||
        say "Không cài được: $wanted"
}

fits() { "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null; }

find_python() {
    for name in ${PYTHON:-} python3.13 python3.12 python3.14 python3.11 python3 python; do
        command -v "$name" >/dev/null && fits "$name" && { command -v "$name"; return 0; }
    done
    return 1
}

# Only what the lock names, each checked against its hash; then the desk-app command, from this folder.
# A person's start finds everything compiled; tests use a tenth of it and compile that as they go.
install_python_packages() {
    compiled=--compile
    [ "$what" != test ] || compiled=--no-compile
    "$venv/bin/python" -m pip install $compiled --require-hashes --no-deps -r "$1" &&
        "$venv/bin/python" -m pip install $compiled --no-deps --no-build-isolation -e .
}

# Keeps all that pip says in the file $1; whoever waits reads how many packages have come so far.
show_progress() {
    count=0
    : >"$1"
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$1"
        case $line in
        Collecting*)
            count=$((count + 1))
            [ $((count % 10)) -ne 0 ] || say "  đã tải $count gói …"
            ;;
        "Installing collected packages"*)
            [ "$count" -eq 0 ] || say "  tải xong $count gói, đang cài …"
            count=0
            ;;
        esac
    done
}

# make_venv LOCK KIND MEGABYTES: .venv with the packages of LOCK, unless they are there already.
make_venv() {
    lock=$1
    state=$(cat requirements.lock requirements-test.lock requirements-packages.lock pyproject.toml | cksum)
    made=$(cat "$venv/made" 2>/dev/null || true)
    if [ -x "$venv/bin/python" ] && fits "$venv/bin/python"; then
        # The test packages include those of the program: a test environment serves both.
        [ "$made" = "$2 $state" ] || [ "$made" = "test $state" ] && return 0
    else
        python=$(find_python) || {
            packages=$(mktemp)
            printf 'python3\npython3-venv\n' >"$packages"
            install_packages "$packages"
            rm -f "$packages"
            python=$(find_python) || {
                say "Cần Python từ 3.11 đến 3.14 (có venv). Cài xong chạy lại, hoặc chỉ rõ: make PYTHON=/đường/dẫn/python3.12"
                exit 1
            }
        }
        say "Tạo $venv bằng $python"
        "$python" -m venv --clear "$venv"
    fi
    say "Cài các gói Python theo $lock: lần đầu tải khoảng $3 MB."
    PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_NO_CACHE_DIR=1
    export PIP_DISABLE_PIP_VERSION_CHECK PIP_NO_INPUT PIP_NO_CACHE_DIR
    rm -f "$venv/installed"
    { install_python_packages "$lock" 2>&1 && : >"$venv/installed"; } | show_progress "$venv/install.log"
    [ -e "$venv/installed" ] || {
        cat "$venv/install.log" >&2
        say "Không cài được các gói Python: xem lỗi ở trên (cần mạng ở lần đầu)."
        exit 1
    }
    printf '%s\n' "$2 $state" >"$venv/made"
}

case $what in
terminal) make_venv requirements.lock run 130 ;;
run)
    install_packages installer/packages-run.txt
    make_venv requirements.lock run 130
    ;;
test)
    lists="installer/packages-run.txt installer/packages-test.txt"
    # shellcheck disable=SC2086 # two words
    if find_python >/dev/null; then
        # apt and pip side by side: one waits for the disk or the line while the other reckons.
        install_packages $lists &
        trap wait EXIT
    else
        install_packages $lists
    fi
    make_venv requirements-test.lock test 145
    ;;
packages)
    # The packages are made in an environment of their own: what freezes a program would else be in everybody's.
    venv=build/packages/venv
    mkdir -p build/packages
    install_packages installer/packages-run.txt installer/packages-make.txt
    make_venv requirements-packages.lock packages 135
    ;;
*)
    say "Không biết «$what»: chỉ có run, terminal, test, packages."
    exit 2
    ;;
esac
