"""Durations of working time as people write them, and back: `4h`, `1h30m`, ISO 8601's `PT4H`."""

from __future__ import annotations

import re
from fractions import Fraction

from casedesk.domain.errors import InvalidInput
from casedesk.domain.query.moments import UNITS

LONGEST = 100 * 366 * 86_400
"""A hundred years, in seconds: whoever means more has mistyped."""

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_SHOWN = (("d", 86_400), ("h", 3600), ("m", 60), ("s", 1))

_FIGURE = r"[0-9]{1,12}(?:[.,][0-9]{1,9})?"
_ISO = re.compile(
    rf"p(?:(?P<y>{_FIGURE})y)?(?:(?P<mo>{_FIGURE})m)?(?:(?P<w>{_FIGURE})w)?(?:(?P<d>{_FIGURE})d)?"
    rf"(?:t(?:(?P<h>{_FIGURE})h)?(?:(?P<m>{_FIGURE})m)?(?:(?P<s>{_FIGURE})s)?)?"
)
_SHORT = re.compile(rf"({_FIGURE}) *([a-z]{{1,7}}) *")
_MORE_UNITS = {"hour": "h", "hours": "h", "minute": "m", "minutes": "m", "mins": "m", "week": "w", "weeks": "w"}


def duration_seconds(text: str) -> int:
    """The seconds that a duration such as `4h`, `1h 30m`, `90m`, `PT4H` or `P1DT2H` stands for.

    A day is 24 hours of working time and a week seven such days, whatever the calendar. Raises InvalidInput for months
    and years, which have no fixed length, for negative durations, fractions of a second, and another text.
    """
    wanted = " ".join(text.lower().split())
    if wanted.lstrip("+").startswith(("-", "−")):
        raise InvalidInput("A duration can't be negative.")
    amounts = _iso(wanted) if wanted.startswith("p") else _short(wanted)
    if not amounts:
        raise InvalidInput(f"“{text}” isn't a duration; write 4h, 30m, 1h30m or PT4H.")
    if any(unit in ("mo", "y") for unit, _ in amounts):
        raise InvalidInput("Months and years have no fixed length; give a duration in weeks, days, hours or minutes.")
    total = sum(_SECONDS[unit] * amount for unit, amount in amounts)
    if total.denominator != 1:
        raise InvalidInput(f"“{text}” isn't a whole number of seconds.")
    if total > LONGEST:
        raise InvalidInput("A duration has 100 years at most.")
    return int(total)


def duration_text(seconds: int) -> str:
    """The shortest text for a duration: `4h`, `1h30m`, `2d`, `0m`. `duration_seconds` reads it."""
    pieces = []
    for unit, length in _SHOWN:
        amount, seconds = divmod(seconds, length)
        if amount:
            pieces.append(f"{amount}{unit}")
    return "".join(pieces) or "0m"


def _iso(text: str) -> list[tuple[str, Fraction]]:
    match = _ISO.fullmatch(text)
    if match is None or text.endswith("t"):
        return []
    return [(unit, _figure(figure)) for unit, figure in match.groupdict().items() if figure is not None]


def _short(text: str) -> list[tuple[str, Fraction]]:
    """The amounts of `1h30m`, each unit once and the longer ones first; nothing for another text."""
    if not re.fullmatch(f"(?:{_SHORT.pattern})+", text):
        return []
    units = UNITS | _MORE_UNITS
    amounts = [(units.get(unit, ""), _figure(figure)) for figure, unit in _SHORT.findall(text)]
    order = ["y", "mo", "w", "d", "h", "m", "s"]
    if any(unit not in order for unit, _ in amounts):
        return []
    places = [order.index(unit) for unit, _ in amounts]
    return amounts if places == sorted(set(places)) else []


def _figure(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))
