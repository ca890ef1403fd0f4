"""The one place where outside text becomes something that can be drawn, and where figures become short text.

Nothing here is markup. Every width is in terminal cells, as the program's own compositor counts them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from rich.cells import cell_len, split_graphemes

from casedesk.domain.text_safety import visible, visible_line

ELLIPSIS = "…"
LONGEST_DRAWN = 20_000
"""Characters of one text that are drawn at most; what is left out is said."""

# Terminals disagree on how wide these make the character before them, so that columns would not stay straight.
_UNSTEADY = re.compile("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]")


def line_of(text: str, longest: int = 400) -> str:
    """Outside text as one safe line whose width every terminal agrees on, of at most `longest` characters."""
    if len(text) > longest:
        text = text[:longest] + ELLIPSIS
    line = visible_line(text)
    return line if line.isascii() else _UNSTEADY.sub("", line)


def block_of(text: str, longest: int = LONGEST_DRAWN) -> str:
    """Outside text as safe lines; when it is longer than `longest`, its last line says how much is left out."""
    left_out = len(text) - longest
    block = visible(text[:longest])
    block = block if block.isascii() else _UNSTEADY.sub("", block)
    return f"{block}\n… and {left_out:,} more characters" if left_out > 0 else block


def cut(text: str, width: int) -> str:
    """Safe `text` cut to at most `width` cells, with `…` where something is missing; never half a character."""
    if width <= 0:
        return ""
    if text.isascii():
        return text if len(text) <= width else text[: width - 1] + ELLIPSIS
    if cell_len(text) <= width:
        return text
    kept, used = 0, 0
    for _start, end, cells in split_graphemes(text[: width * 8])[0]:
        if used + cells > width - 1:
            break
        kept, used = end, used + cells
    return text[:kept] + ELLIPSIS


def cut_inside(text: str, width: int) -> str:
    """Safe `text` cut to `width` cells by leaving out words in its middle: those at its end tell titles apart.

    >>> cut_inside("First response missed", 17)
    'First…missed'
    """
    words = text.split()
    if cell_len(text) > width:
        for left_out in range(1, len(words) - 1):
            for start in range(1, len(words) - left_out):
                shorter = f"{' '.join(words[:start])}{ELLIPSIS}{' '.join(words[start + left_out :])}"
                if cell_len(shorter) <= width:
                    return shorter
    return cut(text, width)


@lru_cache(maxsize=8192)
def fit(text: str, width: int, right: bool = False) -> str:
    """Outside text as exactly `width` cells: cleaned, cut with `…`, padded at its right (or left, with `right`)."""
    line = cut(line_of(text), width)
    padding = " " * (max(width, 0) - (len(line) if line.isascii() else cell_len(line)))
    return padding + line if right else line + padding


def wrap(text: str, width: int) -> list[str]:
    """Safe `text` as lines of at most `width` cells, broken at spaces, and inside a word that is longer than a line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_paragraph(paragraph, max(width, 2)))
    return lines


def _wrap_paragraph(paragraph: str, width: int) -> list[str]:
    if cell_len(paragraph) <= width:
        return [paragraph.rstrip()]
    lines: list[str] = []
    current, used = "", 0
    for word in re.findall(r"\s*\S+", paragraph):
        cells = cell_len(word)
        if used + cells <= width:
            current, used = current + word, used + cells
            continue
        if current.strip():
            lines.append(current.rstrip())
        *whole, current = _chop(word.lstrip(), width)
        lines.extend(whole)
        used = cell_len(current)
    return [*lines, current.rstrip()]


def _chop(word: str, width: int) -> list[str]:
    """A word in pieces of at most `width` cells, never inside a character."""
    if cell_len(word) <= width:
        return [word]
    pieces: list[str] = []
    begun, used = 0, 0
    for start, _end, cells in split_graphemes(word)[0]:
        if used + cells > width:
            pieces.append(word[begun:start])
            begun, used = start, 0
        used += cells
    return [*pieces, word[begun:]]


