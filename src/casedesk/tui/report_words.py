"""Reports in few words, for the little room of a screen. Values are worded as everywhere (`reports.wording`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casedesk.reports.wording import value_text, verdict

if TYPE_CHECKING:
    from casedesk.reports.values import Figure, Request

TITLES: Final = {
    "tickets": "Tickets", "cases": "Cases", "sla": "Service levels",
    "feedback": "Feedback", "causes": "Causes", "people": "People",
}  # fmt: skip
"""The reports' titles, in the order of their tabs; others come behind, by their own names."""


def report_title(report: str) -> str:
    """What a report is called."""
    return TITLES.get(report, report.replace("_", " ").capitalize())


def change_said(figure: Figure, *, plain: bool = False, room: int = 80) -> tuple[str, str]:
    """How a figure differs from the period before, and the role it is drawn in: `▲ +12 more`, `▼ −3h better`.

    What may be chance isn't called a change (behaviour 8.3): that is said even where `room` is too small for how
    large it is. Nothing where there is none to compare with.
    """
    if figure.before is None or figure.value is None:
        return "", "muted"
    unit, difference = figure.definition.unit, figure.value - figure.before
    points = unit == "percent"  # 40 % after 50 % is 10 percentage points less, and not 10 % less
    size = f"{value_text('points', abs(difference))} pp" if points else value_text(unit, abs(difference))
    if size in (value_text(unit, 0), "0.0 pp"):
        return ("same" if plain else "= same"), "muted"
    signed = f"{'+' if difference > 0 else '−'}{size}"
    if figure.changed is False:
        said = f"{signed}, no change" if plain else f"≈ {signed} no change"
        return (said if len(said) <= room else "no change" if plain else "≈ no change"), "muted"
    judged = verdict(figure)
    word = judged or ("more" if difference > 0 else "less")
    arrow = "" if plain else "▲ " if difference > 0 else "▼ "
    return f"{arrow}{signed} {word}", {"better": "good", "worse": "bad"}.get(judged, "text")


def period_said(request: Request) -> str:
    """`2026-10-24 – 2026-11-22 · by day · calendar time`."""
    time = "working time" if request.working else "calendar time"
    return f"{request.period} · by {request.by.replace('_', ' ')} · {time}"
