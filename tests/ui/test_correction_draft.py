"""A correction's draft over a reception that somebody else corrected meanwhile."""

from __future__ import annotations

from ui.counter.correct_dialog import over

MAI = {"name": "Mai", "phone": "0905123456"}
SEEN = {"sets": "1", "summary": "", "applicant": MAI, "papers": [{"name": "Tờ khai"}]}


def test_what_the_officer_had_left_alone_is_as_it_is_now_and_what_he_wrote_stays():
    draft = SEEN | {"sets": "2", "applicant": {"name": "Mại", "phone": "0905123456"}}
    now = SEEN | {"sets": "3", "summary": "Khác", "applicant": {"name": "Mai", "phone": "0905111111"}, "papers": []}
    assert over(draft, SEEN, now) == {
        "sets": "2", "summary": "Khác", "applicant": {"name": "Mại", "phone": "0905111111"}, "papers": [],
    }  # fmt: skip


def test_a_draft_that_does_not_say_what_was_seen_is_shown_as_it_was_written():
    assert over({"sets": "2"}, {}, SEEN) == {"sets": "2"}
