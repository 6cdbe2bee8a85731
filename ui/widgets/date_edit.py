"""The date field: typed as dd/mm/yyyy, with or without separators; a calendar stands behind the icon.

Typing is never corrected on the way; the text takes its full form when the field is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QMenu, QWidget, QWidgetAction

from app.clock import YEARS
from ui import theme
from ui.widgets.text_field import TextField

_PARTS = re.compile(r"(\d{1,2})[\s/.\-](\d{1,2})(?:[\s/.\-](\d{2}|\d{4}))?")
_SOLID = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})?")


def parse_date(text: str, today: date) -> date | None:
    """Return the date meant by ``text``; a missing year is this year. None when it is no date.

    >>> parse_date("20/11/2026", date(2026, 1, 1)), parse_date("201126", date(2026, 1, 1))
    (datetime.date(2026, 11, 20), datetime.date(2026, 11, 20))
    >>> parse_date("5-3", date(2026, 1, 1)), parse_date("31/2/2026", date(2026, 1, 1))
    (datetime.date(2026, 3, 5), None)
    >>> parse_date("20/11/2206", date(2026, 1, 1)), parse_date("20/11/0206", date(2026, 1, 1))
    (None, None)
    """
    found = _PARTS.fullmatch(text.strip()) or _SOLID.fullmatch(text.strip())
    if found is None:
        return None
    day, month, year = found.groups()
    full_year = today.year if year is None else int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(full_year, int(month), int(day)) if full_year in YEARS else None
    except ValueError:
        return None


class DateEdit(TextField):
    """A date typed by hand or picked.

    ``today`` gives the legal day of the desk; ``calendar`` False for days so long ago that nobody pages back to them.
    Signals: ``date_changed(object)`` with ``date`` or None at every change.
    """

    date_changed = Signal(object)

    def __init__(
        self,
        today: Callable[[], date],
        value: date | None = None,
        *,
        prefix: str = "",
        calendar: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(prefix=prefix, figures=True, parent=parent)
        self._today = today
        if calendar:
            self._pick = QAction(theme.icon("calendar-dots"), self.tr("Chọn ngày"), self)
            self._pick.triggered.connect(self._open_calendar)
            self.addAction(self._pick, TextField.ActionPosition.TrailingPosition)
        self.setPlaceholderText(self.tr("ngày/tháng/năm"))
        self.set_value(value)
        self.textChanged.connect(self._tell)

    def value(self) -> date | None:
        """Return the date; None when empty or when the text is no date (``is_wrong``)."""
        return parse_date(self.text(), self._today())

    def is_wrong(self) -> bool:
        """Say whether something is typed that is no date."""
        return bool(self.text().strip()) and self.value() is None

    def set_value(self, value: date | None) -> None:
        """Show a date; None empties the field."""
        self.setText("" if value is None else value.strftime("%d/%m/%Y"))

    def _clean(self) -> None:
        value = self.value()
        if value is None:
            super()._clean()
        else:
            if self.text() != value.strftime("%d/%m/%Y"):
                self.set_value(value)
            self.cleaned.emit(self.text())

    def _tell(self) -> None:
        self.date_changed.emit(self.value())

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setLocale(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        weekend = QTextCharFormat()
        weekend.setForeground(theme.colour("text_3"))  # Qt's own is red, which here means late
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, weekend)
        shown = self.value() or self._today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

        def take(picked: QDate) -> None:
            self.set_value(date(picked.year(), picked.month(), picked.day()))
            menu.close()

        calendar.clicked.connect(take)
        calendar.activated.connect(take)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
