"""A fee notice as PDF, against the same drawing calls replayed on a bare canvas without our layout code.

The floor makes its QR symbols and its paths too, since any program that draws this page must; it does not break lines,
balance headings or measure words.
"""

from __future__ import annotations

import io
import time
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from app.documents import fee_notice, page
from app.documents.qr import qr_matrix
from tests.bench.figure import Figure
from tests.unit.test_fee_notice_form import FORM

BOUND = 0.8
ROUNDS = 60
_MADE = ("beginPath", "beginText")

Call = tuple[int, str, tuple[Any, ...], dict[str, Any], int]


class Recorder:
    """Stands in for a canvas, path or text object: does the real thing and notes the call."""

    def __init__(self, real: Any, number: int, calls: list[Call], made: list[Any]) -> None:
        self.real, self.number, self.calls, self.made = real, number, calls, made

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.real, name)
        if not callable(found):
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            result_number = -1
            plain = [arg.real if isinstance(arg, Recorder) else arg for arg in args]
            result = found(*plain, **kwargs)
            if name in _MADE:
                self.made.append(result)
                result_number = len(self.made)
                result = Recorder(result, result_number, self.calls, self.made)
            noted = tuple(("object", arg.number) if isinstance(arg, Recorder) else ("value", arg) for arg in args)
            self.calls.append((self.number, name, noted, kwargs, result_number))
            return result

        return call


def measure() -> Figure:
    """Render the sample form and replay its calls, many times each, in turns."""
    calls = _record()
    payloads = [block.payload for block in FORM.qr_blocks]
    fee_notice.render(FORM)
    ours = floor = 0.0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        fee_notice.render(FORM)
        ours += time.perf_counter() - began
        began = time.perf_counter()
        _replay(calls, payloads)
        floor += time.perf_counter() - began
    ours_rate, floor_rate = ROUNDS / ours, ROUNDS / floor
    holds = ours_rate >= BOUND * floor_rate
    return Figure("fee notice PDF", floor_rate, ours_rate, "forms/s", f"≥ {BOUND} × floor", holds)


def _record() -> list[Call]:
    calls: list[Call] = []
    made: list[Any] = []
    real = page.Canvas
    page.Canvas = lambda *args, **kwargs: Recorder(real(*args, **kwargs), 0, calls, made)  # type: ignore[misc, assignment]
    try:
        fee_notice.render(FORM)
    finally:
        page.Canvas = real  # type: ignore[misc]
    return calls


def _replay(calls: list[Call], payloads: list[str]) -> None:
    for payload in payloads:
        qr_matrix.__wrapped__(payload) if hasattr(qr_matrix, "__wrapped__") else qr_matrix(payload)
    canvas = Canvas(
        io.BytesIO(), pagesize=(page.WIDTH, page.HEIGHT), invariant=1, pageCompression=1, initialFontName=page.ROMAN
    )
    objects: dict[int, Any] = {0: canvas}
    for number, name, args, kwargs, result_number in calls:
        plain = [objects[value] if kind == "object" else value for kind, value in args]
        result = getattr(objects[number], name)(*plain, **kwargs)
        if result_number > 0:
            objects[result_number] = result
