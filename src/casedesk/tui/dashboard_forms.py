"""The forms of the dashboards: one of its own, a widget on it, whom it is shared with, which one to show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from casedesk.desk.values.dashboards import CHART, FIGURE, VIEW
from casedesk.domain.errors import InvalidInput
from casedesk.reports.grouping import groupings_of, period_of
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import (
    Choice,
    ChoiceField,
    FieldError,
    Form,
    MultiChoiceField,
    QueryField,
    TextField,
    Values,
    YesNoField,
)
from casedesk.tui.report_forms import grouping_title
from casedesk.tui.report_view import PERIODS

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Dashboard, DashboardWidget, View
    from casedesk.reports.dashboard import Offer

OWN: Final = "own"
WIDTHS: Final = (Choice(1, "A quarter"), Choice(2, "Half"), Choice(3, "Three quarters"), Choice(4, "Whole"))
_KINDS: Final = (
    Choice(FIGURE, "Figure", "one number of a report, with how it changed"),
    Choice(CHART, "Chart", "a chart of a report"),
    Choice(VIEW, "View", "the rows of a saved view"),
)


@dataclass(frozen=True, slots=True)
class WidgetSources:
    """What can stand on a dashboard: saved views, and what the reports offer."""

    views: Sequence[View]
    offers: Sequence[Offer]


@dataclass(frozen=True, slots=True)
class DashboardEntry:
    """A dashboard as it is entered."""

    name: str
    period: str
    query: str


def dashboard_form(desk: Desk, title: str, submit: str, *, name: str, period: str, query: str) -> Form[DashboardEntry]:
    """A dashboard's name, and what narrows all its widgets down: period and query."""
    now, zone = desk.now(), desk.zone

    def preview(text: str) -> str:
        try:
            return str(period_of("".join(text.split()).lower(), now, zone))
        except InvalidInput as error:
            return error.sentence

    def own(values: Values) -> bool:
        return values.get("period") == OWN

    def build(values: Values) -> DashboardEntry:
        word = values["own"] if own(values) else values["period"]
        try:
            period_of("".join(word.split()).lower(), now, zone)
        except InvalidInput as error:
            raise FieldError("own", error.sentence) from None
        return DashboardEntry(values["name"], word, values.get("query") or "")

    named = [Choice(word, said, str(period_of(word, now, zone))) for word, said in PERIODS.items()]
    return Form(
        title,
        (
            TextField(name="name", label="Name", initial=name, longest=100),
            ChoiceField(
                name="period", label="Period", initial=period if period in PERIODS else OWN,
                choices=[*named, Choice(OWN, "Other days …")],
            ),
            TextField(
                name="own", label="Days", when=own, initial="" if period in PERIODS else period, preview=preview,
                select=True,
                placeholder="last-14d, 2026-q4, 2026-01-01..2026-03-31",
            ),
            QueryField(
                name="query", label="Only what matches", required=False, initial=query, complete=desk.complete,
                check=desk.tickets.check, placeholder="campaign:Spring answer.plan:Gold",
            ),
        ),
        submit,
        build,
        known_as={"new_name": "name"},
    )  # fmt: skip


def widget_form(desk: Desk, sources: WidgetSources, widget: DashboardWidget | None) -> Form[dict[str, Any]]:
    """What a widget shows, its title and width. Its result is what `desk.dashboards.add_widget` takes.

    Raises InvalidInput when there is nothing that could be shown.
    """
    kinds = [
        kind
        for kind in _KINDS
        if (sources.views if kind.value == VIEW else sources.offers) and (widget is None or kind.value == widget.kind)
    ]
    if not kinds:
        raise InvalidInput("There is nothing to show: no saved view, and no report that you may see.")
    fixed = kinds[0].value if len(kinds) == 1 else None

    def kind_of(values: Values) -> str:
        return str(fixed or values.get("kind") or "")

    def build(values: Values) -> dict[str, Any]:
        kind = kind_of(values)
        shown = {name: values[name] for name in ("view", "report", "by") if values.get(name) is not None}
        if kind != VIEW:
            shown[kind] = values["shown"]
        more = {"query": values.get("query") or "", "title": values.get("title") or "", "width": values["width"]}
        return {"kind": kind, **shown, **more, "working": bool(values.get("working"))}

    choose_kind = (ChoiceField(name="kind", label="What", choices=kinds),) if fixed is None else ()
    return Form(
        "Add a widget" if widget is None else "Change the widget",
        (*choose_kind, *_shown_fields(sources, widget, kind_of), *_look_fields(desk, widget, kind_of)),
        "Add the widget" if widget is None else "Change the widget",
        build,
    )


