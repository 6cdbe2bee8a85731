#!/bin/sh
# What `make test` runs after the set-up: style, types, tests without a display, then tests in real windows.
# Further arguments go to the first pytest run.
set -eu
cd "$(dirname "$0")/.."
python=.venv/bin/python
$python -m ruff check .
$python -m mypy
QT_QPA_PLATFORM=offscreen $python -m pytest -n 2 -m "not real_window and not bench" "$@"
if grep -rqs --include='test_*.py' 'real_window' tests/ui tests/e2e; then
    xvfb-run -a -s "-screen 0 1366x768x24" sh -c '
        openbox & manager=$!
        QT_QPA_PLATFORM=xcb '"$python"' -m pytest -m real_window tests/ui tests/e2e; code=$?
        kill "$manager"
        [ "$code" = 5 ] || exit "$code"  # 5: nothing bears the mark
    '
fi
