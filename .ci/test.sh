#!/bin/sh
# What `make test` runs after the set-up: style, types, tests without a display, then tests in real windows. Every part
# runs even if an earlier one failed, and then the whole fails. Further arguments go to the first pytest run.
set -u
cd "$(dirname "$0")/.."
python=.venv/bin/python
failed=""
$python -m ruff check . || failed="$failed style"
$python -m mypy || failed="$failed types"
QT_QPA_PLATFORM=offscreen $python -m pytest -n 3 -m "not real_window and not bench" "$@" || failed="$failed tests"

windows=$(grep -rls --include='test_*.py' 'mark\.real_window' tests || true)
if [ -n "$windows" ]; then
    # shellcheck disable=SC2086  # a list of files on purpose
    xvfb-run -a -s "-screen 0 1366x768x24" sh -c '
        openbox >/dev/null 2>&1 & manager=$!
        QT_QPA_PLATFORM=xcb '"$python"' -m pytest -m real_window "$@"; code=$?
        kill "$manager"
        exit "$code"
    ' sh $windows || failed="$failed windows"
fi
if [ -n "$failed" ]; then
    echo "make test: failed:$failed" >&2
    exit 1
fi
