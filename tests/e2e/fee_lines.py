"""Every line of the fee stories, and the three tests that tell it: by command line, in windows, in windows offline.

Stands apart as data so that no line is without its stories: ``test_fee_lines`` looks each of them up.
"""

from __future__ import annotations

from typing import NamedTuple

_CLI, _AROUND = "test_fee_stories_by_command_line", "test_fee_stories_around_notices"
_DAY = "test_fee_day_by_command_line"
_MONEY, _NOTICES, _OFFICE = "test_fee_stories_in_windows", "test_fee_notices_in_windows", "test_fee_office_in_windows"
_MONEY_OFF, _NOTICES_OFF = f"{_MONEY}_offline", f"{_NOTICES}_offline"
_REFUNDS = "test_refunds_in_windows"


class Told(NamedTuple):
    """Where a line is told: ``module::test``."""

    by_command_line: str
    online: str
    offline: str


LINES: dict[str, Told] = {
    "Thu tại quầy, Thu và tiếp nhận": Told(
        f"{_CLI}::test_collecting_at_the_counter_also_where_nobody_pays_online",
        f"{_MONEY}::test_collected_at_the_counter_where_nobody_pays_online_then_received_in_one_press",
        f"{_MONEY_OFF}::test_collected_and_received_without_a_line",
    ),
    "Miễn / không phải nộp": Told(
        f"{_CLI}::test_waiving_a_notice_lifts_the_gate_and_is_not_green",
        f"{_MONEY}::test_waived_is_not_green_lifts_the_gate_and_resumes_a_suspension",
        f"{_MONEY_OFF}::test_waived_without_a_line",
    ),
    "Đóng một phần": Told(
        f"{_CLI}::test_half_is_paid_reminded_of_the_rest_and_paid_up_offline",
        f"{_MONEY}::test_half_is_paid_reminded_of_the_rest_and_paid_up",
        f"{_MONEY_OFF}::test_half_and_the_rest_without_a_line",
    ),
    "Ghi nhầm – hủy ghi nhận, hồ sơ đang dừng": Told(
        f"{_CLI}::test_a_wrong_tick_is_taken_back_and_the_pause_is_one_from_its_first_start",
        f"{_MONEY}::test_a_wrong_tick_is_taken_back_and_the_pause_is_one_from_its_first_start",
        f"{_MONEY_OFF}::test_a_wrong_tick_taken_back_without_a_line",
    ),
    "Ghi nhầm – hủy ghi nhận, hồ sơ đã trả": Told(
        f"{_CLI}::test_a_tick_taken_back_after_the_result_was_handed_over_leaves_a_shortfall",
        f"{_MONEY}::test_a_tick_taken_back_after_the_result_was_handed_over_leaves_a_shortfall",
        f"{_MONEY_OFF}::test_a_shortfall_opened_and_made_up_without_a_line",
    ),
    "Ghi nhầm – hủy ghi nhận, hôm sau, kết quả chưa trả": Told(
        f"{_DAY}::test_a_tick_taken_back_before_the_result_is_handed_over_keeps_the_state_with_a_shortfall",
        f"{_MONEY}::test_the_day_after_the_cashier_takes_a_tick_back_before_the_result_is_handed_over",
        f"{_MONEY_OFF}::test_the_day_after_the_cashier_takes_a_tick_back_without_a_line_before_the_result_is_handed_over",
    ),
    "Hạn nộp, Nhắc, Quá hạn nộp": Told(
        f"{_AROUND}::test_past_its_date_a_notice_is_flagged_reminded_and_paid_as_any_other",
        f"{_NOTICES}::test_past_its_day_a_notice_is_flagged_reminded_of_and_paid_as_any_other",
        f"{_NOTICES_OFF}::test_past_its_day_a_notice_is_reminded_of_without_a_line_and_paid_late",
    ),
    "Đóng cho thông báo đã hủy": Told(
        f"{_AROUND}::test_money_for_a_cancelled_notice_is_used_for_the_open_one",
        f"{_NOTICES}::test_money_for_a_cancelled_notice_is_used_for_the_open_one",
        f"{_NOTICES_OFF}::test_cash_taken_without_a_line_for_a_notice_cancelled_meanwhile_is_used_for_the_open_one",
    ),
    "Thông báo thứ hai: Thay, Thêm khoản khác": Told(
        f"{_AROUND}::test_a_second_notice_replaces_or_adds_and_the_same_line_twice_needs_a_reason",
        f"{_NOTICES}::test_a_second_notice_replaces_or_adds_and_nothing_is_chosen_beforehand",
        f"{_NOTICES_OFF}::test_a_second_notice_without_a_line_replaces_and_adds",
    ),
    "Dừng tính sai": Told(
        f"{_AROUND}::test_a_bad_suspension_goes_back_and_is_cancelled_as_one_pause",
        f"{_NOTICES}::test_a_bad_suspension_gets_its_tax_notice_goes_back_and_is_cancelled_as_one_pause",
        f"{_NOTICES_OFF}::test_a_bad_suspension_without_a_line_goes_back_and_is_cancelled_as_one_pause",
    ),
    "Thu trước khi tiếp nhận": Told(
        f"{_AROUND}::test_offline_with_an_open_gate_the_reception_waits_for_the_portals_word",
        f"{_NOTICES}::test_the_gate_blocks_or_warns_and_a_right_of_its_own_goes_past_it_with_a_reason",
        f"{_NOTICES_OFF}::test_at_the_gate_without_a_line_the_reception_waits_for_the_portals_word",
    ),
    "Thu trước chỉ nhắc": Told(
        f"{_DAY}::test_where_the_gate_only_warns_an_unpaid_dossier_is_received_online_and_offline",
        f"{_NOTICES}::test_the_gate_blocks_or_warns_and_a_right_of_its_own_goes_past_it_with_a_reason",
        f"{_NOTICES_OFF}::test_at_the_gate_without_a_line_the_reception_waits_for_the_portals_word",
    ),
    "Từ chối khi đang có tiền": Told(
        f"{_AROUND}::test_refusing_asks_while_someone_is_paying_and_gives_back_what_was_paid",
        f"{_NOTICES}::test_refusing_asks_while_someone_is_paying_then_cancels_in_the_same_deed",
        f"{_NOTICES_OFF}::test_refused_withdrawn_and_stopped_without_a_line_money_goes_back",
    ),
    "Rút, dừng giải quyết khi đã có tiền": Told(
        f"{_AROUND}::test_a_withdrawn_dossiers_money_is_kept_when_the_work_was_done",
        f"{_NOTICES}::test_withdrawn_or_stopped_for_good_with_money_opens_a_refund",
        f"{_NOTICES_OFF}::test_refused_withdrawn_and_stopped_without_a_line_money_goes_back",
    ),
    "Hoàn tiền": Told(
        f"{_CLI}::test_what_was_paid_of_a_cancelled_notice_goes_back_step_by_step",
        f"{_REFUNDS}::test_the_head_approves_the_cashier_pays_and_closes",
        f"{_REFUNDS}::test_the_head_approves_the_cashier_pays_and_closes",
    ),
    "Không tới được": Told(
        f"{_AROUND}::test_nobody_reachable_is_called_corrected_and_reminded",
        f"{_NOTICES}::test_whom_nobody_reached_is_called_handed_the_paper_and_sent_to_again",
        f"{_NOTICES_OFF}::test_whom_nobody_reached_is_called_and_corrected_without_a_line",
    ),
    "Việc chưa gửi của người vắng": Told(
        "test_absent_officer::test_after_a_working_hour_online_the_head_hands_it_over_and_the_fact_keeps_its_officer",
        f"{_OFFICE}::test_the_head_hands_over_and_the_colleague_sends_what_keeps_its_officer",
        f"{_OFFICE}::test_handing_over_without_a_line_says_that_it_needs_the_network_and_keeps_the_work",
    ),
    "Người xử lý thay": Told(
        "test_leave_cover_stories::test_a_resumed_dossier_finds_the_substitute_or_the_units_queue",
        f"{_OFFICE}::test_a_resumed_dossier_finds_the_substitute_and_both_names_are_shown",
        f"{_OFFICE}::test_leave_cover_without_a_line_says_that_it_needs_the_network",
    ),
    "Đã thu hôm nay": Told(
        f"{_AROUND}::test_the_days_takings_name_what_lacks_a_document_and_what_was_taken_back",
        f"{_MONEY}::test_what_was_taken_today_is_listed_summed_and_printed",
        f"{_MONEY_OFF}::test_what_was_taken_today_is_listed_summed_and_printed_before_it_is_sent",
    ),
    "MoMo": Told(
        f"{_AROUND}::test_paying_by_the_other_wallet_is_the_same_money",
        f"{_MONEY}::test_a_payment_by_momo_arrives_without_a_click",
        f"{_MONEY_OFF}::test_a_payment_by_momo_while_the_line_is_cut_arrives_with_the_line",
    ),
    "Phút đầu tiên": Told(
        f"{_DAY}::test_the_first_minutes_figures_are_the_lists_they_count",
        f"{_OFFICE}::test_the_first_minutes_figures_are_lists",
        f"{_OFFICE}::test_the_first_minutes_figures_are_lists_without_a_line",
    ),
    "Phút cuối cùng": Told(
        f"{_DAY}::test_the_last_minute_sends_at_once_and_names_what_stays",
        f"{_OFFICE}::test_closing_sends_at_once_and_asks_nothing",
        f"{_OFFICE}::test_closing_without_a_line_names_what_stays_and_the_next_morning_sends_it",
    ),
}

