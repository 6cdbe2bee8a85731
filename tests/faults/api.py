"""``python -m tests.faults.api --per-operation N --seed S``: Schemathesis on the sandbox's own OpenAPI document.

Two runs, each with examples, coverage, fuzzing and what links there are: an officer of the unit, where every answer
must be of the contract and none a 5xx; and an officer of another commune without any right here, after whose run no
dossier, sum or setting of this unit may have changed. Schemathesis is installed by the campaign only
(``requirements/campaign.txt``).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import text

from app.sandbox import feed
from app.sandbox.province import signing_seed
from app.sandbox.server import SandboxServer
from tests.faults.shares import share_out
from tests.integration.sandbox_desk import SandboxDesk
from tests.simulation.campaign import MEMORY

PHASES = "examples,coverage,fuzzing,stateful"
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    "ignored_auth",
)  # fmt: skip
WAIT_S = 0.02
"""How long the feed is held here: nobody else works, and 25 seconds for each page would be all the time there is."""
CLERK, STRANGER = "tiepnhan1", "thuly9"
_OURS = {
    "dossiers": "select id, version, body from dossiers order by id",
    "payments": "select * from payments order by id",
    "commands": "select * from commands order by key",
    "covers": "select * from covers order by officer_id, from_day",
    "calendars": "select * from calendars order by year",
    "numbers": "select * from numbers where unit_id = 'H32.8' order by kind, day",
    "settings": "select name, value from settings where name not like 'clock%' order by name",
}


def fingerprint(server: SandboxServer) -> dict[str, str]:
    """Return a digest of every table that another commune's officer must not change."""
    with server.portal.database.reading() as connection:
        rows = {name: repr(connection.execute(text(sql)).all()) for name, sql in _OURS.items()}
    return {name: hashlib.sha256(found.encode()).hexdigest() for name, found in rows.items()}


def ran(server: SandboxServer, officer: str, asked: argparse.Namespace, folder: Path) -> int:
    """Let Schemathesis ask in the officer's name; print its report; return its exit code."""
    with ExitStack() as stack:
        desk = SandboxDesk(server.base_url, officer)
        stack.callback(desk.close)
        token = desk._http.headers["Authorization"]
    command = [
        str(Path(asked.schemathesis or Path(sys.executable).with_name("schemathesis"))), "run",
        server.base_url + "/v1/openapi.json", "--url", server.base_url, "-H", f"Authorization:{token}",
        "--phases", PHASES, "--checks", ",".join(CHECKS), "--continue-on-failure", "--seed", str(asked.seed),
        "--max-examples", str(asked.per_operation), "--request-timeout", "40", "--workers", "2",
        "--suppress-health-check", "all", "--warnings", "off", "--no-color",
    ]  # fmt: skip
    if asked.only:
        command += ["--include-path-regex", asked.only]
    return subprocess.run(command, cwd=folder, check=False, env=os.environ | {"HOME": str(folder)}).returncode


def run(officer: str, asked: argparse.Namespace) -> int:
    """Let one officer's run pass over a portal of its own; tell, and return how much was wrong."""
    feed.MAX_WAIT_S = WAIT_S
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="motcua-api-", dir=MEMORY if MEMORY.is_dir() else None) as folder,
        SandboxServer(Path(folder) / "portal", dossiers=30) as server,
    ):
        signing_seed(server.portal.database)  # made when first asked for, by whomever
        before = fingerprint(server)
        code = ran(server, officer, asked, Path(folder))
        after = fingerprint(server)
    changed = [name for name in before if before[name] != after[name]] if officer == STRANGER else []
    print(f"{officer}: exit {code}, not his and changed: {changed}, {time.monotonic() - begun:.0f} s", flush=True)
    return bool(code) + len(changed)


def main() -> int:
    """Run both officers; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.api", description=__doc__)
    parser.add_argument("--per-operation", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--schemathesis", default="", help="the program, where it is not beside this Python")
    parser.add_argument("--only", default="", help="paths that match")
    parser.add_argument("--jobs", type=int, default=1, choices=(1, 2), help="2: both officers at once")
    asked = parser.parse_args()
    officers = [(CLERK, asked), (STRANGER, asked)]
    bad = sum(share_out(run, officers) if asked.jobs > 1 else [run(*one) for one in officers])
    print(f"{bad} runs with findings, {asked.per_operation} examples an operation, seed {asked.seed}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
