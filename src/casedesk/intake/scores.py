"""Scores as exports write them: bare numbers, numbers in labels, fractions of the scale, stars.

An NPS is a whole number from 0 to 10, a CSAT from 1 to 5, a CES from 1 to 7 (behaviour 5.5); a rating is any
number on the scale it declares.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from casedesk.intake.cells import BadCell, quoted, says_nothing

ReadScore = Callable[[str], "float | None"]

_NUMBER = r"-?\d{1,6}(?:[.,]\d{1,12})?"
_BARE = re.compile(_NUMBER)
_FRACTION = re.compile(rf"({_NUMBER})\s*(?:/|out of|of|von|de|sur|di|na|z)\s*(\d{{1,3}})", re.IGNORECASE)
_NUMBER_FIRST = re.compile(
    rf"({_NUMBER})\s*(?:[-–—:=.)(]\s*\D.*|(?:stars?|sterne?|estrellas?|étoiles?|\D{0, 40})\s*)", re.I | re.S
)
_NUMBER_LAST = re.compile(rf"\D*?[-–—:=(]\s*({_NUMBER.removeprefix('-?')})\s*\)?", re.S)
_STARS = re.compile(r"(★+)☆*|((?:⭐\ufe0f?)+)")
_REMEMBERED = 1_000
_LONGEST = 200


def number_in(cell: str) -> float | None:
    """The number that a cell gives as a score, None when it gives none.

    "9", "8,5", "9/10", "9 out of 10", "10 - Extremely likely", "Stimme voll zu - 5", "4 stars", "★★★★☆".
    """
    if _BARE.fullmatch(cell):
        return float(cell.replace(",", "."))
    if len(cell) > _LONGEST:
        return None
    for pattern in (_FRACTION, _NUMBER_FIRST, _NUMBER_LAST):
        match = pattern.fullmatch(cell)
        if match is not None:
            return float(match[1].replace(",", "."))
    match = _STARS.fullmatch(cell)
    return None if match is None else float(cell.count("★") + cell.count("⭐"))


def is_bare_number(cell: str) -> bool:
    """True for a number without any words."""
    return _BARE.fullmatch(cell) is not None


def score_reader(
    header: str, scale: tuple[float, float], *, whole: bool, labels: Mapping[str, float] | None = None
) -> ReadScore:
    """A function that reads the score in a cell that isn't empty; None for "n/a" and its like.

    It raises `BadCell` naming the column, the cell and the allowed range when the cell is no number, is outside
    the scale, has decimals where `whole` numbers are asked, or counts on another scale (4/5 on 0 to 10).
    """
    low, high = scale
    allowed = f"{low:g} to {high:g}"
    column = f"in column {quoted(header)}"
    known = {word.casefold(): value for word, value in (labels or {}).items()}
    remembered: dict[str, float] = {}

    def read(cell: str) -> float | None:
        score = remembered.get(cell)
        if score is not None:
            return score
        score = known.get(cell.casefold()) if known else None
        if score is None:
            score = number_in(cell)
        if score is None and says_nothing(cell):
            return None
        if score is None:
            raise BadCell(f"{quoted(cell)} is no score from {allowed} {column}")
        fraction = _FRACTION.fullmatch(cell) if len(cell) <= _LONGEST else None
        if fraction is not None and int(fraction[2]) != high:
            raise BadCell(f"score {quoted(cell)} is not on the scale {allowed} {column}")
        if not low <= score <= high:
            raise BadCell(f"score {score:g} is out of range {allowed} {column}")
        if whole and score != int(score):
            raise BadCell(f"score {score:g} is not a whole number from {allowed} {column}")
        if len(remembered) < _REMEMBERED:
            remembered[cell] = score
        return score

    return read