_BAD = "tests/e2e/test_fee_bad_input"
BAD_INPUT: dict[str, str] = {
    "waiving what is paid": f"{_BAD}::test_what_was_paid_is_not_waived_nor_a_citizens_own_payment_reversed",
    "reversing a reversal":
        f"tests/e2e/{_CLI}::test_a_wrong_tick_is_taken_back_and_the_pause_is_one_from_its_first_start",
    "a refund larger than the payment":
        "tests/unit/test_transitions_matrix::test_a_refund_is_never_larger_than_the_payment",
    "a refund twice": f"{_BAD}::test_a_refund_is_never_larger_than_the_payment_and_never_twice",
    "a part payment larger than the rest":
        f"tests/e2e/{_CLI}::test_half_is_paid_reminded_of_the_rest_and_paid_up_offline",
    "a reminder to a dead number": f"tests/e2e/{_AROUND}::test_nobody_reachable_is_called_corrected_and_reminded",
    "two officers waiving and ticking at once": f"{_BAD}::test_two_officers_waive_and_tick_at_once",
    "a tax notice number used on another dossier": f"{_BAD}::test_a_tax_notice_used_on_another_dossier_is_warned_of",
    "pay_by in the past":
        f"tests/e2e/{_AROUND}::test_past_its_date_a_notice_is_flagged_reminded_and_paid_as_any_other",
    "200 lines in one notice": f"{_BAD}::test_200_lines_are_sent_and_201_are_not",
    "the head reversing her own tick":
        f"{_BAD}::test_a_head_who_keeps_the_cash_takes_her_own_tick_back_on_the_same_day_only",
    "settings with a bad sum": "tests/ui/test_settings_dialog::"
        "test_the_administrator_sets_without_a_line_nothing_typed_is_lost_and_others_read",
}
"""What can go wrong, and the test that reads its sentence."""
