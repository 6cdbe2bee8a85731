#!/bin/sh
# Writes requirements/*.txt anew from pyproject.toml: exact versions with hashes, for Linux and Windows, and no address.
# Needs `uv`; its own index settings decide where it looks. Each file is complete: campaign holds
# dev holds sandbox holds runtime.
set -eu
cd "$(dirname "$0")/.."
upgrade="${1:-}"  # --upgrade: take newer versions too
lock() {
    out="requirements/$1.txt"
    shift
    uv pip compile pyproject.toml "$@" --universal --python-version 3.11 --generate-hashes --quiet \
        --no-emit-index-url --no-emit-find-links --no-header --output-file "$out"
}
lock dev requirements/build.in --extra sandbox --extra dev $upgrade
lock campaign requirements/build.in --extra sandbox --extra dev --extra campaign --constraints requirements/dev.txt
lock sandbox requirements/build.in --extra sandbox --constraints requirements/dev.txt
lock runtime --constraints requirements/dev.txt
if grep -nE 'https?://|^--' requirements/*.txt; then
    echo "An address found its way into requirements/" >&2
    exit 1
fi
