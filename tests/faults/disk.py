"""A disk that keeps only what was synced: from the log of file operations, what may lie there after a power cut.

Stands apart as the one model of the hardware. Promised: what was synced stays; the names in a folder change in order
and stay once it was synced; 512 bytes are written whole or not at all. Everything later may be lost, kept, torn or
reordered, each piece for itself; a file may also have grown over bytes that never came (zeros). A disk that lies about
a sync is not modelled.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from random import Random

from tests.faults.file_log import Op

SECTOR = 512
MODES = {"nothing": 3, "everything": 1, "first ones": 3, "some": 4, "all but one": 2, "sectors": 4, "one torn": 2}
"""What survives of the un-synced operations, with weights."""


@dataclass
class _Inode:
    durable: bytes = b""
    pending: list[Op] = field(default_factory=list)


_Names = dict[str, _Inode]


class Disk:
    """Follows the log; ``image`` draws one possible state after a cut."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._folders: dict[str, list[_Names]] = {}
        """What the names of a folder may mean after a cut; the first is certain, the last is what they mean now."""
        for path, data in files.items():
            self._now(path)[path] = _Inode(data)

    def follow(self, op: Op) -> None:
        """Let one operation happen."""
        kind, path = op[0], op[1]
        if kind == "sync folder":
            del self._folders.setdefault(path, [{}])[:-1]
        elif kind == "create":
            self._change(path, {path: _Inode()})
        elif kind == "delete":
            self._change(path, {}, gone=path)
        elif kind == "rename":
            self._change(op[2], {op[2]: self._now(path)[path]}, gone=path)
            if os.path.dirname(path) != os.path.dirname(op[2]):
                self._change(path, {}, gone=path)
        elif kind == "content":
            self._now(path).setdefault(path, _Inode()).pending = [("truncate", path, 0), ("write", path, 0, op[2])]
        elif kind == "sync":
            inode = self._now(path)[path]
            inode.durable, inode.pending = _written(inode.durable, inode.pending), []
        else:
            self._now(path)[path].pending.append(op)

    def image(self, dice: Random, home: str = "") -> dict[str, bytes]:
        """Return path and bytes of every file under ``home`` (everywhere) in one possible state."""
        mode = dice.choices(list(MODES), list(MODES.values()))[0]
        found: dict[str, bytes] = {}
        for states in (states for folder, states in self._folders.items() if f"{folder}/".startswith(f"{home}/")):
            place = {"nothing": 0, "everything": -1}.get(mode, dice.randrange(len(states)))
            for path, inode in states[place].items():
                found[path] = _written(inode.durable, _survivors(mode, inode, dice))
        return found

    def _now(self, path: str) -> _Names:
        return self._folders.setdefault(os.path.dirname(path), [{}])[-1]

    def _change(self, path: str, new: _Names, gone: str = "") -> None:
        after = {name: inode for name, inode in self._now(path).items() if name != gone}
        self._folders[os.path.dirname(path)].append(after | new)


def _survivors(mode: str, inode: _Inode, dice: Random) -> list[Op]:
    pending = inode.pending
    if mode == "everything" or not pending:
        return pending
    if mode == "nothing":
        return []
    if mode == "first ones":
        return pending[: dice.randint(0, len(pending))]
    if mode == "some":
        chance = dice.random()
        return [op for op in pending if dice.random() < chance]
    lost = dice.randrange(len(pending))
    if mode == "all but one":
        return pending[:lost] + pending[lost + 1 :]
    if mode == "one torn":
        return [*pending[:lost], *_torn(pending[lost], len(inode.durable), dice), *pending[lost + 1 :]]
    return [piece for op in pending for piece in _torn(op, len(inode.durable), dice)]


def _torn(op: Op, safe: int, dice: Random) -> list[Op]:
    """Return the sectors of one write that came through; where the file grew, a lost one may be zeros."""
    if op[0] != "write":
        return [op] if dice.random() < 0.5 else []
    _, path, offset, data = op
    found: list[Op] = []
    begin = 0
    while begin < len(data):
        end = min(len(data), begin + SECTOR - (offset + begin) % SECTOR)
        if dice.random() < 0.5:
            found.append(("write", path, offset + begin, data[begin:end]))
        elif offset + begin >= safe and dice.random() < 0.3:
            found.append(("write", path, offset + begin, bytes(end - begin)))
        begin = end
    return found


def _written(before: bytes, ops: list[Op]) -> bytes:
    if not ops:
        return before
    after = bytearray(before)
    for op in ops:
        if op[0] == "truncate":
            size = op[2]
            del after[size:]
            after.extend(bytes(max(0, size - len(after))))
            continue
        _, _, offset, data = op
        after.extend(bytes(max(0, offset - len(after))))
        after[offset : offset + len(data)] = data
    return bytes(after)
