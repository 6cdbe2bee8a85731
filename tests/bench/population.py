"""A large office: feed pages of N dossiers made from a few hundred seeded ones, other id, code and name each."""

from __future__ import annotations

import json
import random
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from app import bootstrap
from app.contract.wire import Change, JsonObject, Page
from app.contract.wire_codec import encode_page
from app.sandbox.robot import browser
from app.sandbox.server import SandboxServer
from app.services.desk import Desk
from app.store import mirror
from app.sync.puller import PAGE

TEMPLATES = 500
_FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
)  # fmt: skip
_MIDDLE = ("Văn", "Thị", "Hữu", "Đức", "Minh", "Thị Kim", "Quốc", "Ngọc", "Thị Thu", "Đình")
_GIVEN = (
    "An", "Bình", "Cường", "Dũng", "Đào", "Giang", "Hà", "Hương", "Khánh", "Lan", "Linh", "Mai", "Nam", "Ơn", "Phúc",
)  # fmt: skip


def templates() -> list[str]:
    """Return the JSON bodies of a seeded sandbox as tiepnhan1 sees them."""
    with tempfile.TemporaryDirectory() as folder, SandboxServer(Path(folder) / "portal", dossiers=TEMPLATES) as portal:
        desk = bootstrap.sign_in(
            Path(folder) / "desk", portal.base_url, browser("tiepnhan1", "motcua-sandbox"), undo_s=0
        )
        try:
            desk.engine.puller.pull_all()
            with desk.store.read() as connection:
                found = mirror.bodies(connection, mirror.all_ids(connection))
        finally:
            desk.close()
    return [body.decode() for body in found.values()]


class Pages:
    """Encoded feed pages in a file, read one by one: a million dossiers do not lie in memory twice."""

    def __init__(self, path: Path, bodies: list[str], count: int, desk: Desk) -> None:
        self._path = path
        self._sizes: list[int] = []
        with path.open("wb") as file:
            for page in _pages(bodies, count, desk):
                self._sizes.append(file.write(page))

    def __iter__(self) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            for size in self._sizes:
                yield file.read(size)


def _pages(bodies: list[str], count: int, desk: Desk) -> Iterator[bytes]:
    rng = random.Random(7)
    parsed = [json.loads(body) for body in bodies]
    for start in range(0, count, PAGE):
        changes = []
        for number in range(start, min(start + PAGE, count)):
            made = parsed[number % len(parsed)]
            made["id"] = str(uuid.UUID(int=rng.getrandbits(128)))
            made["code"] = f"H32.8-26{1 + number % 11:02}{1 + number % 28:02}-{number:07}"
            made["applicant"]["name"] = f"{rng.choice(_FAMILY)} {rng.choice(_MIDDLE)} {rng.choice(_GIVEN)}"
            made["submitter"] = made["applicant"]
            body = JsonObject(json.dumps(made, ensure_ascii=False).encode())
            changes.append(Change(made["id"], made["version"], body))
        more = start + PAGE < count
        now = desk.clock.now()
        yield encode_page(Page(tuple(changes), (), f"c{start + PAGE}", more, "bench", now))