def short_span(span: timedelta) -> str:
    """A length of time in at most four characters: `12s`, `5m`, `2h`, `3d`, `7w`, `2y`; never negative."""
    seconds = max(0, int(span.total_seconds()))
    for unit, size, limit in (("s", 1, 60), ("m", 60, 3600), ("h", 3600, 86400), ("d", 86400, 28 * 86400)):
        if seconds < limit:
            return f"{seconds // size}{unit}"
    days = seconds // 86400
    return f"{days // 7}w" if days < 365 else f"{days // 365}y"


def long_span(length: timedelta) -> str:
    """A length of time with its two largest units: `1h 10m`, `3d 4h`, `45s`."""
    seconds = max(0, int(length.total_seconds()))
    parts = (("d", seconds // 86400), ("h", seconds // 3600 % 24), ("m", seconds // 60 % 60))
    shown = [f"{count}{unit}" for unit, count in parts if count]
    return " ".join(shown[:2]) or f"{seconds}s"


def due(due_at: datetime, now: datetime) -> str:
    """`due in 1h 10m`, `overdue by 3d 4h`, or `due now`: the due instant itself isn't missed yet (behaviour 3.7)."""
    left = due_at - now
    if not left:
        return "due now"
    return f"due in {long_span(left)}" if left > timedelta(0) else f"overdue by {long_span(-left)}"


def instant(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """An instant in the desk's zone: `14:05` today, `20 Nov 14:02` this year, else `20 Nov 2024`."""
    local, today = at.astimezone(zone), now.astimezone(zone)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    if local.year == today.year:
        return f"{local.day} {local:%b %H:%M}"
    return f"{local.day} {local:%b %Y}"


def full_instant(at: datetime, zone: ZoneInfo) -> str:
    """An instant in the desk's zone, whole: `Thu 20 Nov 2025 14:02`."""
    local = at.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y %H:%M}"


def figure(value: float | None) -> str:
    """A score without needless decimals: `9`, `7.5`, or nothing."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) else f"{value:.1f}"


SCALES: dict[str, tuple[float, float]] = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7), "rating": (1, 5)}
"""Lowest and highest value of each kind of score."""


def score_word(score: float, kind: str | None) -> str:
    """What a score means (behaviour 5.5): `detractor`, `passive`, `promoter`, `positive`, `negative`, or nothing."""
    if kind == "nps":
        return "detractor" if score <= 6 else "passive" if score <= 8 else "promoter"
    if kind == "csat":
        return "positive" if score >= 4 else "negative"
    if kind == "ces":
        return "positive" if score >= 5 else "negative"
    return ""


def score_share(score: float, kind: str | None) -> float:
    """Where a score lies on its scale, 0 to 1; a value outside of the scale counts as its nearer end."""
    low, high = SCALES.get(kind or "", (0, 10))
    return min(1.0, max(0.0, (score - low) / (high - low)))


def score_bar(score: float, kind: str | None, cells: int = 10, *, plain: bool = False) -> tuple[str, str]:
    """The filled and the empty part of a bar of `cells` cells; every score but the lowest fills at least one."""
    share = score_share(score, kind)
    filled = min(cells, max(1 if share > 0 else 0, round(share * cells)))
    full, empty = ("#", ".") if plain else ("█", "·")
    return full * filled, empty * (cells - filled)


_STEPS = "▁▂▃▄▅▆▇█"


def sparkline(shares: Sequence[float | None], cells: int) -> str:
    """The last `cells` values, each 0 to 1, as a line of small bars; a gap where there is none."""
    last = shares[-cells:] if cells > 0 else ()
    return "".join(" " if share is None else _STEPS[min(7, int(share * 8))] for share in last)


def shares_of(values: Sequence[float | None]) -> list[float | None]:
    """Each value's place, 0 to 1, between the lowest and the highest; 0 is always among them."""
    known = [value for value in values if value is not None]
    low, high = min([0, *known]), max([0, *known])
    return [None if value is None else (value - low) / ((high - low) or 1) for value in values]
