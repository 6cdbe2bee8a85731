"""A fixed slice of the power cuts, in a process of its own: nothing is lost, and a planted bug would be noticed.

The long run is ``make campaign``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from app.store import mending, outbox
from app.store.profile import DeskFile, Profile
from tests.faults.disk import Disk
from tests.faults.mutants import ROOT
from tests.integration.store_ground import KEY, flip, open_store, put


@pytest.mark.slow
def test_what_was_saved_is_there_after_a_power_cut_and_would_not_be_with_less_syncing():
    argv = [sys.executable, "-m", "tests.faults.power_loss", "--seed", "slice", "--images", "90", "--per-story", "30"]
    run = subprocess.run([*argv, "--planted", "20"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=110)
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.search(r"^90 images .* \d{2,} mark, .* \d{2,} write of the file", run.stdout, re.MULTILINE)
    assert re.search(r"^planted NORMAL: \d+ of 20 images caught .*'lost'", run.stdout, re.MULTILINE)
    assert re.search(r"^planted OFF: \d+ of 20 images caught .*'lost'", run.stdout, re.MULTILINE)


def test_a_cut_in_the_middle_of_a_checkpoint_is_no_damage(tmp_path: Path):
    store = open_store(tmp_path / "store")
    for number in range(20):
        put(store, f"k{number}")
    store.sit()
    shutil.copytree(tmp_path / "store", tmp_path / "after the cut")
    store.close()
    torn = tmp_path / "after the cut" / "store.db"
    torn.write_bytes((tmp_path / "store" / "store.db").read_bytes()[:100_000])
    flip(torn, 9_000)
    told = mending.open_store(torn.parent, KEY, tmp_path / "aside")
    with told[0].read() as connection:
        assert len(outbox.unfinished(connection)) == 20
    told[0].close()
    assert told[1] is None
    assert not (tmp_path / "aside").exists()


def test_the_names_of_a_new_desk_are_on_the_disk_before_anybody_sits_there(tmp_path: Path, monkeypatch):
    done: list[tuple[str, str]] = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(
        os, "fsync", lambda handle: (done.append(("sync", os.readlink(f"/proc/self/fd/{handle}"))), fsync(handle))
    )
    monkeypatch.setattr(os, "replace", lambda old, new: (done.append(("name", str(new))), replace(old, new)))
    profile = Profile(tmp_path / "desk")
    profile.bind(DeskFile("d", "https://a.example"))
    profile.officer_folder("o1").mkdir(parents=True)
    profile.seat("o1")
    profile.close()
    for name in ("desk.json", "officer.json"):
        at = done.index(("name", str(profile.folder / name)))
        assert ("sync", str(profile.folder)) in done[at:], f"{name} may be gone after a cut"
    assert {("sync", str(tmp_path)), ("sync", str(profile.folder / "officers"))} <= set(done)


def test_the_disk_keeps_what_was_synced_and_may_lose_the_rest():
    disk = Disk({"/d/a": b"old"})
    for op in (("write", "/d/a", 0, b"new"), ("sync", "/d/a"), ("write", "/d/a", 3, b"er"),
               ("create", "/d/b"), ("write", "/d/b", 0, b"b"), ("sync", "/d/b")):  # fmt: skip
        disk.follow(op)
    dice = Random(1)
    seen = {tuple(sorted(disk.image(dice).items())) for _ in range(300)}
    kept = {(("/d/a", a), *b) for a in (b"new", b"newer") for b in ((), (("/d/b", b"b"),))}
    assert kept <= seen
    assert all(dict(files)["/d/a"] in (b"new", b"newer", b"new\0\0") for files in seen)
    disk.follow(("sync folder", "/d"))
    assert all("/d/b" in disk.image(dice) for _ in range(100))


def test_a_write_is_torn_between_sectors_only():
    disk = Disk({"/d/a": b"o" * 1024})
    disk.follow(("write", "/d/a", 256, b"n" * 512))
    dice = Random(1)
    whole, old = b"n" * 256, b"o" * 256
    seen = {disk.image(dice)["/d/a"][256:768] for _ in range(300)}
    assert seen == {old + old, whole + old, old + whole, whole + whole}
