"""How well colours can be told from what is behind them (WCAG 2.1, success criteria 1.4.3 and 1.4.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

READABLE: Final = 4.5
"""The least contrast of text that everybody can read (WCAG 2.1 AA)."""
HIGH: Final = 7.0
"""The least contrast of text for readers who need more of it (WCAG 2.1 AAA)."""

GROUNDS: Final = ("background", "raised", "selection", "selection-dim")
"""The colours that stand behind text."""
LINE: Final = "line"
"""The colour of borders, which is no text."""


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 (none) to 21 (black and white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_faint(colours: Mapping[str, str], least: float = READABLE) -> Iterator[tuple[str, str, float]]:
    """What can't be read well in a theme: colour of text, colour behind it, and their contrast."""
    inks = [name for name in colours if name not in (*GROUNDS, LINE)]
    for ground in GROUNDS:
        for ink in inks:
            ratio = contrast(colours[ink], colours[ground])
            if ratio < least:
                yield ink, ground, ratio


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.03928 else float(((channel + 0.055) / 1.055) ** 2.4)
