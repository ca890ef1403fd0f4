"""Who sees a dashboard, and who sees it first: sharing and pinning (S7, S8)."""

from __future__ import annotations

from collections.abc import Iterable

from casedesk import model
from casedesk.desk import dashboard_records as records
from casedesk.desk.dashboard_reading import DashboardReading, Which
from casedesk.desk.recording import Recorder
from casedesk.desk.values import Outcome
from casedesk.desk.values.dashboards import Dashboard
from casedesk.domain import rights
from casedesk.domain.errors import InvalidInput, Unchanged


class DashboardSharing(DashboardReading):
    """The part of `desk.dashboards` that shares dashboards with people and teams, and pins one for the user."""

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
