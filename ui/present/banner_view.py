"""A banner's words, before anybody draws it.

Stands apart because two modules make banners: the guide's cases, and what happens between reception and return.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BannerView:
    """A banner's kind and sentence (``str`` and ``Bold`` parts).

    ``action`` is its one button: label, command of ``ui.commands``, what the command is about ("" the dossier).
    """

    kind: str
    parts: tuple[str, ...]
    icon: str = ""
    action: tuple[str, str, str] | None = None

    @property
    def text(self) -> str:
        """Return the whole sentence."""
        return "".join(self.parts)


def ended(words: str) -> str:
    """Return what an officer wrote as a sentence that ends.

    >>> ended("Chờ thuế "), ended("")
    ('Chờ thuế.', '')
    """
    text = words.strip()
    return text if text.endswith((".", "!", "?")) or not text else text + "."
