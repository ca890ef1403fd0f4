"""The ruler of a timer: a line of cells from its start on, each with sign and colour of what its time was (X6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from rich.cells import cell_len

from casedesk.desk.values import TimedSpan
from casedesk.tui.drawing import cut
from casedesk.tui.look import Line, Span

SIGNS: Final = {"counted": "█", "paused": "‖", "closed": "×", "outside": "·", "holiday": "▒"}
PLAIN_SIGNS: Final = {"counted": "#", "paused": "=", "closed": "x", "outside": ".", "holiday": "h"}
WORDS: Final = {"outside": "outside hours"}
ROLES: Final = {
    "counted": "accent", "paused": "state-pending", "closed": "state-closed", "outside": "muted", "holiday": "good",
}  # fmt: skip
TO_COME: Final = ("░", "+")
"""Working time that lies ahead, and its sign in plain mode."""

POINTERS: Final = ("▲", "^")


def sign_of(kind: str, *, plain: bool, ahead: bool = False) -> Span:
    """The cell of a kind of span, and its role."""
    if ahead and kind == "counted":
        return TO_COME[plain], ROLES[kind]
    return (PLAIN_SIGNS if plain else SIGNS)[kind], ROLES[kind]


def word_of(span: TimedSpan) -> str:
    """What a span is, in words: the holiday by its name."""
    return f"{span.kind}: {span.name}" if span.name else WORDS.get(span.kind, span.kind)


class Ruler:
    """Draws spans that follow one another without gaps on `width` cells; `ahead` are those that lie in the future."""

    def __init__(self, spans: Sequence[TimedSpan], ahead: Sequence[TimedSpan], width: int, *, plain: bool) -> None:
        self._spans = [*((span, False) for span in spans), *((span, True) for span in ahead)]
        self._width = width
        self._plain = plain
        self.start = self._spans[0][0].start if self._spans else None
        self._whole = (self._spans[-1][0].end - self._spans[0][0].start) if self._spans else timedelta(0)

    def line(self, due_at: datetime | None) -> Line:
        """The cells, each of the kind that takes most of its time; what was counted after the due instant is bad."""
        due = self._width if due_at is None else self.place_of(due_at)
        cells = [
            (sign, "bad" if role == ROLES["counted"] and place > due else role)
            for place, (sign, role) in enumerate(self._cells())
        ]
        return [("".join(sign for sign, _role in same), role) for role, same in groupby(cells, lambda cell: cell[1])]

    def place_of(self, at: datetime) -> int:
        """The cell of an instant."""
        if self.start is None or not self._whole:
            return 0
        return max(0, min(self._width - 1, int((at - self.start) / self._whole * self._width)))

    def mark(self, at: datetime, said: str, role: str) -> Line:
        """A line with a pointer to an instant, and safe words beside it where there is room."""
        place, pointer = self.place_of(at), POINTERS[self._plain]
        if place + 2 + cell_len(said) <= self._width:
            return [(" " * place, "text"), (f"{pointer} {said}", role)]
        said = cut(said, max(0, place - 1))
        return [(" " * (place - 1 - cell_len(said)), "text"), (f"{said} {pointer}".strip(), role)]

    def _cells(self) -> Iterable[Span]:
        most: list[tuple[float, Span]] = [(0.0, (" ", "text"))] * (self._width if self._whole else 0)
        share: dict[tuple[int, Span], float] = {}
        for span, ahead in self._spans if self._whole else ():
            assert self.start is not None
            sign = sign_of(span.kind, plain=self._plain, ahead=ahead)
            first, last = ((at - self.start) / self._whole * self._width for at in (span.start, span.end))
            for place in range(int(first), min(self._width, int(last) + 1)):
                length = share.get((place, sign), 0.0) + min(last, place + 1) - max(first, place)
                share[place, sign] = length
                if length > most[place][0]:
                    most[place] = (length, sign)
        return [sign for _length, sign in most]


def legend(kinds: Iterable[str], *, plain: bool, ahead: bool) -> Line:
    """What the signs mean, of those that occur."""
    line: Line = []
    for kind in dict.fromkeys(kinds):
        sign, role = sign_of(kind, plain=plain)
        line += [(sign, role), (f" {WORDS.get(kind, kind)}  ", "muted")]
    return [*line, (TO_COME[plain], ROLES["counted"]), (" to come", "muted")] if ahead else line
