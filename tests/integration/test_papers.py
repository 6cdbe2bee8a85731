"""An officer opens a citizen's papers: fetched once, verified, kept, drawn by the child."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.domain.people import FileRef
from app.errors import KnownError, PortalProblem
from app.sandbox.seeding.papers import pdf, png
from app.sandbox.server import SandboxServer
from app.services import inbox, papers
from app.services.desk import Desk
from tests.integration.desk_at_sandbox import desk_at, filed, hand_in, line_down

APPLICATION = pdf("Don de nghi", ("Nguoi nop: Tran Thi Mai",))
SCAN = png(7)


@pytest.fixture(scope="module")
def desk(sandbox: SandboxServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_at(sandbox.base_url, tmp_path_factory.mktemp("papers") / "profile") as signed_in:
        yield signed_in
    papers.close()


@pytest.fixture(scope="module")
def files(sandbox: SandboxServer, desk: Desk) -> tuple[FileRef, ...]:
    """An application as PDF and a scan as PNG, handed in by a citizen."""
    handed = [
        hand_in(sandbox.base_url, APPLICATION, "don.pdf", "application/pdf"),
        hand_in(sandbox.base_url, SCAN, "ban chup.png", "image/png"),
    ]
    dossier = inbox.card(desk, filed(desk, sandbox.base_url, papers=handed)).dossier
    return tuple(file for component in dossier.components for file in component.files)


def test_a_paper_comes_from_the_portal_once_and_then_from_this_machine(
    sandbox: SandboxServer, desk: Desk, files: tuple[FileRef, ...]
) -> None:
    assert [papers.fetch(desk, file) for file in files] == [APPLICATION, SCAN]
    assert [desk.blobs.to_upload(file.sha256) for file in files] == [None, None], "the portal has them already"
    with line_down(sandbox.base_url):
        assert papers.fetch(desk, files[0]) == APPLICATION


def test_a_paper_that_is_not_here_is_said_when_the_portal_is_not_reached(sandbox: SandboxServer, desk: Desk) -> None:
    new = hand_in(sandbox.base_url, pdf("Giay moi", ("Chua xem lan nao",)), "giay.pdf", "application/pdf")
    file = FileRef(new["sha256"], new["name"], new["size_bytes"], new["mime"])
    with line_down(sandbox.base_url), pytest.raises(KnownError, match="paper-not-here"):
        papers.fetch(desk, file)
    filed(desk, sandbox.base_url, papers=[new])
    assert papers.pages(desk, file) == 1


def test_a_paper_the_portal_does_not_have_keeps_the_portals_own_word(desk: Desk, files: tuple[FileRef, ...]) -> None:
    with pytest.raises(PortalProblem, match="not-found"):
        papers.fetch(desk, replace(files[0], sha256="ab" * 32))


def test_bytes_of_another_type_than_declared_are_not_opened(desk: Desk, files: tuple[FileRef, ...]) -> None:
    for declared in ("image/jpeg", "application/pdf", "text/html"):
        with pytest.raises(KnownError, match="paper-type-contradicts"):
            papers.picture(desk, replace(files[1], mime=declared), 0, 100)


def test_pages_are_counted_and_drawn(desk: Desk, files: tuple[FileRef, ...]) -> None:
    assert [papers.pages(desk, file) for file in files] == [1, 1]
    drawn = [papers.picture(desk, file, 0, 240) for file in files]
    assert [(picture.width, picture.height) for picture in drawn] == [(240, 339), (240, 320)]
    assert all(len(picture.rgba) == picture.width * picture.height * 4 for picture in drawn)


def test_papers_go_on_after_the_child_was_ended(desk: Desk, files: tuple[FileRef, ...]) -> None:
    papers.close()
    assert papers.pages(desk, files[0]) == 1
