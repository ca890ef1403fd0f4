"""The rows in which dashboards are kept, and what can be written into them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from casedesk import model
from casedesk.desk.values.dashboards import CHART, FIGURE, KINDS, VIEW, WIDEST, Dashboard
from casedesk.domain.errors import Conflict, InvalidInput, NotFound
from casedesk.domain.query.moments import Context, parse_date, span_of

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from sqlmodel import Session

    from casedesk.desk.recording import Recorder

MOST_WIDGETS = 24
"""Widgets on one dashboard: each of them is read again after every change."""


def dashboard_row(session: Session, dashboard: Dashboard) -> model.Dashboard:
    """The dashboard's row. Raises NotFound."""
    row = session.get(model.Dashboard, dashboard.id)
    if row is None:
        raise NotFound(f"The dashboard “{dashboard.name}” is gone.")
    return row


def widget_rows(session: Session, dashboard_id: int) -> list[model.DashboardWidget]:
    """The widgets of a dashboard in their order."""
    from sqlmodel import col, select

    wanted = select(model.DashboardWidget).where(model.DashboardWidget.dashboard_id == dashboard_id)
    return [*session.exec(wanted.order_by(col(model.DashboardWidget.position), col(model.DashboardWidget.id))).all()]


def put_at(recorder: Recorder, rows: Iterable[model.DashboardWidget], row: model.DashboardWidget, place: int) -> None:
    """Put a widget among the others, at a place from 1 on."""
    others = [each for each in rows if each.id != row.id]
    others.insert(max(0, min(place - 1, len(others))), row)
    for position, each in enumerate(others, 1):
        recorder.set(each, "position", position)


def share_rows(session: Session, dashboard_id: int) -> Sequence[model.DashboardShare]:
    """Whom a dashboard is shared with."""
    from sqlmodel import select

    return session.exec(select(model.DashboardShare).where(model.DashboardShare.dashboard_id == dashboard_id)).all()


def pin_row(session: Session, user_id: int) -> model.DashboardPin | None:
    """What the user has pinned."""
    from sqlmodel import select

    return session.exec(select(model.DashboardPin).where(model.DashboardPin.user_id == user_id)).first()


def dashboards_of(session: Session, owner_id: int) -> Sequence[model.Dashboard]:
    """Every dashboard of one user, retired ones included."""
    from sqlmodel import select

    return session.exec(select(model.Dashboard).where(model.Dashboard.owner_id == owner_id)).all()


def check_free(rows: Iterable[model.Dashboard], name: str) -> None:
    """Raise InvalidInput when one of these dashboards has the name, in any case."""
    for row in rows:
        if row.name.casefold() == name.casefold():
            retired = " among the retired ones" if row.retired else ""
            raise InvalidInput(f"There is a dashboard of yours “{row.name}” already{retired}.")


def check_dashboards(session: Session) -> None:
    """Raise Conflict when two dashboards of one user would have one name: for acts that are taken back."""
    from sqlmodel import select

    seen: set[tuple[int, str]] = set()
    for row in session.exec(select(model.Dashboard)).all():
        key = (row.owner_id, row.name.casefold())
        if key in seen:
            raise Conflict(f"There is another dashboard “{row.name}” by now; rename it first.")
        seen.add(key)


def a_kind(kind: str) -> str:
    """The kind of a widget. Raises InvalidInput."""
    if kind not in KINDS:
        raise InvalidInput(f"A widget is a view, a figure or a chart, not “{kind}”.")
    return kind


def a_width(width: int) -> int:
    """The width of a widget in quarters. Raises InvalidInput."""
    if not 1 <= width <= WIDEST:
        raise InvalidInput(f"A widget is 1 to {WIDEST} quarters wide.")
    return width


def a_period(text: str, now: datetime, zone: ZoneInfo) -> str:
    """A period of whole days: a date of the query language, or two with `..` between. Raises InvalidInput."""
    period = "".join(text.split()).lower()
    first, _, last = period.partition("..")
    spans = []
    for name in (first, last or first):
        date = parse_date(name)
        if date is None:
            raise InvalidInput(f"“{text}” is no period; write last-30d, this-month, 2026-q4 or 2026-01-01..2026-03-31.")
        spans.append(span_of(date, Context(now, zone, "")))
    if spans[1][1] <= spans[0][0]:
        raise InvalidInput(f"The period {first}..{last} ends before it begins.")
    return period


def checked_options(kind: str, options: dict[str, Any]) -> dict[str, Any]:
    """What a widget of the kind keeps, and nothing else. Raises InvalidInput when it doesn't say what it shows."""
    needed = {VIEW: ("view_id", "view"), FIGURE: ("report", "figure"), CHART: ("report", "chart")}[kind]
    for name in needed:
        if not options.get(name):
            raise InvalidInput(f"A {kind} needs {'a view' if kind == VIEW else f'a report and a {kind}'} to show.")
    kept = (*needed, "query") if kind == VIEW else (*needed, "by", "query", "working")
    return {name: options[name] for name in kept if options.get(name)}
