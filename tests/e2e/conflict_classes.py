"""The fourteen classes of conflict: what becomes of each, where it is read on screen, the tests that tell and press it.

Stands apart as data so that no class is without its story: ``test_conflict_classes`` looks each of them up.
"""

from __future__ import annotations

from typing import NamedTuple

_WINDOWS = "e2e/test_conflicts_in_windows::test_class_"
_ALL_THE_SAME, _CONFLICTS = "integration/test_money_taken_all_the_same", "integration/test_conflicts"


class Class(NamedTuple):
    """What both sides get; where it is told, and pressed in real windows: ``module::test``; what stands on screen."""

    resolution: str
    told: str
    on_screen: str
    pressed: str


CLASSES: dict[int, Class] = {
    1: Class(
        "paid online while ticked: both facts stay, the first committed settles, the other opens a refund case",
        "e2e/test_offline_and_paid_twice"
        "::test_paid_online_meanwhile_both_facts_stay_the_first_committed_settles_and_one_refund_waits",
        "Cần xem lại: Đóng hai lần, Cổng ghi nhận beside Quầy ghi nhận, which stands, how the other goes back",
        "e2e/test_stories_in_windows_offline::test_ticked_without_a_line_and_paid_online_is_decided_by_keyboard",
    ),
    2: Class(
        "a payment page is open: the desk says so, cash is allowed, both may land",
        "e2e/test_offline_and_paid_twice"
        "::test_a_citizen_on_the_payment_page_is_said_and_the_counter_may_still_take_the_money",
        "banner in the tick dialog: Công dân đang mở trang thanh toán, with Vẫn thu…",
        f"{_WINDOWS}2_the_payment_page_is_open_cash_is_taken_all_the_same_and_both_arrive",
    ),
    3: Class(
        "two desks tick one fee: two facts, a case; a mistake is reversed by another officer",
        f"{_CONFLICTS}::test_cash_taken_at_two_desks_is_two_facts_and_a_typing_mistake_is_reversed_by_another",
        "Cần xem lại on both machines: Đóng hai lần; Hủy ghi nhận ends it",
        f"{_WINDOWS}3_two_desks_take_cash_for_one_notice_and_the_mistake_is_taken_back",
    ),
    4: Class(
        "the same press twice: one key, one effect",
        "integration/test_exactly_once::test_the_same_command_sent_twice_by_the_desk_has_one_effect",
        "the dialog is gone after the first press; the window behind sleeps",
        f"{_WINDOWS}4_the_key_pressed_twice_is_one_fact",
    ),
    5: Class(
        "two desks receive: the first stands, the second is told why not",
        "integration/test_sandbox_commands::test_of_two_desks_that_receive_at_once_one_is_told_why_not",
        "Cần xem lại: Cổng chưa chấp nhận, the step it stands at now",
        "e2e/test_work_stories_in_windows::test_two_desks_receive_one_dossier_and_the_second_is_told",
    ),
    6: Class(
        "withdrawn while a notice is queued: the notice waits for a person, cash for it arrives and goes back",
        f"{_ALL_THE_SAME}::test_cash_for_a_notice_that_the_portal_refused_arrives_and_goes_back",
        "Cần xem lại: Cổng chưa chấp nhận, the citizen has withdrawn; send again or drop",
        f"{_WINDOWS}6_withdrawn_while_the_notice_waits_nothing_is_sent_and_a_person_decides",
    ),
    7: Class(
        "the notice was changed: what was taken stays as taken, its surplus goes back or pays the open notice",
        "e2e/test_fee_notices_in_windows_offline"
        "::test_cash_taken_without_a_line_for_a_notice_cancelled_meanwhile_is_used_for_the_open_one",
        "Cần xem lại: Đóng thừa, give back or use for the open notice",
        "e2e/test_fee_notices_in_windows_offline"
        "::test_cash_taken_without_a_line_for_a_notice_cancelled_meanwhile_is_used_for_the_open_one",
    ),
    8: Class(
        "the dossier left the officer's hands: the fact is kept wherever the dossier is",
        f"{_ALL_THE_SAME}::test_a_processor_who_lost_the_dossier_meanwhile_has_his_cash_confirmed_by_another",
        "chip Chờ người thứ hai xác nhận and banner with Xác nhận, at whoever has the dossier now",
        f"{_WINDOWS}8_and_12_cash_of_who_lost_the_dossier_counts_when_another_confirms_it",
    ),
    9: Class(
        "merged into another dossier: the portal follows, the cash arrives there",
        f"{_ALL_THE_SAME}::test_cash_for_a_dossier_merged_into_another_arrives_there",
        "the list shows the dossier it was merged into; its surplus in Cần xem lại",
        f"{_WINDOWS}9_merged_into_another_the_cash_is_found_there",
    ),
    10: Class(
        "two edit different fields of the contact: both stand",
        f"{_CONFLICTS}::test_two_who_correct_different_fields_both_stand",
        "both corrections in the pane, nobody is asked",
        f"{_WINDOWS}10_two_correct_different_fields_and_nobody_is_asked",
    ),
    11: Class(
        "two edit the same field: nothing is written over, the second sees both versions and keeps his or theirs",
        "e2e/test_two_edit_the_same::test_a_reception_corrected_twice",
        "Cần xem lại: Hai người cùng sửa, field by field Của họ beside Của tôi with what it was before",
        f"{_WINDOWS}11_two_correct_the_same_field_and_the_second_sees_both",
    ),
    12: Class(
        "the right was lost meanwhile: the fact is kept and counts once a second officer has confirmed it",
        f"{_ALL_THE_SAME}::test_a_processor_who_lost_the_dossier_meanwhile_has_his_cash_confirmed_by_another",
        "as 8",
        f"{_WINDOWS}8_and_12_cash_of_who_lost_the_dossier_counts_when_another_confirms_it",
    ),
    13: Class(
        "another file meanwhile: a command names its file by digest, other bytes are thrown away",
        "integration/test_sandbox_attachments::test_bytes_of_another_digest_are_thrown_away",
        "banner in the open dialog: who changed the dossier just now; Xem khác gì names the papers",
        f"{_WINDOWS}13_papers_that_come_while_a_dialog_is_open_are_named_in_it",
    ),
    14: Class(
        "reversed after its day: a row of the next day, the day before stays as it was",
        f"{_CONFLICTS}::test_a_reversal_of_yesterdays_cash_is_a_row_of_today_and_leaves_yesterdays_list_alone",
        "Hủy ghi nhận says beforehand what it comes to; Đã thu hôm nay of the day before stays",
        "e2e/test_fee_stories_in_windows::test_the_day_after_the_cashier_takes_a_tick_back_before_the_result_is_handed_over",
    ),
}
