"""How the fee stories begin: a portal on a Friday morning, and dossiers in the three cases of the guide."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.e2e.officers import Officer, World

EXTRACT = "2.000635"  # bản sao trích lục: same day
BUILDING = "1.013225"  # giấy phép xây dựng: ten working days
MARRIAGE = "1.000894"  # đăng ký kết hôn: not paid online
PAPER = ("--document-no", "BL 0001", "--document-date", "20/11/2026")
CASH = ("--method", "cash", *PAPER)
TAX = ("--nvtc", "15000000", "--tax-notice", "TB-123", "--tax-date", "19/11/2026", "--treasury", "7111")


def filed(portal: World, procedure: str = EXTRACT, *more: str) -> str:
    """A citizen files; the desk has it."""
    code = portal.file(procedure, "Trần Thị Mai", *more)
    portal.officer("tiepnhan1").show(code)
    return code


def notified(portal: World, phi: str = "120000", *more: str) -> tuple[str, str]:
    """A dossier of case 1 with its notice."""
    code = filed(portal)
    return code, portal.officer("tiepnhan1").do("notify", code, "--phi", phi, *more)["notice_id"]


def processed(portal: World) -> str:
    """A dossier with its processor, received on Friday 20/11 at the portal's time."""
    code = filed(portal, BUILDING)
    desk = portal.officer("tiepnhan1")
    desk.do("receive", code)
    desk.do("forward", code, "--to", "thuly1")
    portal.officer("thuly1").show(code)
    return code


def suspended(portal: World, *tax: str) -> str:
    """A dossier stopped for its obligation, by default with the tax office's notice."""
    code = processed(portal)
    portal.officer("thuly1").do("suspend", code, "--reason", "Chờ nộp thuế đất", *(tax or TAX))
    portal.officer("tiepnhan1").show(code)
    return code


def obliged(portal: World) -> tuple[str, str]:
    """A suspended dossier whose citizen was notified."""
    code = suspended(portal)
    desk = portal.officer("tiepnhan1")
    desk.do("accept-supplement", code)
    return code, desk.do("notify", code)["notice_id"]


@contextmanager
def away(portal: World) -> Iterator[None]:
    """The portal is not reached for a while."""
    portal.goes_down()
    try:
        yield
    finally:
        portal.comes_back()


def queued(officer: Officer, *argv: str) -> dict[str, Any]:
    """Act without a network: kept on this machine, and a sentence that says so."""
    said = officer.cli(*argv)
    assert (said.code, said.one["outbox_state"]) == (3, "queued"), said
    assert "trên máy" in said.one["message"]
    return said.one
