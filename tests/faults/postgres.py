"""A PostgreSQL of one's own, started under a temporary folder and gone afterwards; the campaign's only.

Stands apart because races and load need the portal on a real server database. Its programs come from Debian's
``postgresql-15``; a superuser's process becomes ``postgres`` for them, which refuses to run as root.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_WHERE = (Path("/usr/lib/postgresql/15/bin"), Path("/usr/lib/postgresql/16/bin"), Path("/usr/lib/postgresql/14/bin"))
_SETTINGS = ("listen_addresses=", "max_connections=120", "shared_buffers=128MB", "lock_timeout=20s")


def programs() -> Path | None:
    """Return the folder of ``initdb`` and ``postgres``, or None where there is none."""
    return next((folder for folder in _WHERE if (folder / "postgres").exists()), None)


@contextmanager
def postgres(*, durable: bool = True) -> Iterator[str]:
    """Yield the URL of an empty database; ``durable=False`` waits for no disk. Raises OSError if it will not start."""
    found = programs()
    if found is None:
        raise OSError("PostgreSQL is missing: apt-get install postgresql-15")
    folder = Path(tempfile.mkdtemp(prefix="motcua-pg-"))
    user = "postgres" if os.name == "posix" and os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "user": user, "cwd": folder}
    subprocess.run(
        [found / "initdb", "-D", data, "-A", "trust", "-U", "motcua", "-E", "UTF8", "--locale=C", "--no-sync"],
        check=True, **quiet,
    )  # fmt: skip
    settings = [*_SETTINGS, f"unix_socket_directories={folder}", f"fsync={'on' if durable else 'off'}"]
    options = [part for setting in settings for part in ("-c", setting)]
    server = subprocess.Popen([found / "postgres", "-D", data, *options], **quiet)
    try:
        _wait_until_ready(found, folder, server)
        yield f"postgresql+psycopg://motcua@/postgres?host={folder}"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def cpu_s(url: str) -> float:
    """Return the CPU seconds that the server at ``url`` and all its processes, ended ones too, have taken; Linux."""
    first = (Path(url.partition("host=")[2]) / "data" / "postmaster.pid").read_text().split()[0]
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(") ")[2].split()
            own, ended = fields[11:13], fields[13:15]
            if stat.parent.name == first:
                ticks += sum(map(int, own + ended))
            elif fields[1] == first:
                ticks += sum(map(int, own))
    return ticks / os.sysconf("SC_CLK_TCK")


def _wait_until_ready(found: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 60
    while subprocess.run([found / "pg_isready", "-q", "-h", folder], check=False).returncode:
        if server.poll() is not None or time.monotonic() > ends:
            raise OSError("PostgreSQL did not start")
        time.sleep(0.05)
