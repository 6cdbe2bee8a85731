"""Derive "Mot Cua Sans" from Be Vietnam Pro: the same letters, digits of one width.

Be Vietnam Pro has no tabular figures, so sums and codes would not line up in tables. This centres its ten digits on one
width per weight and renames the family; nothing else changes. The SIL Open Font License allows it and stays with the
result (LICENSE-MotCuaSans.txt); the original reserves no font name. Run once by hand when the original changes:

    npm pack @expo-google-fonts/be-vietnam-pro && tar xzf expo-google-fonts-be-vietnam-pro-*.tgz
    python resources/fonts/derive_mot_cua_sans.py package resources/fonts
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from fontTools.ttLib import TTFont

FAMILY = "Mot Cua Sans"
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WEIGHTS = {"400Regular": 650, "500Medium": 650, "600SemiBold": 670, "700Bold": 670}
"""Folder of the package → advance width of every digit, in font units (1000 per em)."""


def centre_digits(font: TTFont, width: int) -> None:
    """Give every digit the advance ``width`` and centre its ink in it.

    Glyphs composed of a digit (fractions, ordinals) are moved back, so that they look as before.
    """
    glyphs, metrics = font["glyf"], font["hmtx"]
    shifts: dict[str, int] = {}
    for name in DIGITS:
        glyph = glyphs[name]
        shift = round((width - (glyph.xMax - glyph.xMin)) / 2) - glyph.xMin
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(glyphs)
        metrics[name] = (width, glyph.xMin)
        shifts[name] = shift
    for name in font.getGlyphOrder():
        glyph = glyphs[name]
        if glyph.isComposite():
            for part in glyph.components:
                part.x -= shifts.get(part.glyphName, 0)
            glyph.recalcBounds(glyphs)


def rename(font: TTFont) -> None:
    """Replace the family name wherever the name table spells it, except in the copyright line."""
    for record in font["name"].names:
        if record.nameID in (0, 13, 14):
            continue
        text = str(record)
        record.string = text.replace("Be Vietnam Pro", FAMILY).replace("BeVietnamPro", FAMILY.replace(" ", ""))


def main() -> None:
    """Read the unpacked package, write four fonts and their licence."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("package", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    for folder, width in WEIGHTS.items():
        font = TTFont(options.package / folder / f"BeVietnamPro_{folder}.ttf", recalcTimestamp=False)
        centre_digits(font, width)
        rename(font)
        font.save(options.out / f"MotCuaSans-{folder[3:]}.ttf")
    shutil.copyfile(options.package / "LICENSE_FONT", options.out / "LICENSE-MotCuaSans.txt")


if __name__ == "__main__":
    main()
