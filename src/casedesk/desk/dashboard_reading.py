"""Reading dashboards: those that a user sees, each with its widgets and whom it is shared with (S6, S8)."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from casedesk.desk.home import SEEN, pinned_dashboard
from casedesk.desk.values.dashboards import Dashboard, DashboardWidget

if TYPE_CHECKING:
    from casedesk.store.reader import Reader, Row

_DASHBOARDS = f"""
    SELECT d.id, d.name, u.login, d.owner_id = ?1, d.period, d.query, d.retired
    FROM dashboard d JOIN user u ON u.id = d.owner_id
    WHERE {SEEN} ORDER BY d.owner_id <> ?1, d.name COLLATE NOCASE, d.id"""

_WIDGETS = """
    SELECT w.dashboard_id, w.id, w.kind, w.title, w.width, w.options, v.name
    FROM json_each(?) d JOIN dashboard_widget w ON w.dashboard_id = d.value
    LEFT JOIN view v ON v.id = w.options ->> 'view_id'
    ORDER BY w.position, w.id"""

_SHARES = """
    SELECT s.dashboard_id, u.login, t.name
    FROM json_each(?) d JOIN dashboard_share s ON s.dashboard_id = d.value
    LEFT JOIN user u ON u.id = s.user_id LEFT JOIN team t ON t.id = s.team_id
    ORDER BY u.login, t.name COLLATE NOCASE"""


def read_dashboards(reader: Reader, user_id: int, *, retired: bool = False) -> list[Dashboard]:
    """What the user sees: their own by name, then those of others. With `retired`, also what isn't offered any more."""
    rows = [row for row in reader.rows(_DASHBOARDS, (user_id,)) if retired or not row[6]]
    wanted = (json.dumps([row[0] for row in rows]),)
    widgets: defaultdict[int, list[DashboardWidget]] = defaultdict(list)
    for row in reader.rows(_WIDGETS, wanted):
        widgets[row[0]].append(_widget(row, len(widgets[row[0]]) + 1))
    users: defaultdict[int, list[str]] = defaultdict(list)
    teams: defaultdict[int, list[str]] = defaultdict(list)
    for dashboard, login, team in reader.rows(_SHARES, wanted):
        (users if team is None else teams)[dashboard].append(login if team is None else team)
    pinned = pinned_dashboard(reader, user_id)
    return [
        Dashboard(
            id=id_,
            name=name,
            owner=owner,
            mine=bool(mine),
            period=period,
            query=query,
            widgets=tuple(widgets[id_]),
            users=tuple(users[id_]),
            teams=tuple(teams[id_]),
            pinned=id_ == pinned,
            retired=bool(is_retired),
        )
        for id_, name, owner, mine, period, query, is_retired in rows
    ]


def _widget(row: Row, place: int) -> DashboardWidget:
    _, id_, kind, title, width, kept, view = row
    options = json.loads(kept)
    return DashboardWidget(
        id=id_,
        place=place,
        kind=kind,
        title=title,
        width=width,
        view=view or options.get("view", ""),
        view_id=options.get("view_id", 0),
        report=options.get("report", ""),
        figure=options.get("figure", ""),
        chart=options.get("chart", ""),
        by=options.get("by", ""),
        query=options.get("query", ""),
        working=options.get("working", False),
    )
