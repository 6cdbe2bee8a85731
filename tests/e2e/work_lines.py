"""Every work story, and the three tests that tell it: by command line, in windows, in windows with the line cut.

Stands apart as data so that no story is without its tests: ``test_work_lines`` looks each of them up.
"""

from __future__ import annotations

from tests.e2e.fee_lines import Told

_CLI, _HANDLING = "test_work_stories_by_command_line", "test_handling_by_command_line"
_WINDOWS = "test_work_stories_in_windows"


def _lived_twice(by_command_line: str, in_windows: str) -> Told:
    """The test in windows is told once and lived with the line and without it."""
    return Told(by_command_line, f"{_WINDOWS}::{in_windows}[online]", f"{_WINDOWS}::{in_windows}[offline]")


LINES: dict[str, Told] = {
    "Tiếp nhận tại quầy đến trả kết quả": _lived_twice(
        f"{_CLI}::test_received_at_the_counter_checked_completed_and_handed_back",
        "test_received_at_the_counter_and_handed_back",
    ),
    "Hồ sơ trực tuyến, bổ sung hai lần": _lived_twice(
        f"{_HANDLING}::test_two_rounds_of_supplement_while_processing_each_back_to_the_same_officer_with_full_time",
        "test_two_rounds_of_papers_one_at_the_counter_one_online",
    ),
    "Dừng tính NVTC, tính tiếp qua Tết": _lived_twice(
        f"{_CLI}::test_suspended_for_nvtc_and_resumed_across_tet_with_the_right_date",
        "test_suspended_for_nvtc_and_resumed_across_tet_with_the_right_date",
    ),
    "Quá hẹn, xin lỗi và hẹn lại (mẫu 04)": _lived_twice(
        f"{_CLI}::test_overdue_form_04_is_proposed_printed_signed_and_printed_again",
        "test_overdue_with_an_apology_proposed_printed_and_signed_once",
    ),
    "Trình lãnh đạo, không duyệt, duyệt": _lived_twice(
        f"{_HANDLING}::test_submitted_to_the_head_not_approved_then_approved_and_nothing_passes_the_head_meanwhile",
        "test_submitted_to_the_head_not_approved_then_approved",
    ),
    "Hai quầy tiếp nhận một hồ sơ": _lived_twice(
        f"{_CLI}::test_two_desks_receive_one_dossier_and_the_second_is_told",
        "test_two_desks_receive_one_dossier_and_the_second_is_told",
    ),
}
