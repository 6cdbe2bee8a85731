#!/bin/sh
# Brings a bare Debian 12 with Python 3.11 to the point where a make target can run.
#   .ci/setup.sh sandbox | dev | campaign     which requirements/*.txt the target needs
# Debian libraries: installed when root, otherwise the one missing apt line is printed. Python packages: into .venv,
# exact versions by hash, done again only when the file changed.
set -eu
cd "$(dirname "$0")/.."
kind="$1"
say() { echo "motcua: $*" >&2; }

# ---- Debian libraries: Qt's own, its X11 windows; for tests and builds an X server, objdump, and git (planted bugs)
packages="libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libglib2.0-0
    libxcb-icccm4 libxcb-keysyms1 libxcb-cursor0 libxcb-image0 libxcb-render-util0 libxcb-xinerama0 libxcb-shape0
    libxkbcommon-x11-0"
[ "$kind" = sandbox ] || packages="$packages xvfb xauth openbox binutils git"
[ "$kind" = campaign ] && packages="$packages postgresql-15"  # races and load; started by them, never as a service

python=""
for candidate in "${PYTHON:-}" python3.11 python3 python3.12 python3.13; do
    if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python="$candidate"
        break
    fi
done
[ -n "$python" ] || { say "Python 3.11 or newer is missing: apt-get install python3"; exit 1; }
if [ ! -x .venv/bin/python ] && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    packages="$packages python3-venv"
fi

missing=""
if command -v dpkg-query >/dev/null 2>&1; then
    for package in $packages; do
        status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
        [ "$status" = "install ok installed" ] || missing="$missing $package"
    done
fi
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then
        say "installing Debian packages:$missing"
        apt-get update -qq
        # shellcheck disable=SC2086  # a list of words on purpose
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    else
        say "Debian packages are missing. Run this once, then make again:"
        echo "sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing" >&2
        exit 1
    fi
fi

# ---- Python packages
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    say "making .venv with $python"
    "$python" -m venv --clear .venv
fi
wanted() { cat "requirements/$1.txt" pyproject.toml | sha256sum | cut -c1-64; }
stamp() { cat ".venv/.installed-$1" 2>/dev/null || true; }
[ "$(stamp "$kind")" = "$(wanted "$kind")" ] && exit 0
[ "$kind" = sandbox ] && [ "$(stamp dev)" = "$(wanted dev)" ] && exit 0  # dev holds everything

say "installing requirements/$kind.txt"
# Errors only: the notes of this machine's pip settings would bury the one line that matters.
pip=".venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-input"
$pip --require-hashes -r "requirements/$kind.txt"
$pip --no-deps --no-build-isolation --editable .
wanted "$kind" > ".venv/.installed-$kind"
