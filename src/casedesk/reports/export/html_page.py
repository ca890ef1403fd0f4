"""Reports as one HTML page that needs nothing else: no script, no font, no picture from anywhere (X10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from math import ceil
from typing import TYPE_CHECKING, Any

from casedesk.domain.text_safety import visible_line
from casedesk.reports.definitions import Definition
from casedesk.reports.export.markup import stylesheet
from casedesk.reports.export.svg import inline_svg, subtitle
from casedesk.reports.values import Figure, Report
from casedesk.reports.wording import change_text, interval_text, sample_text, value_text, verdict

if TYPE_CHECKING:
    from jinja2 import Template

_MOST_COLUMNS = 10
_LONGEST_WORD = 16


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of tickets or responses on a page: the columns' titles, and each row's cells as texts."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def html_page(
    title: str, reports: Sequence[Report], *, listings: Sequence[Listing] = (), made_at: datetime | None = None
) -> str:
    """A page with the figures, charts, tables and, at the end, definitions of the reports; then the listings.

    `made_at` is said in the zone of the first report, or its own. Exact values stand in the `value` of each `<data>`,
    times in seconds.
    """
    if made_at is not None and reports:
        made_at = made_at.astimezone(reports[0].request.period.zone)
    return _template().render(
        title=title,
        reports=reports,
        listings=listings,
        definitions=_definitions(reports),
        made_at=f"{made_at:%Y-%m-%d %H:%M %Z}" if made_at is not None else "",
    )


def _definitions(reports: Sequence[Report]) -> list[tuple[str, Definition]]:
    """Each meaning once, under the titles of all figures that have it, in the order of their appearance."""
    titles: dict[str, list[str]] = {}
    found: dict[str, Definition] = {}
    for report in reports:
        for definition in (*(figure.definition for figure in report.totals), *report.columns):
            found.setdefault(definition.text, definition)
            named = titles.setdefault(definition.text, [])
            if definition.title not in named:
                named.append(definition.title)
    return [(_listed(titles[text]), definition) for text, definition in found.items()]


def _listed(titles: list[str]) -> str:
    return ", ".join(titles) if len(titles) < 4 else f"{titles[0]}, {titles[1]} … {titles[-1]}"


def _blocks(report: Report) -> list[list[Definition]]:
    """The columns in as many tables as it takes that none is too wide for a page of paper; none without any."""
    if not report.columns and not report.lines:
        return []
    count = max(1, ceil(len(report.columns) / _MOST_COLUMNS))
    size = ceil(len(report.columns) / count)
    return [list(report.columns[at : at + size]) for at in range(0, len(report.columns), size or 1)] or [[]]


def _at(figures: Sequence[Figure], definition: Definition) -> Figure | None:
    return next((figure for figure in figures if figure.id == definition.id), None)


def _summed(report: Report, columns: Sequence[Definition]) -> bool:
    """Whether any of the columns has a total."""
    return any(_at(report.totals, column) is not None for column in columns)


def _unbroken(title: str) -> bool:
    """Whether a word of a title is so long that it has to be broken somewhere."""
    return max(map(len, title.split()), default=0) > _LONGEST_WORD


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("casedesk.reports.export", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_cleaned,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        chart_style=Markup(stylesheet()),
        chart=lambda report, chart: Markup(inline_svg(report, chart)),
        subtitle=subtitle,
        value=_value,
        exact=_exact,
        interval=interval_text,
        change=change_text,
        verdict=verdict,
        sample=sample_text,
        at=_at,
        blocks=_blocks,
        unbroken=_unbroken,
        summed=_summed,
    )
    return environment.get_template("page.html.jinja")


def _cleaned(value: Any) -> Any:
    """Every text that the page shows, without what could reorder it or hide in it; markup of our own is left alone."""
    return visible_line(value) if type(value) is str else value


def _value(figure: Figure) -> str:
    return value_text(figure.definition.unit, figure.value)


def _exact(figure: Figure) -> str:
    """The value to its last digit."""
    value = figure.value
    return "" if value is None else repr(int(value) if value == int(value) else value)
