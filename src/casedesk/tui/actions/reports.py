"""What can be done in the reports."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from casedesk.domain import rights
from casedesk.tui.actions.action import REPORTS, Action

_REPORTS: Final = (
    ("tickets", "Tickets", "See what opened and closed, day by day."),
    ("cases", "Cases", "See what opened and closed by campaign, owner or another field."),
    ("sla", "Service levels", "See what was kept and missed."),
    ("feedback", "Feedback", "See the responses and their scores."),
    ("causes", "Causes", "See the classifications of what was closed."),
    ("people", "People", "See who has and did what."),
)
REPORT_IDS: Final = tuple(name for name, _title, _summary in _REPORTS)
"""The reports that have a key; any others are reached by going on from these."""


def _report(place: int, name: str, title: str, summary: str) -> Action:
    shown = _reports(name, title, (str(place),), summary)
    return replace(shown, by="report")


def _reports(name: str, title: str, keys: tuple[str, ...], summary: str, short: str = "") -> Action:
    return Action(f"reports.{name}", title, keys, REPORTS, summary, ("reports",), short, right=rights.REPORTS_VIEW)


ACTIONS: Final = (
    *(_report(place, *named) for place, named in enumerate(_REPORTS, 1)),
    _reports("previous", "Report before", ("[",), "Show the report before."),
    _reports("next", "Next report", ("]",), "Show the next report."),
    _reports("earlier", "Period before", ("<",), "Show the period before.", "earlier"),
    _reports("later", "Next period", (">",), "Show the period after.", "later"),
    _reports("period", "Period", ("p",), "Choose the days that are looked at.", "period"),
    _reports("group", "Group by", ("b",), "Choose days, weeks, months or a field for the lines.", "group"),
    _reports("compare", "Compare", ("c",), "Set the period before beside it, or not.", "compare"),
    _reports("time", "Working time", ("t",), "Count open time in calendar time, or in working time.", "time"),
    _reports("filter", "Narrow down", ("/",), "Type a query; only its tickets are counted.", "filter"),
    _reports("view", "Charts", ("v",), "Show the next chart large, then the table again.", "charts"),
    _reports("open", "Show what was counted", ("enter",), "List the tickets behind the figure.", "rows"),
    _reports("define", "What it means", ("w",), "Show what the figure means and how it was counted.", "meaning"),
    _reports("export", "Export", ("e",), "Write the report to a file: CSV, JSON, HTML or SVG.", "export"),
    _reports("left", "Column before", ("left", "h"), "Go to the figure at the left."),
    _reports("right", "Next column", ("right", "l"), "Go to the figure at the right."),
    _reports("pane", "Other pane", ("tab", "shift+tab"), "Go to the totals, or to the table."),
    _reports("reload", "Count again", ("R",), "Make the report again."),
    _reports("back", "Back", ("q", "escape"), "Go back to the tickets.", "back"),
)  # fmt: skip
