"""A report's figures in words, the same on the screen, on the command line and on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casedesk.reports.values import Figure

NOTHING = "–"
"""What stands where there was nothing to compute a figure from."""

_UNITS = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))


def value_text(unit: str, value: float | None) -> str:
    """A value by its definition's unit: `1,204`, `3d 4h`, `−12.5`, `85.3 %`, `4.25`; `–` for none."""
    if value is None:
        return NOTHING
    if unit == "seconds":
        return span_text(value)
    digits = {"count": 0 if value == int(value) else 2, "mean": 2}.get(unit, 1)
    text = f"{round(value, digits) + 0.0:,.{digits}f}".replace("-", "−")
    return f"{text} %" if unit == "percent" else text


def span_text(seconds: float) -> str:
    """A length of time in seconds by its two largest units: `1h 10m`, `3d 4h`, `45s`. A day has 24 hours here."""
    rest = round(abs(seconds))
    pieces = []
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        pieces.append((count, unit))
    first = next((at for at, (count, _) in enumerate(pieces) if count), len(pieces) - 1)
    text = " ".join(f"{count}{unit}" for count, unit in pieces[first : first + 2] if count) or "0s"
    return f"−{text}" if seconds < 0 and text != "0s" else text


def interval_text(figure: Figure) -> str:
    """Its 95 % interval: `−3.0 to 20.0`; empty for a figure without one."""
    if figure.low is None or figure.high is None:
        return ""
    unit = figure.definition.unit
    return f"{value_text(unit, figure.low)} to {value_text(unit, figure.high)}"


def change_text(figure: Figure) -> str:
    """How it differs from the period before: `before 12, up by 3`; empty where there is none.

    What may be chance isn't called a change (behaviour 8.3).
    """
    if figure.before is None:
        return ""
    unit = figure.definition.unit
    before = f"before {value_text(unit, figure.before)}"
    if figure.value is None:
        return before
    if figure.changed is False:
        return f"{before}, no change beyond chance"
    difference = figure.value - figure.before
    size = size_text(unit, difference)
    if size == size_text(unit, 0):
        return f"{before}, the same"
    return f"{before}, {'up' if difference > 0 else 'down'} by {size}"


def size_text(unit: str, difference: float) -> str:
    """How large a difference is, without its sign; that of two shares is in percentage points: `10.0 pp`."""
    return f"{abs(difference):.1f} pp" if unit == "percent" else value_text(unit, abs(difference))


def verdict(figure: Figure) -> str:
    """Whether its change is `better` or `worse`; empty where it is neither, or may be chance."""
    better = {"up": 1, "down": -1}.get(figure.definition.better)
    if better is None or figure.value is None or figure.before is None or figure.changed is False:
        return ""
    difference = figure.value - figure.before
    return "" if difference == 0 else "better" if difference * better > 0 else "worse"


def sample_text(figure: Figure) -> str:
    """What it was computed from: `n = 1,204 tickets`, `n = 12 replies, on 9 tickets`."""
    said = f"n = {_number_of(figure.n, figure.definition.of)}"
    return said if figure.tickets is None else f"{said}, on {_number_of(figure.tickets, 'tickets')}"


def _number_of(count: int, things: str) -> str:
    one = f"{things[:-3]}y" if things.endswith("ies") else things.removesuffix("s")
    return f"{count:,} {one if count == 1 else things}"
