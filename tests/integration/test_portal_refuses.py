"""What the hand-written table of states, commands and roles forbids, the portal refuses over HTTP, with the reason.

The unit test compares every cell with the rules; here each command is really sent by every role, where its state allows
it to somebody and where it allows it to nobody. Nothing changes on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.contract.codec import command_text, dossier_bytes, read_dossier, sha256_of
from app.domain.commands import TYPES
from app.domain.dossier import Dossier
from app.domain.people import ref
from app.domain.transition_table import RULES
from app.sandbox.ledger import writing
from app.sandbox.offices import officer_id
from app.sandbox.server import SandboxServer
from tests.integration.sandbox_desk import SandboxDesk, new_id
from tests.unit.sample_dossiers import DOSSIERS, NOW, OFFICERS
from tests.unit.test_transitions_matrix import CODES, COMMANDS, WHOLE

# Another commune, a bureau that never had the dossier, the processor before it was received: to them the portal does
# not even say how it stands.
STRANGERS = {key: ("R9", "P2", "P") if key in ("1", "1g") else ("R9", "P2") for key in DOSSIERS}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    """A portal that holds the sample dossiers, one in each state; their keys are their ids."""
    with SandboxServer(tmp_path_factory.mktemp("portal"), now=NOW) as server:
        with writing(server.portal.database) as ledger:
            for key, dossier in DOSSIERS.items():
                ledger.create(at_the_portal(key, dossier))
        yield server


@pytest.fixture(scope="module")
def desks(portal: SandboxServer) -> Iterator[dict[str, SandboxDesk]]:
    found = {role: SandboxDesk(portal.base_url, officer.username) for role, officer in OFFICERS.items()}
    yield found
    for desk in found.values():
        desk.close()


def real(body: str) -> str:
    """Put the portal's ids of officers for those of the samples."""
    for officer in OFFICERS.values():
        body = body.replace(f'"{officer.id}"', f'"{officer_id(officer.username)}"')
    return body


def at_the_portal(key: str, dossier: Dossier) -> Dossier:
    own = replace(dossier, id=key, code=f"{dossier.code}-{key}", receipt_code=dossier.receipt_code and f"R-{key}")
    body = real(dossier_bytes(own).decode()).replace('"n1"', f'"n1-{key}"')
    found = read_dossier(body.encode())
    assert isinstance(found, Dossier)
    return found


def envelope(desk: SandboxDesk, command: str, key: str) -> dict[str, object]:
    held = COMMANDS[command]
    if hasattr(held, "to_officer"):
        held = replace(held, to_officer=ref(OFFICERS["P"]))
    if command == "assign":
        held = replace(held, to=ref(OFFICERS["P"]))
    body = real(command_text(held)).replace('"n1"', f'"n1-{key}"')
    return {
        "key": new_id(), "actor_id": desk.me["officer_id"], "type": command, "dossier_id": key, "if_match": None,
        "sha256": sha256_of(body), "body": body,
    }  # fmt: skip


def cells_of(command: str) -> list[tuple[str, str, str]]:
    """Return (state, role, letters) of the illegal cells of two rows: where somebody may, and where nobody may."""
    rows = [key for key in DOSSIERS if "." in WHOLE[command, key].values()][:1]
    rows += [key for key in DOSSIERS if "." not in WHOLE[command, key].values()][-1:]
    cells = [(key, role, letters) for key in rows for role, letters in WHOLE[command, key].items()]
    return [cell for cell in cells if cell[2] not in (".", "+")]


def heard(result: dict) -> tuple[str, object]:
    assert result["status"] == "refused", result
    problem = result["problem"]
    if problem["type"].endswith(":forbidden"):
        return "forbidden", problem["status"]
    assert all(failed.keys() == {"code", "params", "who_could"} for failed in problem["failed"])
    return " ".join(failed["code"] for failed in problem["failed"]), problem["status"]


def test_every_rule_stands_in_the_table():
    assert {command for command, _ in WHOLE} == set(RULES) == set(TYPES)


@pytest.mark.parametrize("command", list(TYPES))
def test_what_the_table_forbids_is_refused_with_its_reason(desks, command):
    cells = cells_of(command)
    assert len({role for _, role, _ in cells}) >= 3
    for key, role, letters in cells:
        (result,) = desks[role].send(envelope(desks[role], command, key))
        codes = " ".join(CODES[letter] for letter in letters)
        expected = ("forbidden", 403) if role in STRANGERS[key] else (codes, 409)
        assert heard(result) == expected, (command, key, role)
        assert result["version"] in (None, 1), "nothing changed"
