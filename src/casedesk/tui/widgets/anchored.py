"""A strip whose columns stay straight even where the terminal draws a character wider or narrower than expected.

Terminals disagree on emoji, on the marks of Indic scripts and on much that is newer than they are. After every
character that they may disagree on, the cursor is put where the next one belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from rich.cells import split_graphemes
from rich.console import Console
from rich.segment import Segment
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

# Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, punctuation, arrows, boxes and blocks, Kana, Han, Hangul.
_UNSTEADY = re.compile(
    "[^\x20-\x7e\xa0-\u02ff\u0370-\u0482\u048a-\u058f\u05d0-\u05ea\u0620-\u064a\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2190-\u21ff\u2400-\u2426\u2500-\u25ff\u2800-\u28ff\u3001-\u3029\u3041-\u3096\u30a0-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff60]"
)


def is_steady(text: str) -> bool:
    """True when every terminal draws the text equally wide."""
    return _UNSTEADY.search(text) is None


class AnchoredStrip(Strip):
    """A strip that knows the column of the screen where it begins."""

    def __init__(self, segments: Iterable[Segment], cell_length: int, column: int) -> None:
        super().__init__(segments, cell_length)
        self._column = column

    def render(self, console: Console) -> str:
        """Terminal sequences; the cursor is set anew after each character that may move it otherwise."""
        return Strip(self._anchored(), self.cell_length).render(console)

    def _anchored(self) -> Iterable[Segment]:
        at = self._column
        for segment in self._segments:
            if is_steady(segment.text):
                yield segment
                at += segment.cell_length
                continue
            for start, end, cells in split_graphemes(segment.text)[0]:
                yield Segment(segment.text[start:end], segment.style)
                at += cells
                yield Segment(f"\x1b[{at + 1}G")

    def crop(self, start: int, end: int | None = None) -> Strip:
        cropped = super().crop(start, end)
        return cropped if cropped is self else AnchoredStrip(cropped, cropped.cell_length, self._column + max(0, start))

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        pieces: list[Strip] = []
        at = self._column
        for piece in super().divide(cuts):
            pieces.append(piece if piece is self else AnchoredStrip(piece, piece.cell_length, at))
            at += piece.cell_length
        return pieces


class AnchoredScreen(Screen[Any]):
    """A screen that lies over another one, whose lines it keeps straight as well.

    Name it after the kind of screen: Textual takes sheets and component classes from the first base alone.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        return [anchored(strip, crop.x) for strip in super().render_lines(crop)]


def anchored(strip: Strip, column: int) -> Strip:
    """The strip, anchored at a column of the screen if it needs to be."""
    if all(is_steady(segment.text) for segment in strip):
        return strip
    return AnchoredStrip(strip, strip.cell_length, column)