def _shown_fields(
    sources: WidgetSources, widget: DashboardWidget | None, kind_of: Callable[[Values], str]
) -> tuple[ChoiceField, ...]:
    offers = {offer.report: offer for offer in sources.offers}
    views = [Choice(view.id, line_of(view.name, 60), view.scope) for view in sources.views]

    def of_report(values: Values) -> bool:
        return kind_of(values) in (FIGURE, CHART)

    def reports(values: Values) -> Sequence[Choice]:
        return [
            Choice(offer.report, offer.title) for offer in offers.values() if offer.charts or kind_of(values) == FIGURE
        ]

    def shown(values: Values) -> Sequence[Choice]:
        offer = offers.get(values.get("report") or "")
        if offer is None:
            return ()
        if kind_of(values) == CHART:
            return [Choice(title, title) for title in offer.charts]
        return [Choice(figure, title) for figure, title in offer.figures]

    def groupings(values: Values) -> Sequence[Choice]:
        report = values.get("report") or ""
        offered = groupings_of(report) if report in offers else ()
        kept = [widget.by] if widget is not None and widget.report == report and widget.by else []
        bys = dict.fromkeys((*offered, *kept))
        return [Choice("", "What suits the period"), *(Choice(by, grouping_title(by)) for by in bys)]

    return (
        ChoiceField(
            name="view", label="View", choices=views, initial=widget.view_id if widget else None, at_once=False,
            when=lambda values: kind_of(values) == VIEW,
        ),
        ChoiceField(
            name="report", label="Report", choices=reports, initial=widget.report if widget else None, when=of_report
        ),
        ChoiceField(
            name="shown", label="Figure or chart", choices=shown, at_once=False, when=of_report,
            initial=(widget.figure or widget.chart) if widget else None,
        ),
        ChoiceField(
            name="by", label="A line for each", choices=groupings, initial=widget.by if widget else "", at_once=False,
            required=False, when=lambda values: kind_of(values) == CHART,
        ),
    )  # fmt: skip


def _look_fields(
    desk: Desk, widget: DashboardWidget | None, kind_of: Callable[[Values], str]
) -> tuple[TextField | ChoiceField, ...]:
    return (
        QueryField(
            name="query", label="Only what matches", required=False, initial=widget.query if widget else "",
            complete=desk.complete, check=desk.tickets.check,
        ),
        TextField(
            name="title", label="Title", required=False, longest=100, initial=widget.title if widget else "",
            placeholder="what it shows",
        ),
        ChoiceField(name="width", label="Width", choices=WIDTHS, initial=widget.width if widget else 2),
        YesNoField(
            name="working", label="Open time by working hours", initial=widget.working if widget else False,
            when=lambda values: kind_of(values) != VIEW,
        ),
    )  # fmt: skip


def share_form(dashboard: Dashboard, users: Sequence[str], teams: Sequence[str]) -> Form[dict[str, tuple[str, ...]]]:
    """Whom a dashboard is shared with. Its result is what `desk.dashboards.change_shares` takes."""
    fields = []
    for name, label, known, ticked in (
        ("teams", "Teams", teams, dashboard.teams), ("users", "People", users, dashboard.users)
    ):  # fmt: skip
        offered = [Choice(each, line_of(each, 60)) for each in dict.fromkeys((*ticked, *known))]
        if offered:
            fields.append(MultiChoiceField(name=name, label=label, choices=offered, ticked=frozenset(ticked)))
    if not fields:
        raise InvalidInput("Nobody else works at this desk yet.")

    def build(values: Values) -> dict[str, tuple[str, ...]]:
        changes: dict[str, tuple[str, ...]] = {}
        for name in ("users", "teams"):
            if (ticks := values.get(name)) is not None:
                changes |= {name: ticks.added, f"without_{name}": ticks.removed}
        return changes

    return Form(f"Share “{line_of(dashboard.name, 60)}”", fields, "Share it so", build)


def choose_form(dashboards: Sequence[Dashboard], present: Dashboard | None) -> Form[int]:
    """Which dashboard to show; its result is the id. A retired one comes last, and is brought back by that."""

    def about(each: Dashboard) -> str:
        retired = "retired; showing it brings it back" if each.retired else ""
        whose = "" if each.mine else f"of {each.owner}"
        return " · ".join(filter(None, [whose, "opens first" if each.pinned else "", retired]))

    ordered = sorted(dashboards, key=lambda each: each.retired)
    choices = [Choice(each.id, line_of(each.name, 60), about(each)) for each in ordered]
    field = ChoiceField(name="id", label="Dashboard", choices=choices, initial=present.id if present else None)
    return Form("Show a dashboard", (field,), "Show it", lambda values: int(values["id"]))


def page_form(dashboard: Dashboard, folder: Path) -> Form[tuple[Path, bool]]:
    """Where to write the page to, and whether a file that is there is replaced."""
    name = "".join(each if each.isalnum() else "-" for each in dashboard.name)

    def path(values: Values) -> Path:
        return Path(values.get("path") or "").expanduser()

    def build(values: Values) -> tuple[Path, bool]:
        if path(values).is_dir():
            raise FieldError("path", "That is a folder; add a file name.")
        if values.get("replace") is False:
            raise FieldError("path", "Then name another file.")
        return path(values), values.get("replace") is True

    return Form(
        "Write the dashboard as a page",
        (
            TextField(name="path", label="File", initial=str(folder / f"{name}.html"), longest=4000),
            ChoiceField(
                name="replace", label="This file is there already", at_once=False, initial=False,
                choices=(Choice(False, "Keep it"), Choice(True, "Replace it")),
                when=lambda values: path(values).is_file(),
            ),
        ),
        "Write the file",
        build,
    )  # fmt: skip
