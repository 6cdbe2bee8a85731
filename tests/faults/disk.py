"""A disk that keeps only what was synced: from the log of file operations, what may lie there after a power cut.

Stands apart as the one model of the hardware. Promised: what was synced stays; a name stays once its folder was synced;
512 bytes are written whole or not at all. Everything later may be lost, kept, torn or reordered, each piece for itself;
a file may also have grown over bytes that never came (zeros). A disk that lies about a sync is not modelled.
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


class Disk:
    """Follows the log; ``image`` draws one possible state after a cut."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._names: dict[str, list[_Inode | None]] = {path: [_Inode(data)] for path, data in files.items()}
        """What a name may mean after a cut; the last is what it means now, the first what is certain."""

    def follow(self, op: Op) -> None:
        """Let one operation happen."""
        kind, path = op[0], op[1]
        if kind == "create":
            self._names.setdefault(path, [None]).append(_Inode())
        elif kind == "delete":
            self._names[path].append(None)
        elif kind == "sync folder":
            for name, meanings in self._names.items():
                if os.path.dirname(name) == path:
                    del meanings[:-1]
        elif (inode := self._names[path][-1]) is None:
            raise AssertionError(f"{kind} on {path}, which is not there")
        elif kind == "sync":
            inode.durable, inode.pending = _written(inode.durable, inode.pending), []
        else:
            inode.pending.append(op)

    def image(self, dice: Random) -> dict[str, bytes]:
        """Return path and bytes of every file of one possible state."""
        mode = dice.choices(list(MODES), list(MODES.values()))[0]
        found: dict[str, bytes] = {}
        for path, meanings in self._names.items():
            place = {"nothing": 0, "everything": -1}.get(mode, dice.randrange(len(meanings)))
            if (inode := meanings[place]) is not None:
                found[path] = _written(inode.durable, _survivors(mode, inode, dice))
        return found


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
