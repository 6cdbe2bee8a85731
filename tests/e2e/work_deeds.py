"""What officers do between reception and return, key by key, each as one function over ``Hands``.

Stands apart so that a story with the line and the same story without it are the same deeds.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.e2e.fee_deeds import ask, focused, write
from tests.e2e.keyboard_officers import CTRL, SHIFT, Hands
from tests.ui.window_fixture import settle, until
from tests.unit.printed_papers import text_of
from ui.dossier.pdf_viewer import PdfViewer

Key = Qt.Key


def said(hands: Hands, words: str) -> bool:
    """Say whether a banner of the pane holds these words."""
    return any(words in banner.text for banner in hands.view().banners)


def hears(hands: Hands, words: str) -> None:
    """Wait until a banner of the pane holds these words."""
    until(lambda: said(hands, words), words)


def ask_for_papers(processor: Hands, reason: str) -> None:
    """Ctrl+K, the first paper ticked, the reason, Ctrl+Enter."""
    form = ask(processor, "yeu cau bo sung", "Yêu cầu bổ sung…")
    focused(form.papers.boxes[0])
    processor.press(Key.Key_Space)
    write(processor, form.reason, reason)
    processor.confirm()


def bring_papers(desk: Hands) -> None:
    """Ctrl+K, the paper is the only one asked for, Ctrl+Enter."""
    form = ask(desk, "nhan giay to", "Nhận giấy tờ bổ sung…")
    assert [box.isChecked() for box in form.papers.boxes] == [True]
    desk.confirm()


def check_all(processor: Hands) -> None:
    """Ctrl+K, *Tất cả đạt*, Ctrl+Enter."""
    form = ask(processor, "kiem tra giay to", "Kiểm tra giấy tờ…")
    processor.tab_to(form.all_passed)
    processor.press(Key.Key_Space)
    processor.confirm()


def complete(processor: Hands) -> None:
    """Ctrl+K, signed by nobody yet, Ctrl+Enter."""
    ask(processor, "hoan thanh", "Hoàn thành")
    processor.confirm()


def hand_over(desk: Hands, receiver: str) -> None:
    """Ctrl+Shift+Enter, who collects it, Ctrl+Enter."""
    form = desk.asked(Key.Key_Return, CTRL | SHIFT)
    write(desk, form.receiver, receiver)
    desk.confirm()


def submit(processor: Hands, note: str) -> None:
    """Ctrl+K, the only head is chosen already, a few words, Ctrl+Enter."""
    form = ask(processor, "trinh lanh dao", "Trình lãnh đạo…")
    until(lambda: form.people.chosen() == "lanhdao1", "the head")
    write(processor, form.note, note)
    processor.confirm()


def disapprove(head: Hands, reason: str) -> None:
    """Ctrl+K, the reason, Ctrl+Enter."""
    ask(head, "khong duyet", "Không duyệt…")
    head.type(reason)
    head.confirm()


def propose_extension(processor: Hands, day: str, reason: str) -> None:
    """Ctrl+K, the new day, Tab, the reason, Ctrl+Enter."""
    form = ask(processor, "de nghi gia han", "Đề nghị gia hạn…")
    focused(form.day)
    processor.type(day)
    processor.press(Key.Key_Tab)
    focused(form.reason)
    processor.type(reason)
    processor.confirm()


def sign_extension(head: Hands) -> None:
    """Ctrl+K, as proposed, Ctrl+Enter."""
    ask(head, "ky gia han", "Ký gia hạn…")
    head.confirm()


def printed(hands: Hands, path: Path) -> str:
    """Ctrl+P and the paper into a file, which counts as printing; return its text."""
    settle(hands.window)
    hands.act(Key.Key_P, CTRL)
    until(lambda: isinstance(QApplication.activeModalWidget(), PdfViewer), "the paper")
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, PdfViewer)
    until(lambda: hands.window.tasks.open_count() == 0, "the pages are drawn")
    saved: list[str] = []
    shown.saved.connect(saved.append)
    shown.save_to(path)
    until(lambda: saved, "the file")
    until(lambda: hands.window.tasks.open_count() == 0, "it is counted")
    hands.press(Key.Key_Escape)
    until(lambda: QApplication.activeModalWidget() is None, "the paper is put away")
    settle(hands.window)
    return text_of(path.read_bytes())
