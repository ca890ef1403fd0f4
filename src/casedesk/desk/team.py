"""Teams: queues of tickets, with the users who work on them (N11)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.list_entries import find
from casedesk.desk.list_references import all_macros, all_rules, follow, macros_naming, rules_giving
from casedesk.desk.queues import put_in_team
from casedesk.desk.recording import Recorder
from casedesk.desk.renaming import followed
from casedesk.desk.setup import Named
from casedesk.desk.team_records import TEAM, free_team_name, rows_of_teams
from casedesk.desk.users import Users
from casedesk.desk.values import Outcome, Team, User
from casedesk.domain.errors import InvalidInput, NotFound, Unchanged
from casedesk.domain.rights import CONFIGURE, TICKETS_VIEW, USERS

if TYPE_CHECKING:
    from casedesk.desk.acts import Progress


class TeamDesk(Users):
    """`desk.team`: users and teams. Whoever reads tickets or sets the desk up sees them; changes need USERS."""

    def teams(self) -> dict[str, tuple[str, ...]]:
        """Each team that is offered, with its members' logins."""
        self._desk.require(TICKETS_VIEW, USERS, CONFIGURE)
        rows = self._desk.store.reader().rows(
            """SELECT t.name, u.login FROM team t LEFT JOIN team_member m ON m.team_id = t.id
               LEFT JOIN user u ON u.id = m.user_id WHERE NOT t.retired ORDER BY t.name, u.login"""
        )
        teams: dict[str, tuple[str, ...]] = {}
        for team, login in rows:
            teams[team] = (*teams.get(team, ()), *([login] if login else []))
        return teams

    def list_teams(self, *, retired: bool = False) -> list[Team]:
        """The teams by name, with how many tickets each has; retired ones come last, where they are wanted."""
        self._desk.require(TICKETS_VIEW, USERS, CONFIGURE)
        reader = self._desk.store.reader()
        members: dict[int, list[str]] = {}
        for team_id, login in reader.rows(
            "SELECT m.team_id, u.login FROM team_member m JOIN user u ON u.id = m.user_id ORDER BY u.login"
        ):
            members.setdefault(team_id, []).append(login)
        counts: dict[int, tuple[int, int]] = {
            team_id: (still_open, every)
            for team_id, still_open, every in reader.rows(
                "SELECT team_id, sum(state <> 'closed'), count(*) FROM ticket WHERE team_id IS NOT NULL GROUP BY 1"
            )
        }
        rows = reader.rows(
            "SELECT id, name, retired FROM team WHERE NOT retired OR ? ORDER BY retired, name COLLATE NOCASE",
            (retired,),
        )
        return [
            Team(row[0], row[1], tuple(members.get(row[0], ())), bool(row[2]), *counts.get(row[0], (0, 0)))
            for row in rows
        ]

    def team(self, name: str) -> Team:
        """A team by its name, in any case, retired or not. Raises NotFound with the nearest names."""
        try:
            return find(self.list_teams(retired=True), TEAM, name, retired=True)
        except InvalidInput as error:
            raise NotFound(error.sentence) from error

    def add_team(self, name: str, members: tuple[str, ...] = ()) -> Outcome:
        """Make a team with these members. Raises InvalidInput for a name that can't be or is taken."""
        self._desk.require(USERS)
        users = [self.user(login) for login in dict.fromkeys(members)]

        def change(recorder: Recorder) -> str:
            fresh = free_team_name(recorder.session, name)
            team = recorder.add(model.Team(name=fresh), kind="team", text=fresh)
            for user in users:
                recorder.add(model.TeamMember(team_id=team.id or 0, user_id=user.id), kind="team", text=user.login)
            return f"team {fresh} made"

        return self._desk.acts.once("add team", change, right=USERS)

    def rename_team(self, name: str, new_name: str) -> Outcome:
        """Give a team another name, also in rules, policies, views, dashboards and macros. The activity keeps the old
        one.

        Raises InvalidInput for a name that can't be or is taken, and Unchanged when it is called so already.
        """

        def change(recorder: Recorder) -> str:
            row = find(rows_of_teams(recorder.session), TEAM, name, retired=True)
            before = row.name
            fresh = free_team_name(recorder.session, new_name, own=row)
            if not recorder.set(row, "name", fresh, kind="team", texts=(before, fresh)):
                raise Unchanged(f"The team “{before}” is called so already.")
            return "; ".join([f"team “{before}” → “{fresh}”", *followed(follow(recorder, TEAM, before, fresh))])

        return self._desk.acts.once("rename team", change, right=USERS)

    def change_members(self, name: str, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()) -> Outcome:
        """Let users into a team or out of it.

        Who leaves no longer owns the team's open tickets; the team keeps them (behaviour 1.8).
        """
        self._desk.require(USERS)
        added = [self.user(login) for login in add]
        removed = [self._known_user(login) for login in remove]

        def change(recorder: Recorder) -> str:
            session = recorder.session
            team = find(rows_of_teams(session), TEAM, name)
            for user in added:
                if session.get(model.TeamMember, (team.id, user.id)) is None:
                    member = model.TeamMember(team_id=team.id or 0, user_id=user.id)
                    recorder.add(member, kind="team", text=user.login)
            for user in removed:
                found = session.get(model.TeamMember, (team.id, user.id))
                if found is not None:
                    recorder.remove(found, kind="team", text=user.login)
                    _give_up_tickets(recorder, team.id or 0, user)
            if not recorder.lines:
                raise InvalidInput(f"{team.name}: nothing to change.")
            words = [*(f"+{user.login}" for user in added), *(f"-{user.login}" for user in removed)]
            return f"team {team.name}: {' '.join(words)}"

        return self._desk.acts.once("team", change, right=USERS)

    def retire_team(self, name: str, *, replace_by: str | None = None, progress: Progress | None = None) -> Outcome:
        """Offer a team no longer. Its tickets keep it; with `replace_by` all of them go to that team's queue instead,
        as the same act, and rules, policies, views and macros follow. An owner who isn't in that team is cleared
        (behaviour 1.8).

        Raises InvalidInput while an active rule gives the team and no other one is to replace it, and Unchanged when
        it is retired already and nothing is to take its place.
        """
        self._desk.require(USERS)
        if replace_by is not None:
            return self._replace(name, replace_by, progress)
        notes: list[str] = []

        def change(recorder: Recorder) -> str:
            row = find(rows_of_teams(recorder.session), TEAM, name, retired=True)
            giving = [rule.name for rule in rules_giving(all_rules(recorder.session), TEAM, row.name) if rule.active]
            if giving and not row.retired:
                raise InvalidInput(
                    f"The rule “{giving[0]}” gives the team “{row.name}”; change it, switch it off, "
                    "or say which team is to replace it."
                )
            if not recorder.set(row, "retired", True, kind="team", texts=(row.name, "retired")):
                raise Unchanged(f"The team “{row.name}” is retired already.")
            for macro in macros_naming(all_macros(recorder.session), TEAM, row.name):
                if not macro.retired:
                    notes.append(f"The macro “{macro.name}” names “{row.name}” and can't run until it is changed.")
            return f"team {row.name} retired"

        outcome = self._desk.acts.once("retire team", change, right=USERS)
        return replace(outcome, notes=tuple(notes))

    def restore_team(self, name: str) -> Outcome:
        """Offer a retired team again. Raises Unchanged when it isn't retired."""

        def change(recorder: Recorder) -> str:
            row = find(rows_of_teams(recorder.session), TEAM, name, retired=True)
            if not recorder.set(row, "retired", False, kind="team", texts=("retired", row.name)):
                raise Unchanged(f"The team “{row.name}” isn't retired.")
            return f"team {row.name} brought back"

        return self._desk.acts.once("restore team", change, right=USERS)

    def _replace(self, name: str, replace_by: str, progress: Progress | None) -> Outcome:
        row = self.team(name)
        other = find(self.list_teams(retired=True), TEAM, replace_by)
        if row.id == other.id:
            raise InvalidInput(f"“{row.name}” can't replace itself.")
        reader = self._desk.store.reader()
        numbers = [each for (each,) in reader.rows("SELECT id FROM ticket WHERE team_id = ? ORDER BY id", (row.id,))]
        notes: list[str] = []

        def first(recorder: Recorder) -> None:
            here = find(rows_of_teams(recorder.session), TEAM, row.name, retired=True)
            find(rows_of_teams(recorder.session), TEAM, other.name)
            recorder.set(here, "retired", True, kind="team", texts=(here.name, "retired"))
            notes.extend(followed(follow(recorder, TEAM, here.name, other.name)))

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            if ticket.team_id == row.id:
                put_in_team(self._desk, recorder, ticket, Named(other.id, other.name), cause=f"{row.name} retired")

        outcome = self._desk.acts.once_and_on_tickets(
            "retire team",
            first,
            numbers,
            change,
            right=USERS,
            summary=f"team {row.name} retired, {other.name} instead",
            progress=progress,
        )
        return replace(outcome, notes=tuple(notes))


def _give_up_tickets(recorder: Recorder, team_id: int, user: User) -> None:
    from sqlmodel import select

    owned = select(model.Ticket).where(
        model.Ticket.team_id == team_id, model.Ticket.owner_id == user.id, model.Ticket.state != "closed"
    )
    for ticket in recorder.session.exec(owned).all():
        recorder.set(ticket, "owner_id", None, kind="owner", texts=(user.login, ""), cause="left the team")
