"""Two people edit one dossier: what each changed stands, what both changed is a clash, old bytes count whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.contract.codec import command_text, read_command
from app.domain.corrections import Contact, CorrectContact, CorrectReception
from app.domain.dossier import Component
from app.domain.edits import clashes, reception_of
from app.domain.handling import Check
from app.domain.people import Mailing
from app.domain.transitions import Done, Refused, apply
from app.domain.words import CheckVerdict
from app.domain.work_commands import CheckComponents, Finding
from tests.unit.moments import CALENDAR
from tests.unit.sample_dossiers import DOSSIERS, NOW, OFFICERS

CLERK = OFFICERS["R"]
PAPERS = (Component("Tờ khai", originals=1), Component("Ảnh", copies=2))
SEEN = replace(DOSSIERS["2"], components=PAPERS, summary="Cấp bản sao", sets=1)
MAI = SEEN.applicant
POST = Mailing("Mai", "0905123456", "12 Lê Lợi")
CHECKED = replace(PAPERS[0], check=Check(CheckVerdict.PASSED, "Nguyễn Thị Ấm", NOW))


def correction(**mine: object) -> CorrectReception:
    at, why = NOW + timedelta(minutes=1), "Sai khi ghi"
    base = reception_of(SEEN)
    whole = CorrectReception(at, why, base.procedure, base.applicant, base.submitter, base.components, base.summary,
                             base.result_channel, base.sets, base.mail_to, base.result_also_online, base)  # fmt: skip
    return replace(whole, **mine)


@pytest.mark.parametrize(
    ("theirs", "mine", "clash"),
    [
        ({}, {"sets": 2}, ""),
        ({"sets": 2}, {"sets": 2}, ""),
        ({"sets": 3}, {"sets": 2}, "sets"),
        ({"sets": 3}, {"summary": "Khác"}, ""),
        ({"summary": "A"}, {"summary": "B"}, "summary"),
        ({"applicant": replace(MAI, phone="0905111111")}, {"applicant": replace(MAI, address="12 Lê Lợi")}, ""),
        (
            {"applicant": replace(MAI, phone="0905111111")},
            {"applicant": replace(MAI, phone="0905222222")},
            "applicant.phone",
        ),
        (
            {"applicant": replace(MAI, name="Lê Mai"), "sets": 3},
            {"applicant": replace(MAI, name="Lê Mây"), "sets": 2},
            "applicant.name sets",
        ),
        ({"components": PAPERS[:1]}, {"components": PAPERS[1:]}, "components"),
        ({"components": (CHECKED, PAPERS[1])}, {"components": PAPERS[:1]}, ""),
        ({"mail_to": POST}, {"mail_to": replace(POST, name="Lan")}, "mail_to"),
        ({"result_channel": "post", "mail_to": POST}, {"sets": 2}, ""),
        ({"result_also_online": True}, {"sets": 2}, ""),
        (
            {"applicant": replace(MAI, birth_date=date(1990, 7, 14))},
            {"applicant": replace(MAI, birth_date=date(1990, 7, 4))},
            "applicant.birth_date",
        ),
    ],
)
def test_only_what_both_changed_is_a_clash(theirs, mine, clash):
    """And nothing of a refused correction happens; of one that passes, all of it and all of theirs."""
    now, edit = replace(SEEN, **theirs), correction(**mine)
    assert " ".join(found.field for found in clashes(now, edit)) == clash
    result = apply(now, edit, CLERK, NOW + timedelta(minutes=2), CALENDAR)
    if clash:
        assert isinstance(result, Refused)
        assert [(failed.code, dict(failed.params)) for failed in result.failed] == [
            ("edited-meanwhile", {"fields": tuple(clash.split())})
        ]
        return
    assert isinstance(result, Done)
    for name in (theirs.keys() | mine.keys()) - {"applicant", "components"}:
        assert getattr(result.dossier, name) == (mine | theirs)[name]


def test_both_changes_of_one_person_stand_and_a_check_made_meanwhile_is_kept():
    theirs = replace(SEEN, applicant=replace(MAI, phone="0905111111"), components=(CHECKED, PAPERS[1]))
    more = (*PAPERS, Component("Sổ hộ khẩu", copies=1))
    edit = correction(applicant=replace(MAI, address="12 Lê Lợi"), components=more)
    result = apply(theirs, edit, CLERK, NOW, CALENDAR)
    assert isinstance(result, Done)
    assert result.dossier.applicant == replace(MAI, phone="0905111111", address="12 Lê Lợi")
    assert result.dossier.components == (CHECKED, *more[1:])


OLD = {
    "correct_contact": '{"made_at":"2026-11-20T08:01:00+07:00","phone":"0905222222","email":""}',
    "correct_reception": command_text(correction(sets=2)).replace(',"before":', ',"unknown":'),
}


@pytest.mark.parametrize("kind", list(OLD))
def test_bytes_that_an_older_desk_queued_count_whole_as_they_did(kind):
    command = read_command(kind, OLD[kind])
    assert isinstance(command, CorrectReception | CorrectContact)
    assert command.before is None
    theirs = replace(SEEN, sets=3, submitter=replace(SEEN.submitter, phone="0905111111"))
    result = apply(theirs, command, CLERK, NOW, CALENDAR)
    assert isinstance(result, Done)
    found = (result.dossier.sets, result.dossier.submitter.phone)
    assert found == {"correct_contact": (3, "0905222222"), "correct_reception": (2, SEEN.submitter.phone)}[kind]


def test_a_contact_retyped_as_it_was_does_not_undo_what_another_corrected():
    seen = SEEN.submitter
    edit = CorrectContact(NOW, seen.phone, "moi@congdan.example", Contact(seen.phone, seen.email))
    theirs = replace(SEEN, submitter=replace(seen, phone="0905111111"))
    result = apply(theirs, edit, CLERK, NOW, CALENDAR)
    assert isinstance(result, Done)
    assert (result.dossier.submitter.phone, result.dossier.submitter.email) == ("0905111111", "moi@congdan.example")


@pytest.mark.parametrize(
    ("corrected", "named", "found"),
    [
        ("Tờ khai, Ảnh", "Ảnh", [2]),
        ("Ảnh, Tờ khai", "Ảnh", [1]),
        ("Ảnh", "Ảnh", [1]),
        ("Ảnh, Ảnh", "Ảnh", [2]),
        ("Tờ khai, Giấy ủy quyền", "Ảnh", "no-such-component"),
        ("Ảnh, Tờ khai", "", [2]),
        ("Ảnh", "", "no-such-component"),
    ],
)
def test_a_verdict_stays_with_its_paper_when_a_correction_orders_them_anew(corrected, named, found):
    """It was given to the second paper; bytes of an older desk do not say its name."""
    dossier = replace(SEEN, components=tuple(Component(name) for name in corrected.split(", ")))
    check = CheckComponents(NOW, (Finding(1, CheckVerdict.FAILED, "Mờ", name=named),))
    done = apply(dossier, read_command("check_components", command_text(check)), CLERK, NOW, CALENDAR)
    if isinstance(done, Refused):
        assert [failed.code for failed in done.failed] == [found]
        return
    papers = done.dossier.components
    assert [at for at, paper in enumerate(papers, 1) if paper.check] == found
    assert done.events[-1].note == f"không đạt: {papers[found[0] - 1].name}"
