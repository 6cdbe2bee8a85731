"""The style sheet, generated from the tokens; sizes of type in points, never in pixels.

Only what Qt paints itself is dressed here (fields, scroll bars, menus, frames); chips, buttons, tabs and rows paint
themselves from the same tokens.
"""

from __future__ import annotations

from dataclasses import asdict

from ui.theme.tokens import FACES, Tokens

_SHEET = """
QWidget#window, QDialog {{ background: {bg}; }}
QToolTip {{ background: {surface}; color: {text}; border: 1px solid {line_strong}; padding: 4px 6px; }}
QLineEdit, QPlainTextEdit, QComboBox {{
  background: {surface}; color: {text}; border: 1px solid {line_strong}; border-radius: 6px;
  selection-background-color: {primary}; selection-color: {on_primary};
}}
QLineEdit {{ padding: 0 8px; min-height: {field}px; max-height: {field}px; }}
QPlainTextEdit {{ padding: 3px 5px; }}
QComboBox {{ padding: 0 28px 0 9px; min-height: {field}px; max-height: {field}px; }}
QLineEdit:focus {{ border: 2px solid {focus}; padding: 0 7px; min-height: {field_in}px; max-height: {field_in}px; }}
QPlainTextEdit:focus {{ border: 2px solid {focus}; padding: 2px 4px; }}
QComboBox:focus {{ border: 2px solid {focus}; padding: 0 27px 0 8px;
  min-height: {field_in}px; max-height: {field_in}px; }}
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QComboBox[invalid="true"] {{ border-color: {late_text}; }}
QLineEdit:disabled, QLineEdit:read-only, QPlainTextEdit:disabled, QComboBox:disabled {{
  background: {bg}; color: {text_2}; border-color: {line}; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: none; width: 0; height: 0; }}
QComboBox QAbstractItemView {{ background: {surface}; border: 1px solid {line_strong}; outline: 0;
  selection-background-color: {sel}; selection-color: {text}; }}
QComboBox QAbstractItemView::item {{ min-height: {item}px; padding: 0 8px; }}
QListWidget#matches {{ background: {surface}; border: 1px solid {line_strong}; border-radius: 6px; outline: 0; }}
QListWidget#matches::item {{ padding: 0 8px; color: {text}; }}
QListWidget#matches::item:selected {{ background: {sel}; color: {text}; }}
QMenu {{ background: {surface}; border: 1px solid {line_strong}; padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; color: {text}; }}
QMenu::item:selected {{ background: {sel}; color: {text}; }}
QMenu::item:disabled {{ color: {text_3}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QScrollArea, QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {line_strong}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QTableView, QListView {{ background: {surface}; border: none; outline: 0; }}
QListView#queues {{ background: {bg}; }}
QHeaderView {{ background: {sunken}; border: none; }}
QHeaderView::section {{ background: {sunken}; color: {text_2}; border: none; border-bottom: 1px solid {line};
  border-top: 1px solid {line}; padding: 0; font-size: {small_pt}pt; font-weight: 500; }}
QHeaderView::section:first {{ padding-left: {indent}px; }}
QCalendarWidget QToolButton {{ color: {text}; background: transparent; border: none; padding: 4px; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {sunken}; }}
QFrame#card {{ background: {surface}; border: 1px solid {line}; border-radius: 8px; }}
QFrame#rule {{ background: {line}; border: none; }}
QWidget#surface {{ background: {surface}; border: none; }}
QWidget#sunken {{ background: {sunken}; border: none; }}
QWidget#pane {{ background: {bg}; border: none; }}
"""


def build(tokens: Tokens, scale: int) -> str:
    """Return the style sheet of the whole window for these colours at ``scale`` per cent."""

    def px(size: int) -> int:
        return round(size * scale / 100)

    values = asdict(tokens)
    sheet = _SHEET.format(
        **values, field=px(30) - 2, field_in=px(30) - 4, item=px(28), indent=px(16), small_pt=round(9 * scale / 100, 2)
    )
    lines = [sheet]
    for name, value in values.items():
        lines.append(f'PlainLabel[tone="{name}"] {{ color: {value}; }}')
    for role, face in FACES.items():
        pt = round(face.pt * scale / 100, 2)
        lines.append(f'PlainLabel[face="{role}"] {{ font-size: {pt}pt; font-weight: {face.weight}; }}')
    for weight in (400, 500, 600, 700):
        lines.append(f'PlainLabel[weight="{weight}"] {{ font-weight: {weight}; }}')
    return "\n".join(lines)
