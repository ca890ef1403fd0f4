"""Dashboards: views, figures and charts side by side, for oneself or shared with people and teams (S6 to S8)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from casedesk import model
from casedesk.desk import dashboard_records as records
from casedesk.desk.dashboard_reading import read_dashboards
from casedesk.desk.home import pinned_dashboard
from casedesk.desk.matching import closest
from casedesk.desk.naming import a_name, free_name
from casedesk.desk.recording import Recorder
from casedesk.desk.values import Outcome
from casedesk.desk.values.dashboards import VIEW, Dashboard, DashboardWidget
from casedesk.domain import rights
from casedesk.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, Unchanged

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk

Which = str | int | Dashboard
"""A dashboard by its name, the user's own before one shared with them; by its id; or as it was read before."""

USUAL_PERIOD = "last-30d"


class Dashboards:
    """`desk.dashboards`: the user's own dashboards, and those shared with them or a team of theirs.

    A dashboard is changed by its owner, and by who may change the set-up; others can copy it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # -- reading ------------------------------------------------------------------------------------------------

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
        near = closest(which, known)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there is {', '.join(known) or 'none yet'}."
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

    # -- dashboards ---------------------------------------------------------------------------------------------

    def make(self, name: str, *, period: str = USUAL_PERIOD, query: str = "") -> Outcome:
        """Make an empty dashboard of the user's own.

        Raises InvalidInput for a name that is taken, and for what is no period or no query.
        """
        self._desk.require(rights.VIEWS_OWN)
        name, period = a_name("A dashboard", name), self._period(period)
        self._desk.queries.check(query)

        def change(recorder: Recorder) -> str:
            self._add(recorder, name, period, query.strip())
            return f"dashboard “{name}” made"

        return self._desk.acts.once("make dashboard", change, right=rights.VIEWS_OWN)

    def change(
        self, which: Which, *, new_name: str | None = None, period: str | None = None, query: str | None = None
    ) -> Outcome:
        """Change what is given. Raises Unchanged when nothing would differ, Conflict when somebody changed it since."""
        self._desk.require(rights.VIEWS_OWN)
        dashboard = self._changeable(which)
        values: dict[str, str] = {}
        if new_name is not None:
            values["name"] = a_name("A dashboard", new_name)
        if period is not None:
            values["period"] = self._period(period)
        if query is not None:
            self._desk.queries.check(query)
            values["query"] = query.strip()

        def change(recorder: Recorder) -> str:
            row = records.dashboard_row(recorder.session, dashboard)
            others = [each for each in records.dashboards_of(recorder.session, row.owner_id) if each.id != row.id]
            records.check_free(others, values.get("name", row.name))
            for field, value in values.items():
                recorder.set(row, field, value, kind="dashboard", texts=(getattr(row, field), value))
            if not recorder.lines:
                raise Unchanged(f"The dashboard “{dashboard.name}” is so already.")
            return f"dashboard “{dashboard.name}” changed"

        return self._desk.acts.once("change dashboard", change, right=rights.VIEWS_OWN)

    def copy(self, which: Which, new_name: str | None = None) -> Outcome:
        """Make a dashboard of the user's own like this one, under a name of its own or a free one made of this one's.

        It is shared with nobody.
        """
        self._desk.require(rights.VIEWS_OWN)
        dashboard = self.show(which)
        if new_name is not None:
            new_name = a_name("A dashboard", new_name)

        def change(recorder: Recorder) -> str:
            mine = records.dashboards_of(recorder.session, self._desk.user.id)
            name = new_name or free_name(dashboard.name, {each.name.casefold() for each in mine})
            row = self._add(recorder, name, dashboard.period, dashboard.query)
            for widget in records.widget_rows(recorder.session, dashboard.id):
                kept = widget.model_dump(exclude={"id"}) | {"dashboard_id": row.id}
                recorder.add(model.DashboardWidget(**kept), kind="widget", text=widget.title or widget.kind)
            return f"dashboard “{name}” made like “{dashboard.name}”"

        return self._desk.acts.once("copy dashboard", change, right=rights.VIEWS_OWN)

    def retire(self, which: Which) -> Outcome:
        """Offer the dashboard no longer to anybody; it opens for nobody."""
        return self._set_retired(which, retired=True)

    def restore(self, which: Which) -> Outcome:
        """Offer it again, to those that it is shared with, and first to those who had pinned it."""
        return self._set_retired(which, retired=False)

    def _set_retired(self, which: Which, *, retired: bool) -> Outcome:
        dashboard = self._changeable(which, retired=True)
        self._desk.require(rights.VIEWS_OWN)

        def change(recorder: Recorder) -> str:
            row = records.dashboard_row(recorder.session, dashboard)
            texts = ("retired", "offered") if row.retired else ("offered", "retired")
            if not recorder.set(row, "retired", retired, kind="dashboard", texts=texts):
                raise Unchanged(f"The dashboard “{dashboard.name}” is {'retired' if retired else 'offered'} already.")
            return f"dashboard “{dashboard.name}” {'retired' if retired else 'brought back'}"

        name = "retire dashboard" if retired else "restore dashboard"
        return self._desk.acts.once(name, change, right=rights.VIEWS_OWN)

    # -- widgets ------------------------------------------------------------------------------------------------

    def add_widget(
        self,
        which: Which,
        kind: str,
        *,
        view: str | int = "",
        report: str = "",
        figure: str = "",
        chart: str = "",
        by: str = "",
        query: str = "",
        working: bool = False,
        title: str = "",
        width: int = 0,
        place: int | None = None,
    ) -> Outcome:
        """Put a view, figure or chart on the dashboard, at a place from 1 on or at its end.

        Whether the report has the figure or chart is for the reports to say (`reports.dashboard.check_widget`). Without
        a width a figure takes a quarter, the others half. Raises InvalidInput, and NotFound for a view.
        """
        self._desk.require(rights.VIEWS_OWN)
        dashboard, kind = self._changeable(which), records.a_kind(kind)
        given = {"report": report, "figure": figure, "chart": chart, "by": by, "query": query, "working": working}
        options = self._options(kind, {}, {**given, "view": view})
        row = model.DashboardWidget(
            dashboard_id=dashboard.id,
            kind=kind,
            title=_a_title(title),
            options=options,
            width=records.a_width(width or (1 if kind == "figure" else 2)),
        )
        named = row.title or _shown(options)

        def change(recorder: Recorder) -> str:
            rows = records.widget_rows(recorder.session, dashboard.id)
            if len(rows) >= records.MOST_WIDGETS:
                raise InvalidInput(f"A dashboard has at most {records.MOST_WIDGETS} widgets.")
            row.position = max((each.position for each in rows), default=0) + 1
            recorder.add(row, kind="widget", text=named)
            if place is not None:
                records.put_at(recorder, rows, row, place)
            return f"{kind} “{named}” added to the dashboard “{dashboard.name}”"

        return self._desk.acts.once("add widget", change, right=rights.VIEWS_OWN)

    def change_widget(self, which: Which, place: int, **changes: Any) -> Outcome:
        """Change what is given of the widget at a place: `title`, `width` and what `add_widget` takes but its kind."""
        self._desk.require(rights.VIEWS_OWN)
        dashboard = self._changeable(which)
        widget = dashboard.widget(place)

        def change(recorder: Recorder) -> str:
            row = self._widget_row(recorder, dashboard, widget)
            given = {name: value for name, value in changes.items() if value is not None}
            if "title" in given:
                title = _a_title(given.pop("title"))
                recorder.set(row, "title", title, kind="widget", texts=(row.title, title))
            if "width" in given:
                width = records.a_width(given.pop("width"))
                recorder.set(row, "width", width, kind="widget", texts=(f"{row.width}/4", f"{width}/4"))
            if given:
                options = self._options(row.kind, row.options, given)
                recorder.set(row, "options", options, kind="widget", texts=(_shown(row.options), _shown(options)))
            if not recorder.lines:
                raise Unchanged("The widget is so already.")
            return f"“{row.title or _shown(row.options)}” changed on the dashboard “{dashboard.name}”"

        return self._desk.acts.once("change widget", change, right=rights.VIEWS_OWN)

    def move_widget(self, which: Which, place: int, to: int) -> Outcome:
        """Put the widget at a place to another place."""
        self._desk.require(rights.VIEWS_OWN)
        dashboard = self._changeable(which)
        widget = dashboard.widget(place)

        def change(recorder: Recorder) -> str:
            row = self._widget_row(recorder, dashboard, widget)
            records.put_at(recorder, records.widget_rows(recorder.session, dashboard.id), row, to)
            if not recorder.lines:
                raise Unchanged("The widget is at that place already.")
            return f"“{row.title or _shown(row.options)}” moved on the dashboard “{dashboard.name}”"

        return self._desk.acts.once("move widget", change, right=rights.VIEWS_OWN)

    def remove_widget(self, which: Which, place: int) -> Outcome:
        """Take the widget at a place off the dashboard."""
        self._desk.require(rights.VIEWS_OWN)
        dashboard = self._changeable(which)
        widget = dashboard.widget(place)

        def change(recorder: Recorder) -> str:
            row = self._widget_row(recorder, dashboard, widget)
            named = row.title or _shown(row.options)
            recorder.remove(row, kind="widget", text=named)
            return f"{row.kind} “{named}” removed from the dashboard “{dashboard.name}”"

        return self._desk.acts.once("remove widget", change, right=rights.VIEWS_OWN)

    # -- sharing and pinning ------------------------------------------------------------------------------------

    def share(self, which: Which, *, users: Iterable[str] = (), teams: Iterable[str] = ()) -> Outcome:
        """Let users, and whoever is in a team, see the dashboard. What each sees of it is up to their own rights."""
        self._desk.require(rights.VIEWS_SHARE)
        users, teams = tuple(users), tuple(teams)
        if not users and not teams:
            raise InvalidInput("Name a user or a team to share it with.")
        return self.change_shares(which, users=users, teams=teams)

    def unshare(self, which: Which, *, users: Iterable[str] = (), teams: Iterable[str] = ()) -> Outcome:
        """Share the dashboard no longer with these; with nobody at all, when none are named."""
        self._desk.require(rights.VIEWS_SHARE)
        dashboard = self.show(which)
        users, teams = tuple(users), tuple(teams)
        if not users and not teams:
            users, teams = dashboard.users, dashboard.teams
        return self.change_shares(dashboard, without_users=users, without_teams=teams)

    def change_shares(
        self,
        which: Which,
        *,
        users: Iterable[str] = (),
        teams: Iterable[str] = (),
        without_users: Iterable[str] = (),
        without_teams: Iterable[str] = (),
    ) -> Outcome:
        """Share the dashboard with some and no longer with others, as one act. Raises Unchanged where nothing differs.

        The notes of the outcome name the views on it that others won't see.
        """
        self._desk.require(rights.VIEWS_SHARE)
        dashboard = self._changeable(which)
        wanted, unwanted = self._recipients(users, teams), self._recipients(without_users, without_teams)
        told: list[str] = []

        def change(recorder: Recorder) -> str:
            shared = {(row.user_id, row.team_id): row for row in records.share_rows(recorder.session, dashboard.id)}
            fresh = {key: name for key, name in wanted.items() if key not in shared}
            for (user_id, team_id), name in fresh.items():
                row = model.DashboardShare(dashboard_id=dashboard.id, user_id=user_id, team_id=team_id)
                recorder.add(row, kind="shared with", text=name)
            gone = {key: name for key, name in unwanted.items() if key in shared}
            for key, name in gone.items():
                recorder.remove(shared[key], kind="shared with", text=name)
            if not recorder.lines:
                raise Unchanged(f"The dashboard “{dashboard.name}” is shared so already.")
            told.extend(self._unseen(dashboard) if fresh else ())
            said = [f"shared with {', '.join(fresh.values())}"] if fresh else []
            said += [f"no longer shared with {', '.join(gone.values())}"] if gone else []
            return f"dashboard “{dashboard.name}” {' and '.join(said)}"

        done = self._desk.acts.once("share dashboard", change, right=rights.VIEWS_SHARE)
        return Outcome(done.act_id, done.name, done.summary, done.done, notes=tuple(told))

    def pin(self, which: Which) -> Outcome:
        """Let the dashboard open first for the user, in the place of the one that did (S7)."""
        dashboard = self.show(which)
        if dashboard.retired:
            raise InvalidInput(f"The dashboard “{dashboard.name}” is retired; bring it back first.")

        def change(recorder: Recorder) -> str:
            row = records.pin_row(recorder.session, self._desk.user.id)
            if row is None:
                pin = model.DashboardPin(user_id=self._desk.user.id, dashboard_id=dashboard.id)
                recorder.add(pin, kind="pinned", text=dashboard.name)
            elif not recorder.set(row, "dashboard_id", dashboard.id, kind="pinned", texts=("", dashboard.name)):
                raise Unchanged(f"The dashboard “{dashboard.name}” is pinned already.")
            return f"dashboard “{dashboard.name}” opens first"

        return self._desk.acts.once("pin dashboard", change, right=rights.TICKETS_VIEW)

    def unpin(self) -> Outcome:
        """Let the ticket list open first again."""

        def change(recorder: Recorder) -> str:
            row = records.pin_row(recorder.session, self._desk.user.id)
            if row is None:
                raise Unchanged("No dashboard is pinned.")
            recorder.remove(row, kind="pinned")
            return "the ticket list opens first"

        return self._desk.acts.once("unpin dashboard", change, right=rights.TICKETS_VIEW)

    # -- the pieces ---------------------------------------------------------------------------------------------

    def _changeable(self, which: Which, *, retired: bool = False) -> Dashboard:
        dashboard = self.show(which)
        if not dashboard.mine and not self._desk.can(rights.CONFIGURE):
            raise NotPermitted(f"The dashboard “{dashboard.name}” belongs to {dashboard.owner}; copy it to change it.")
        if isinstance(which, Dashboard) and _what(dashboard) != _what(which):
            raise Conflict(f"The dashboard “{which.name}” has changed since you saw it.")
        if dashboard.retired and not retired:
            raise InvalidInput(f"The dashboard “{dashboard.name}” is retired; bring it back first.")
        return dashboard

    def _period(self, text: str) -> str:
        return records.a_period(text, self._desk.now(), self._desk.zone)

    def _add(self, recorder: Recorder, name: str, period: str, query: str) -> model.Dashboard:
        records.check_free(records.dashboards_of(recorder.session, self._desk.user.id), name)
        row = model.Dashboard(name=name, owner_id=self._desk.user.id, period=period, query=query)
        return recorder.add(row, kind="dashboard", text=name)

    def _options(self, kind: str, kept: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        """What a widget that kept this keeps from now on. A view is kept by its id, so that it may be renamed."""
        options = {**kept, **given}
        if kind == VIEW and given.get("view"):
            view = self._desk.views.show(given["view"])
            options.update(view=view.name, view_id=view.id)
        self._desk.queries.check(options.get("query") or "")
        return records.checked_options(kind, options)

    def _widget_row(self, recorder: Recorder, dashboard: Dashboard, widget: DashboardWidget) -> model.DashboardWidget:
        for row in records.widget_rows(recorder.session, dashboard.id):
            if row.id == widget.id:
                return row
        raise NotFound("The widget is gone.")

    def _recipients(self, users: Iterable[str], teams: Iterable[str]) -> dict[tuple[int | None, int | None], str]:
        """Users and teams by their ids. Raises InvalidInput with the nearest names."""
        found: dict[tuple[int | None, int | None], str] = {}
        for login in users:
            user = self._desk.team.user(login)
            found[user.id, None] = user.login
        for name in teams:
            team = self._desk.setup.entry("team", name)
            found[None, team.id] = f"team {team.name}"
        return found

    def _unseen(self, dashboard: Dashboard) -> tuple[str, ...]:
        """What others won't see of it: views that are the user's own."""
        personal = {view.id for view in self._desk.views.list() if not view.shared}
        return tuple(
            f"Others won't see “{widget.view}”: it is a personal view; share it, too."
            for widget in dashboard.widgets
            if widget.view_id in personal
        )


def _a_title(title: str) -> str:
    title = " ".join(title.split())
    return a_name("A widget", title) if title else ""


def _shown(options: dict[str, Any]) -> str:
    """What a widget without a title is called in the activity."""
    return str(options.get("view") or options.get("chart") or options.get("figure") or "")


def _what(dashboard: Dashboard) -> tuple[object, ...]:
    """What a change of the dashboard would overwrite."""
    return dashboard.name, dashboard.period, dashboard.query, dashboard.widgets, dashboard.retired
