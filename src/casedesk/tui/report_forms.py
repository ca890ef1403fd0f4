"""The forms of the report screen: the period, what to group by, and a file to write to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from casedesk.domain.errors import InvalidInput
from casedesk.reports.frame import GROUPINGS
from casedesk.reports.grouping import period_of
from casedesk.reports.period import Period, between
from casedesk.tui.forms import Choice, ChoiceField, FieldError, Form, TextField, Values
from casedesk.tui.report_view import PERIODS
from casedesk.tui.report_words import report_title

if TYPE_CHECKING:
    from casedesk.reports import Report

OWN: Final = "own"


def period_form(now: datetime, zone: ZoneInfo, present: Period) -> Form[Period]:
    """One of the periods with a name, or any days. Its result is the period."""

    def preview(text: str) -> str:
        try:
            return str(between(text, text, now, zone))
        except InvalidInput as error:
            return error.sentence

    def build(values: Values) -> Period:
        name = values["period"]
        if name != OWN:
            return period_of(name, now, zone)
        for field in ("first", "last"):
            try:
                between(values[field], values[field], now, zone)
            except InvalidInput as error:
                raise FieldError(field, error.sentence) from None
        try:
            return between(values["first"], values["last"], now, zone)
        except InvalidInput as error:
            raise FieldError("last", error.sentence) from None

    offered = {name: period_of(name, now, zone) for name in PERIODS}
    named = [Choice(name, title, str(offered[name])) for name, title in PERIODS.items()]
    initial = next((name for name, period in offered.items() if period == present), OWN)

    def own(values: Values) -> bool:
        return values.get("period") == OWN

    return Form(
        "Period",
        (
            ChoiceField(name="period", label="Which", initial=initial, choices=[*named, Choice(OWN, "Other days …")]),
            TextField(
                name="first", label="From", when=own, initial=str(present.first), preview=preview, select=True,
                placeholder="2026-11-01, 2026-11, 2026-q4, last-month",
            ),
            TextField(
                name="last", label="To, included", when=own, initial=str(present.last), preview=preview, select=True,
            ),
        ),
        "Show the period",
        build,
    )  # fmt: skip


def grouping_title(by: str) -> str:
    """What a line is, where a report is grouped so: a day, or the field's title."""
    grouping = GROUPINGS.get(by)
    return grouping.title if grouping else by.replace("_", " ").capitalize()


def group_form(report: str, present: str, offered: Sequence[str]) -> Form[str]:
    """What the lines of a report stand for."""

    choices = [Choice(by, grouping_title(by)) for by in offered]
    field = ChoiceField(name="by", label="A line for each", initial=present, choices=choices)
    return Form(f"{report_title(report)} by", (field,), "Group", lambda values: str(values["by"]))


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be written: csv, html, json or svg."""

    format: str
    path: Path
    replace: bool


FORMATS: Final = {
    "html": "one page with charts and table, for people",
    "csv": "the table, for a spreadsheet",
    "json": "figures and lines, for programs",
    "svg": "the charts, as one picture",
}


def export_form(report: Report, folder: Path) -> Form[Export]:
    """Which format, and where to. A file that is there already is replaced only when that is said."""
    name = f"{report.request.report}-{report.request.period.first}--{report.request.period.last}"
    offered = [each for each in FORMATS if each != "svg" or report.charts]

    def path(values: Values) -> Path:
        return Path(values.get(f"path-{values.get('format')}") or "").expanduser()

    def finish(values: Values) -> Export:
        if path(values).is_dir():
            raise FieldError(f"path-{values['format']}", "That is a folder; add a file name.")
        if values.get("replace") is False:
            raise FieldError(f"path-{values['format']}", "Then name another file.")
        return Export(values["format"], path(values), values.get("replace") is True)

    fields = (
        ChoiceField(
            name="format", label="Format", initial="html",
            choices=[Choice(each, each.upper(), FORMATS[each]) for each in offered],
        ),
        *(_path_field(each, folder / f"{name}.{each}") for each in offered),
        ChoiceField(
            name="replace", label="This file is there already", at_once=False, initial=False,
            choices=(Choice(False, "Keep it"), Choice(True, "Replace it")), when=lambda values: path(values).is_file(),
        ),
    )  # fmt: skip
    return Form(f"Export {report_title(report.request.report)}", fields, "Write the file", finish)


def _path_field(format_: str, proposed: Path) -> TextField:
    def asked(values: Values) -> bool:
        return values.get("format") == format_

    return TextField(name=f"path-{format_}", label="File", initial=str(proposed), longest=4000, when=asked)
