"""Reading dashboards: those that a user sees, each with its widgets and whom it is shared with (S6, S8)."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from casedesk.desk.home import SEEN, pinned_dashboard
from casedesk.desk.matching import did_you_mean
from casedesk.desk.values.dashboards import VIEW, Dashboard, DashboardWidget
from casedesk.domain import rights
from casedesk.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
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


Which = str | int | Dashboard
"""A dashboard by its name, the user's own before one shared with them; by its id; or as it was read before."""


class DashboardReading:
    """The reading half of `desk.dashboards`: which there are, and what the user may do with one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self, *, retired: bool = False) -> list[Dashboard]:
        """The user's own dashboards by name, then those shared with them; with `retired`, all that there ever were."""
        self._desk.require(rights.TICKETS_VIEW)
        return read_dashboards(self._desk.store.reader(), self._desk.user.id, retired=retired)

    def show(self, which: Which) -> Dashboard:
        """The dashboard, also a retired one. Raises NotFound with the nearest names."""
        every = self.list(retired=True)
        if isinstance(which, Dashboard | int):
            wanted_id = which if isinstance(which, int) else which.id
            found = next((each for each in every if each.id == wanted_id), None)
            if found is None:
                named = f"“{which.name}” " if isinstance(which, Dashboard) else ""
                raise NotFound(f"The dashboard {named}is gone, or is no longer shared with you.")
            return found
        wanted = " ".join(which.split()).casefold()
        for each in sorted(every, key=lambda each: each.retired):
            if each.name.casefold() == wanted:
                return each
        known = [each.name for each in every if not each.retired]
        hint = did_you_mean(which, known, f"there is {', '.join(known) or 'none yet'}.")
        raise NotFound(f"There is no dashboard “{which}”; {hint}")

    def pinned(self) -> Dashboard | None:
        """The dashboard that opens first for the user (S7)."""
        self._desk.require(rights.TICKETS_VIEW)
        pinned = pinned_dashboard(self._desk.store.reader(), self._desk.user.id)
        return None if pinned is None else self.show(pinned)

    def check_actions(self, which: Which, place: int) -> None:
        """Raise NotPermitted, with the reason, where actions may not be started from a widget.

        They may from a view that allows them, on the dashboard that the user has pinned (S5, S7).
        """
        dashboard = self.show(which)
        widget = dashboard.widget(place)
        if widget.kind != VIEW:
            raise NotPermitted(f"Actions start from a row of a view; this widget is a {widget.kind}.")
        if not dashboard.pinned:
            raise NotPermitted("Actions start from a pinned dashboard or from the ticket list; pin this one first.")
        if not self._desk.views.show(widget.view_id).allow_actions:
            raise NotPermitted(f"The view “{widget.view}” doesn't allow actions; whoever changes it can allow them.")

    def _changeable(self, which: Which, *, retired: bool = False) -> Dashboard:
        dashboard = self.show(which)
        if not dashboard.mine and not self._desk.can(rights.CONFIGURE):
            raise NotPermitted(f"The dashboard “{dashboard.name}” belongs to {dashboard.owner}; copy it to change it.")
        if isinstance(which, Dashboard) and _what(dashboard) != _what(which):
            raise Conflict(f"The dashboard “{which.name}” has changed since you saw it.")
        if dashboard.retired and not retired:
            raise InvalidInput(f"The dashboard “{dashboard.name}” is retired; bring it back first.")
        return dashboard


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


def _what(dashboard: Dashboard) -> tuple[object, ...]:
    """What a change of the dashboard would overwrite."""
    return dashboard.name, dashboard.period, dashboard.query, dashboard.widgets, dashboard.retired
