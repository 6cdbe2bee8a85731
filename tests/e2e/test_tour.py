"""The tour on a machine without a display: what ``make demo`` does there, its pictures, and the papers it prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from app.domain import vietqr

ROOT = Path(__file__).resolve().parents[2]
LEAST_COLOURS = 100
PICTURES = (
    "dang-nhap", "ban-lam-viec", "ho-so-moi", "thong-bao-cong-dan", "cong-dan-se-doc", "hoan-tac-8-giay",
    "da-toi-cong-dan", "giay-bao-vietqr", "da-dong-khong-can-bam", "tiep-nhan", "ma-bien-nhan", "chuyen-xu-ly",
    "ban-thu-ly", "dung-tinh-nvtc", "dong-ho-dung", "hang-can-thong-bao", "tiep-nhan-bo-sung-va-bao", "cho-dong-nvtc",
    "giay-bao-nvtc", "da-thanh-toan-kho-bac", "quay-thay-da-dong", "da-dong-lam-tiep", "vi-sao-hen-ngay-nay",
    "thu-o-buoc-tham-dinh", "dong-o-buoc", "hoan-thanh", "thu-truoc-khi-tra", "con-no-tien", "van-tra-co-ly-do",
    "da-tra-ket-qua", "ngoai-tuyen", "ghi-khi-ngoai-tuyen", "da-dong-chua-gui", "cho-gui", "hai-khoan", "can-xem-lai",
    "chon-cach-xu-ly", "da-quyet-dinh",
)  # fmt: skip


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The demo started where nothing can be shown."""
    folder = tmp_path_factory.mktemp("demo")
    own = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    own |= {"QT_QPA_PLATFORM": "", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "ui", "--demo"],
        cwd=folder, env=own, capture_output=True, text=True, encoding="utf-8", timeout=110, check=False,
    )  # fmt: skip
    return folder / "motcua-demo", done


def test_it_says_that_there_is_no_display_and_where_the_pictures_are(walked):
    _, done = walked
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Không có màn hình: chạy không cửa sổ, ảnh từng bước được ghi vào motcua-demo/"
    assert lines[-1] == f"motcua-demo/: {len(PICTURES)} ảnh, 2 giấy báo, xem index.html"
    assert done.stderr == ""


def test_every_step_has_its_numbered_picture_and_its_line_in_the_index(walked):
    folder, _ = walked
    expected = [f"{number:02d}-{name}.png" for number, name in enumerate(PICTURES, 1)]
    assert sorted(path.name for path in folder.glob("*.png")) == expected
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<img src="([^"]+)"', page) == expected
    assert "giay-bao-truong-hop-1.pdf" in page
    for name in expected:
        with Image.open(folder / name) as picture:
            assert picture.size == (1366, 742), name
            colours = picture.convert("RGB").getcolors(1 << 20)
            assert colours is not None, name
            assert len(colours) >= LEAST_COLOURS, name


def codes(pdf: Path) -> list[dict[str, object]]:
    """Read every QR code of a paper back from its picture, top to bottom, left to right."""
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = [page.render(scale=3).to_pil() for page in document]
    found = [code for picture in pictures for code in zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode)]
    payees = [vietqr.parse(code.text) for code in found]
    return [
        {"bank": p.bank_bin, "account": p.account, "amount": p.amount, "purpose": p.purpose}
        for p in sorted(payees, key=lambda payee: payee.account)
    ]


def test_the_papers_codes_read_back_right_and_none_carries_the_tax_offices_sum(walked):
    folder, _ = walked
    first = codes(folder / "giay-bao-truong-hop-1.pdf")
    assert [(code["account"], code["amount"]) for code in first] == [("47002050916", 15_000), ("5810002207", 8_000)]
    assert all(re.fullmatch(r"H328261120\d{4}N1", str(code["purpose"])) for code in first)
    assert codes(folder / "giay-bao-truong-hop-2.pdf") == []
