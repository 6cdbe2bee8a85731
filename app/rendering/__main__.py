"""``python -m app.rendering``: the child process of a program that is not frozen."""

from __future__ import annotations

import sys

from app.rendering.child import main

if __name__ == "__main__":
    sys.exit(main())
