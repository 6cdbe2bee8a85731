"""Times in the words of the office."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain import time_words
from tests.unit.moments import at

NOW = at("20/11 10:12")


@pytest.mark.parametrize(
    ("moment", "short", "due"),
    [
        ("20/11 10:12", "hôm nay 10:12", "10:12 hôm nay"),
        ("20/11 16:42", "hôm nay 16:42", "16:42 hôm nay"),
        ("19/11 16:30", "hôm qua 16:30", "16:30 hôm qua"),
        ("18/11 08:40", "T4 18/11", "08:40 T4 18/11"),
        ("21/11 08:00", "T7 21/11", "08:00 T7 21/11"),
        ("22/11 08:00", "CN 22/11", "08:00 CN 22/11"),
        ("26/11 10:00", "T5 26/11", "10:00 T5 26/11"),
        ("20/11/2025 10:00", "T5 20/11/2025", "10:00 T5 20/11/2025"),
    ],
)
def test_a_moment_is_said_as_people_say_it(moment: str, short: str, due: str) -> None:
    assert time_words.short_moment(at(moment), NOW) == short
    assert time_words.due_moment(at(moment), NOW) == due


def test_sentences_and_papers_have_the_long_form() -> None:
    assert time_words.long_moment(at("23/11 09:32"), NOW) == "09:32 thứ Hai 23/11"
    assert time_words.long_moment(at("26/11 10:00")) == "10:00 thứ Năm 26/11/2026"
    assert time_words.long_moment(at("22/11 10:00"), at("22/11/2025 10:00")) == "10:00 Chủ nhật 22/11/2026"
    assert time_words.print_day(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert time_words.print_moment(at("26/11 10:00")) == "10 giờ 00 phút, ngày 26 tháng 11 năm 2026"
    assert time_words.weekday_day(at("20/11 10:00"), NOW) == "T6 20/11"


@pytest.mark.parametrize(
    ("minutes", "table", "sentence", "exact"),
    [
        (1428, "2 ngày 7h", "2 ngày 7 giờ", "2 ngày 7 giờ 48 phút"),
        (1548, "3 ngày 1h", "3 ngày 1 giờ", "3 ngày 1 giờ 48 phút"),
        (440, "7h20", "7 giờ 20 phút", "7 giờ 20 phút"),
        (200, "3h20", "3 giờ 20 phút", "3 giờ 20 phút"),
        (240, "4h", "4 giờ", "4 giờ"),
        (65, "1h05", "1 giờ 5 phút", "1 giờ 5 phút"),
        (45, "45 phút", "45 phút", "45 phút"),
        (0, "0 phút", "0 phút", "0 phút"),
        (480, "1 ngày", "1 ngày", "1 ngày"),
        (490, "1 ngày", "1 ngày", "1 ngày 10 phút"),
        (-600, "1 ngày 2h", "1 ngày 2 giờ", "1 ngày 2 giờ"),
    ],
)
def test_working_time_has_a_table_form_and_a_sentence_form(minutes: int, table: str, sentence: str, exact: str) -> None:
    assert time_words.remaining_words(minutes) == table
    assert time_words.remaining_words(minutes, sentence=True) == sentence
    assert time_words.remaining_words(minutes, sentence=True, exact=True) == exact


@pytest.mark.parametrize(
    ("minutes", "soon", "text"),
    [
        (1428, False, "còn 2 ngày 7h"),
        (270, True, "Còn 4h30"),
        (-600, False, "Quá 1 ngày 2h"),
        (-192, False, "Quá 3h12"),
        (353, False, "còn 5h53"),
        (0, False, "còn 0 phút"),
    ],
)
def test_the_clock_says_what_is_left_or_how_late(minutes: int, soon: bool, text: str) -> None:
    assert time_words.clock_text(minutes, soon=soon) == text


def test_the_clock_in_a_sentence() -> None:
    assert time_words.clock_text(1428, sentence=True) == "còn 2 ngày 7 giờ"
