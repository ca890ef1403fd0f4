"""Shared dashboards in the set-up (S6 to S8): each is its owner's, and shared with people or teams.

What nobody else sees is no part of a set-up: dashboards that aren't shared, widgets that show a personal view, and
which dashboard opens first for whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casedesk import model
from casedesk.desk.dashboard_reading import read_dashboards
from casedesk.desk.list_entries import same
from casedesk.desk.set_up.part import Applying, Entry, Part
from casedesk.desk.set_up.removing import removed_if_unused, with_parts
from casedesk.desk.set_up.shape import Key, Table, a_flag, a_number, a_text, tables, texts, write_table
from casedesk.desk.values.dashboards import VIEW
from casedesk.domain.rights import VIEWS_SHARE

if TYPE_CHECKING:
    from casedesk.desk.dashboards import Dashboards
    from casedesk.desk.desk import Desk
    from casedesk.desk.values import Dashboard, DashboardWidget

_WIDGET_KEYS = (
    Key("kind", a_text),
    Key("title", a_text, ""),
    Key("width", a_number, 0),
    *(Key(name, a_text, "") for name in ("view", "report", "figure", "chart", "by", "query")),
    Key("working", a_flag, False),
)


class DashboardsPart(Part):
    """Dashboards that are shared, by owner and name."""

    key = "dashboards"
    one = "dashboard"
    right = VIEWS_SHARE
    about = "Of each user, what they share; a width is in quarters."
    named_by = ("owner", "name")
    keys = (
        Key("owner", a_text),
        Key("name", a_text),
        Key("period", a_text, "last-30d"),
        Key("query", a_text, ""),
        Key("users", texts, []),
        Key("teams", texts, []),
        Key("widgets", tables(_WIDGET_KEYS), [], lambda found: [write_table(each, _WIDGET_KEYS) for each in found]),
    )

    def identity(self, entry: Entry) -> str:
        return f"{entry.name} ({entry['owner']})"

    def read(self, desk: Desk) -> list[Entry]:
        shared = _shared_views(desk)
        found = [Entry(_values(each, shared)) for each in _all(desk) if each.shared]
        return sorted(found, key=lambda entry: (entry["owner"].casefold(), entry.name.casefold(), entry.name))

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        known = {(same(each.owner), same(each.name)): each for each in _all(to.desk, retired=True)}
        logins = {user.login.casefold(): user for user in to.desk.team.users()}
        shared = _shared_views(to.desk)
        for entry in wanted:
            owner = logins.get(entry["owner"].strip().casefold())
            if not entry["users"] and not entry["teams"]:
                to.mistakes.add(entry.place, "Nobody shares this dashboard: name users or teams.")
            elif owner is None:
                to.mistakes.add((*entry.place, "owner"), f"There is no user “{entry['owner']}”.")
            else:
                theirs = to.desk.on_behalf_of(owner).dashboards
                found = known.get((same(owner.login), same(entry.name)))
                _put(to, theirs, entry, found, shared)

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        known = self.by_name(wanted)
        logins = {user.login: user for user in to.desk.team.users()}
        shared = _shared_views(to.desk)
        for each in _all(to.desk):
            entry = Entry(_values(each, shared))
            if not each.shared or same(self.identity(entry)) in known:
                continue
            theirs = to.desk.on_behalf_of(logins[each.owner]).dashboards
            if not to.do((self.key,), theirs.retire, each.id):
                continue
            tables = (model.DashboardWidget, model.DashboardShare, model.DashboardPin)
            rows = with_parts(model.Dashboard, each.id, *((table, "dashboard_id") for table in tables))
            to.gone(self, entry, removed_if_unused(to.desk, self.one, each.name, rows, right=self.right))


def _put(to: Applying, theirs: Dashboards, entry: Entry, found: Dashboard | None, shared: frozenset[int]) -> None:
    name, period, query = entry.name, entry["period"], entry["query"]
    if found is not None and found.retired:
        to.do(entry.place, theirs.restore, found.id)
    if found is None:
        if not to.do(entry.place, theirs.make, name, period=period, query=query):
            return
    elif (found.name, found.period, found.query) != (name, period, query):
        to.do(entry.place, theirs.change, found.id, new_name=name, period=period, query=query)
    dashboard = theirs.show(name if found is None else found.id)
    _put_widgets(to, theirs, entry, dashboard, shared)
    users, teams = frozenset(dashboard.users), frozenset(dashboard.teams)
    wanted_users, wanted_teams = frozenset(entry["users"]), frozenset(entry["teams"])
    if (users, teams) != (wanted_users, wanted_teams):
        to.do(
            entry.place,
            theirs.change_shares,
            dashboard.id,
            users=sorted(wanted_users - users),
            teams=sorted(wanted_teams - teams),
            without_users=sorted(users - wanted_users),
            without_teams=sorted(teams - wanted_teams),
        )


def _put_widgets(to: Applying, theirs: Dashboards, entry: Entry, dashboard: Dashboard, shared: frozenset[int]) -> None:
    """Keep the widgets up to the first that differs, and put the rest anew behind them."""
    there = [widget for widget in dashboard.widgets if _is_shared(widget, shared)]
    wanted = entry["widgets"]
    kept = 0
    while kept < min(len(there), len(wanted)) and _widget(there[kept]) == _complete(wanted[kept]):
        kept += 1
    for widget in reversed(there[kept:]):
        to.do(entry.place, theirs.remove_widget, dashboard.id, widget.place)
    for at, table in enumerate(wanted[kept:], kept):
        place = (*entry.place, "widgets", at)
        view = _view_named(to.desk, table["view"]) if table["kind"] == VIEW else ""
        if table["kind"] == VIEW and table["view"] and not view:
            to.mistakes.add((*place, "view"), f"There is no shared view “{table['view']}”.")
            continue
        to.do(place, theirs.add_widget, dashboard.id, **{**table, "view": view})


def _all(desk: Desk, *, retired: bool = False) -> list[Dashboard]:
    """Everybody's dashboards that are offered; with `retired`, all that there ever were."""
    found: list[Dashboard] = []
    for user in desk.team.users():
        found += [each for each in read_dashboards(desk.store.reader(), user.id, retired=retired) if each.mine]
    return found


def _shared_views(desk: Desk) -> frozenset[int]:
    return frozenset(view.id for view in desk.views.list() if view.shared)


def _view_named(desk: Desk, name: str) -> int | str:
    return next((view.id for view in desk.views.list() if view.shared and same(view.name) == same(name)), "")


def _is_shared(widget: DashboardWidget, shared: frozenset[int]) -> bool:
    return widget.kind != VIEW or widget.view_id in shared


def _values(dashboard: Dashboard, shared: frozenset[int]) -> Table:
    values: dict[str, Any] = {field: getattr(dashboard, field) for field in ("owner", "name", "period", "query")}
    widgets = [_widget(widget) for widget in dashboard.widgets if _is_shared(widget, shared)]
    return values | {"users": list(dashboard.users), "teams": list(dashboard.teams), "widgets": widgets}


def _widget(widget: DashboardWidget) -> Table:
    return {key.name: getattr(widget, key.name) for key in _WIDGET_KEYS}


def _complete(table: Table) -> Table:
    """A widget of the file with the width that it gets."""
    return table | {"width": table["width"] or (1 if table["kind"] == "figure" else 2)}
