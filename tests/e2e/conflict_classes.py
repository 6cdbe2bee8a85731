"""The fourteen classes of conflict: what becomes of each, and the test that tells it.

Stands apart as data so that no class is without its story: ``test_conflict_classes`` looks each of them up.
"""

from __future__ import annotations

from typing import NamedTuple

_ALL_THE_SAME, _CONFLICTS = "integration/test_money_taken_all_the_same", "integration/test_conflicts"


class Class(NamedTuple):
    """What both sides get, and where it is told: ``module::test``."""

    resolution: str
    told: str


CLASSES: dict[int, Class] = {
    1: Class(
        "paid online while ticked: both facts stay, the first committed settles, the other opens a refund case",
        "e2e/test_offline_and_paid_twice"
        "::test_paid_online_meanwhile_both_facts_stay_the_first_committed_settles_and_one_refund_waits",
    ),
    2: Class(
        "a payment page is open: the desk says so, cash is allowed, both may land",
        "e2e/test_offline_and_paid_twice"
        "::test_a_citizen_on_the_payment_page_is_said_and_the_counter_may_still_take_the_money",
    ),
    3: Class(
        "two desks tick one fee: two facts, a case; a mistake is reversed by another officer",
        f"{_CONFLICTS}::test_cash_taken_at_two_desks_is_two_facts_and_a_typing_mistake_is_reversed_by_another",
    ),
    4: Class(
        "the same press twice: one key, one effect",
        "integration/test_exactly_once::test_the_same_command_sent_twice_by_the_desk_has_one_effect",
    ),
    5: Class(
        "two desks receive: the first stands, the second is told why not",
        "integration/test_sandbox_commands::test_of_two_desks_that_receive_at_once_one_is_told_why_not",
    ),
    6: Class(
        "withdrawn while a notice is queued: the notice waits for a person, cash for it arrives and goes back",
        f"{_ALL_THE_SAME}::test_cash_for_a_notice_that_the_portal_refused_arrives_and_goes_back",
    ),
    7: Class(
        "the notice was changed: what was taken stays as taken, its surplus goes back or pays the open notice",
        "e2e/test_fee_notices_in_windows_offline"
        "::test_cash_taken_without_a_line_for_a_notice_cancelled_meanwhile_is_used_for_the_open_one",
    ),
    8: Class(
        "the dossier left the officer's hands: the fact is kept wherever the dossier is",
        f"{_ALL_THE_SAME}::test_a_processor_who_lost_the_dossier_meanwhile_has_his_cash_confirmed_by_another",
    ),
    9: Class(
        "merged into another dossier: the portal follows, the cash arrives there",
        f"{_ALL_THE_SAME}::test_cash_for_a_dossier_merged_into_another_arrives_there",
    ),
    10: Class(
        "two edit different fields of the contact: both stand",
        f"{_CONFLICTS}::test_two_who_correct_different_fields_both_stand",
    ),
    11: Class(
        "two edit the same field: nothing is written over, the second sees both versions and keeps his or theirs",
        "e2e/test_two_edit_the_same::test_a_reception_corrected_twice",
    ),
    12: Class(
        "the right was lost meanwhile: the fact is kept and counts once a second officer has confirmed it",
        f"{_ALL_THE_SAME}::test_a_processor_who_lost_the_dossier_meanwhile_has_his_cash_confirmed_by_another",
    ),
    13: Class(
        "another file meanwhile: a command names its file by digest, other bytes are thrown away",
        "integration/test_sandbox_attachments::test_bytes_of_another_digest_are_thrown_away",
    ),
    14: Class(
        "reversed after its day: a row of the next day, the day before stays as it was",
        f"{_CONFLICTS}::test_a_reversal_of_yesterdays_cash_is_a_row_of_today_and_leaves_yesterdays_list_alone",
    ),
}
