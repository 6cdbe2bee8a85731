"""A payload as black and white squares: for printed forms and for the screen alike.

Stands apart so that paper and window show the same symbol, made in one place. Error correction M: about 15 % of a
printed code may be smudged.
"""

from __future__ import annotations

import segno

QUIET_MODULES = 4
"""White squares that ISO/IEC 18004 wants on every side."""


def qr_matrix(payload: str) -> tuple[tuple[bool, ...], ...]:
    """Return the symbol row by row, True for black, without the quiet zone."""
    symbol = segno.make_qr(payload, error="m", boost_error=False)
    return tuple(tuple(module == 1 for module in row) for row in symbol.matrix)
