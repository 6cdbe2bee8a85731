"""What users of other systems complained of (peers C1, C3, C5), and the tests that keep it from happening here.

Stands apart as data: a number is that of the list of complaints, a place ``folder/module::test``. ``NOT_HERE`` says
what this program does not answer, and why.
"""

from __future__ import annotations

_CLOCKS = "unit/test_clock_complaints"
_COUNTER = "ui/test_counter_page"
_STORIES = "e2e/test_work_stories_in_windows"

ANSWERED: dict[str, tuple[str, ...]] = {
    # C1 clocks and due dates
    "1 wrong appointment: no limit set, holidays counted, the hour of the click": (
        f"{_CLOCKS}::test_a_procedure_without_a_sound_limit_promises_nothing",
        f"{_CLOCKS}::test_the_appointment_follows_receipt_holidays_and_cut_off",
        "unit/test_clock_against_reference::test_the_engine_agrees_with_a_clock_that_goes_minute_by_minute",
        "unit/test_ledger::test_with_nights_and_lunch_breaks_no_minute_is_left_untold",
    ),
    "2 step limits are 0 or not shown; desk and portal disagree": (
        f"{_CLOCKS}::test_a_step_has_its_own_date_and_zero_is_no_limit",
        "e2e/test_clock_by_command_line::test_a_day_off_decided_now_moves_what_is_open_here_and_there",
    ),
    "3 what is left is not said in working time": (
        f"{_CLOCKS}::test_the_countdown_says_working_time",
        "ui/test_present_rows::test_the_deadline_says_how_long_and_until_when",
    ),
    "4 nobody warns past the limit for checking": (
        "ui/test_present_rows::test_a_processor_reads_when_his_own_step_is_due_or_the_appointment_if_that_comes_first",
        "ui/test_present_rows::test_the_deadline_says_how_long_and_until_when",
    ),
    "5 a day's warning comes after minutes": (
        f"{_CLOCKS}::test_an_apology_is_asked_for_one_working_day_before_the_date",
    ),
    "6 several supplement rounds make it overdue": (
        f"{_CLOCKS}::test_several_rounds_are_a_list_and_each_is_laid_out_by_its_kind",
        f"{_STORIES}::test_two_rounds_of_papers_one_at_the_counter_one_online",
    ),
    "7 pausing by what is waited for": (f"{_CLOCKS}::test_what_a_supplement_does_is_the_offices_setting",),
    "8 shown as paused while the clock runs on": (
        f"{_CLOCKS}::test_while_paused_what_is_left_never_changes_and_is_laid_out_again",
        "unit/test_deadline::test_a_pause_never_changes_what_is_left",
    ),
    "9 pauses are lost when the limit changes": (f"{_CLOCKS}::test_another_limit_or_calendar_keeps_every_pause",),
    "10 lunch and weekends count": (
        f"{_CLOCKS}::test_the_countdown_says_working_time",
        "unit/test_calendar::test_sessions_are_those_of_the_office_and_none_on_a_day_off",
    ),
    "11 overdue stays after closing, reopened work alarms at once": (
        f"{_CLOCKS}::test_late_is_judged_by_dates_at_completion_and_never_after_the_end",
        f"{_CLOCKS}::test_what_was_in_time_when_it_stopped_is_not_late_meanwhile",
    ),
    "12 an answer by another channel does not start the clock": (
        f"{_CLOCKS}::test_every_way_of_paying_lets_the_clock_run_on",
        f"{_CLOCKS}::test_every_way_of_resuming_by_hand_lets_it_run_on_alike",
        f"{_STORIES}::test_two_rounds_of_papers_one_at_the_counter_one_online",
    ),
    # C3 queues, search, assignment
    "24 no search inside a queue": (
        "ui/test_desk_arrangement::test_the_slash_filters_within_the_queue_by_keyboard_alone",
    ),
    "25 the code instead of the name": (
        "ui/test_present_rows::test_the_row_is_known_by_its_row_number_and_shows_the_receipt_code_when_there_is_one",
        "ui/test_present_rows::test_a_screen_reader_hears_the_whole_row_in_words",
    ),
    "26 records of other offices in my queue": (
        "integration/test_sandbox_feed::test_a_unit_sees_its_own_and_what_was_ever_sent_to_it",
        "integration/test_low_rights::test_an_officer_of_another_commune_neither_sees_nor_changes",
        "unit/test_queues_table::test_another_bureau_does_not_find_what_is_not_its_own",
    ),
    "27 assign many at once, with each officer's load": (
        "ui/test_picking::test_the_head_gives_three_dossiers_to_one_officer_in_one_dialog",
    ),
    "28 a returned dossier goes to somebody else": (
        "e2e/test_handling_by_command_line::"
        "test_two_rounds_of_supplement_while_processing_each_back_to_the_same_officer_with_full_time",
    ),
    "29 two clerks on one case": (
        f"{_STORIES}::test_two_desks_receive_one_dossier_and_the_second_is_told",
        "integration/test_sandbox_commands::test_of_two_desks_that_receive_at_once_one_is_told_why_not",
        "ui/test_changed_meanwhile::test_a_colleagues_act_is_named_and_what_differs_is_shown",
    ),
    "30 search by telephone; queue, chip and typed words together": (
        "ui/test_desk_page::test_search_needs_no_accents_and_looks_at_names_codes_and_procedures",
        "ui/test_desk_page::test_filter_chips_carry_counts_and_narrow_the_list",
    ),
    "31 acting means opening first": (
        "ui/test_dossier_table::test_keys_of_the_table_tell_what_was_asked",
        "ui/test_picking::test_the_head_gives_three_dossiers_to_one_officer_in_one_dialog",
    ),
    "32 shortcuts collide with the system's": (
        "ui/test_key_registry::test_keys_of_windows_unikey_and_typing_are_forbidden",
        "ui/test_key_registry::test_a_key_can_be_changed_or_switched_off",
    ),
    "33 typed words are lost, Enter loses the last field": (
        "e2e/test_counter_in_windows::test_what_was_typed_is_there_again_after_the_program_was_killed",
        f"{_STORIES}::test_received_at_the_counter_and_handed_back",
        "ui/test_dialog_and_widgets::test_escape_puts_off_and_ctrl_enter_confirms_but_enter_does_nothing",
        f"{_COUNTER}::test_what_was_thrown_away_comes_back_with_the_same_button",
    ),
    # C5 reception, papers, messages
    "39 nothing can be corrected after reception": (
        "e2e/test_counter_reception_by_command_line::"
        "test_a_mistake_found_after_printing_is_corrected_with_a_reason_and_keeps_its_numbers",
        f"{_COUNTER}::test_a_mistake_found_after_printing_is_corrected_and_printed_again",
    ),
    "39 the number is issued too early": (
        "integration/test_sandbox_commands::test_receiving_gives_a_receipt_code_a_due_date_and_the_next_version",
        "e2e/test_turned_away_by_command_line::"
        "test_sent_for_a_paper_at_the_counter_it_is_never_received_until_the_paper_comes",
    ),
    "39 buttons stand at the top only": (
        "ui/test_dialog_and_widgets::test_a_dialog_never_outgrows_the_screen_and_only_its_body_scrolls",
    ),
    "39 the code on the receipt is wrong": (
        "unit/test_official_forms::test_the_code_reads_back",
        "integration/test_forms_at_desk::test_each_step_prints_its_own_paper",
    ),
    "39 no control slip": ("unit/test_form_filling::test_the_control_sheet_tells_who_gave_to_whom",),
    "39 no daily list of what was received": (
        "integration/test_forms_at_desk::test_the_register_lists_what_the_desk_received_in_the_period",
    ),
    "40 nobody understands “temporary failure”": (
        "ui/test_present_dossier::test_each_channel_says_in_plain_words_how_it_fared",
        "integration/test_sandbox_channels::test_a_telephone_that_was_off_gets_the_message_on_the_next_try",
    ),
    "40 “no such number” when there is one": (
        "ui/test_present_dossier::test_when_no_channel_reached_anyone_the_officer_is_told_to_call_or_print",
        "ui/test_remind_dialog::test_a_dead_number_is_refused_in_words_with_the_ways_out",
    ),
    "40 sent again without a look, no way back": (
        "ui/test_remind_dialog::test_a_reminder_asks_for_the_rest_and_shows_what_will_be_read",
        "e2e/test_stories_in_windows::test_case_one_from_notice_over_undo_to_payment_and_reception",
    ),
    "40 one text for every case": ("unit/test_citizen_texts::test_the_long_texts_say_sum_words_lines_and_hotline",),
}
NOT_HERE: dict[str, str] = {
    "7 each office invents kinds of pauses": "the law knows three (bổ sung, NVTC, dừng); only their rule is a setting",
    "11 a daily digest by mail": "the program shows what is late at every opening; mail to officers is the portal's",
    "29 presence: who else looks at it now": "the portal has no such word; a change is told while a dialog is open",
    "30 search by outgoing number and room": "dossiers of this contract carry neither",
    "30 filter by handler, by several states": "not built: a queue is one thing to do, the row says with whom it is",
    "31 macros": "the expected deed has one key; nobody writes programs at a counter",
    "39 blank forms beside components": "the catalogue of procedures holds no files; citizens find them on the portal",
}
