"""The people who work at the desk, as the rest of the desk reads and changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk import absence
from casedesk.desk.identity import list_users
from casedesk.desk.matching import closest
from casedesk.desk.recording import Recorder
from casedesk.desk.values import Outcome, User
from casedesk.domain.errors import InvalidInput
from casedesk.domain.rights import USERS

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk


class TeamDesk:
    """`desk.team`: users, roles and teams."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def users(self) -> list[User]:
        """Every user, inactive ones included, by login."""
        return list_users(self._desk.store)

    def user(self, login: str) -> User:
        """The active user with this login, or the present one for `me`. Raises InvalidInput with the nearest."""
        wanted = self._desk.user.login if login.strip().lower() == "me" else login.strip()
        active = [user for user in self.users() if user.active]
        for user in active:
            if user.login.casefold() == wanted.casefold():
                return user
        near = closest(wanted, [user.login for user in active]) or [user.login for user in active][:8]
        raise InvalidInput(f"There is no active user “{login}”; there is {', '.join(near)}.")

    def login(self, user_id: int | None) -> str:
        """The login of a user; empty for None."""
        if user_id is None:
            return ""
        return str(self._desk.store.reader().value("SELECT login FROM user WHERE id = ?", (user_id,)) or "")

    def roles(self) -> dict[str, tuple[str, ...]]:
        """Each role with its rights."""
        import json

        rows = self._desk.store.reader().rows("SELECT name, rights FROM role ORDER BY id")
        return {name: tuple(json.loads(rights)) for name, rights in rows}

    def teams(self) -> dict[str, tuple[str, ...]]:
        """Each team with its members' logins."""
        rows = self._desk.store.reader().rows(
            """SELECT t.name, u.login FROM team t LEFT JOIN team_member m ON m.team_id = t.id
               LEFT JOIN user u ON u.id = m.user_id WHERE NOT t.retired ORDER BY t.name, u.login"""
        )
        teams: dict[str, tuple[str, ...]] = {}
        for team, login in rows:
            teams[team] = (*teams.get(team, ()), *([login] if login else []))
        return teams

    def add_user(self, login: str, *, name: str = "", role: str = "agent") -> Outcome:
        """Let somebody work at the desk. Raises InvalidInput for a login that exists or a role that doesn't."""
        login = login.strip()
        if not login or len(login) > 64 or not login.isprintable():
            raise InvalidInput("A login has 1 to 64 printable characters.")
        if any(user.login.casefold() == login.casefold() for user in self.users()):
            raise InvalidInput(f"There is a user {login} already.")

        def change(recorder: Recorder) -> str:
            user = model.User(login=login, name=name or login, role_id=self._role_id(role))
            recorder.add(user, kind="user", text=f"{login}, {role}")
            return f"user {login} added as {role}"

        return self._desk.acts.once("add user", change, right=USERS)

    def set_role(self, login: str, role: str) -> Outcome:
        """Give a user another role. The last active administrator keeps theirs."""

        def change(recorder: Recorder) -> str:
            user = self._row(recorder, login)
            self._keep_an_administrator(user, USERS in self.roles().get(role, ()))
            before = next(known.role for known in self.users() if known.id == user.id)
            recorder.set(user, "role_id", self._role_id(role), kind="role", texts=(before, role))
            return f"role of {user.login} → {role}"

        return self._desk.acts.once("role", change, right=USERS)

    def set_active(self, login: str, active: bool) -> Outcome:
        """Retire a user, or let them work again. The last active administrator stays."""

        def change(recorder: Recorder) -> str:
            user = self._row(recorder, login)
            self._keep_an_administrator(user, active)
            word = "active" if active else "retired"
            recorder.set(user, "active", active, kind="user", texts=("", f"{user.login} {word}"))
            return f"user {user.login} {word}"

        return self._desk.acts.once("user", change, right=USERS)

    def go_away(self, login: str, *, hand_over_to: str | None = None, note: str = "") -> Outcome:
        """Mark a user as away and hand over their open tickets (behaviour 1.8): to a login, to `team:NAME`, or to
        `nobody`; None leaves them where they are. `me` is the present user; others need the right to change users."""
        return absence.go_away(self._desk, login, hand_over_to=hand_over_to, note=note)

    def come_back(self, login: str) -> Outcome:
        """Mark a user as there again. What was handed over stays where it is."""
        return absence.come_back(self._desk, login)

    def open_tickets_of(self, login: str) -> int:
        """How many tickets that aren't closed the user owns."""
        return absence.open_tickets_of(self._desk, login)

    def add_team(self, name: str, members: tuple[str, ...] = ()) -> Outcome:
        """Make a team with these members."""
        name = " ".join(name.split())
        if not name or len(name) > 60:
            raise InvalidInput("A team's name has 1 to 60 characters.")
        if name.casefold() in {team.casefold() for team in self.teams()}:
            raise InvalidInput(f"There is a team {name} already.")
        users = [self.user(login) for login in members]

        def change(recorder: Recorder) -> str:
            team = recorder.add(model.Team(name=name), kind="team", text=name)
            for user in users:
                recorder.add(model.TeamMember(team_id=team.id or 0, user_id=user.id), kind="team", text=user.login)
            return f"team {name} made"

        return self._desk.acts.once("add team", change, right=USERS)

    def change_members(self, name: str, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()) -> Outcome:
        """Let users into a team or out of it.

        Who leaves no longer owns the team's open tickets; the team keeps them (behaviour 1.8).
        """
        team_id, team = self._team(name)
        added = [self.user(login) for login in add]
        removed = [self.user(login) for login in remove]

        def change(recorder: Recorder) -> str:
            session = recorder.session
            for user in added:
                if session.get(model.TeamMember, (team_id, user.id)) is None:
                    recorder.add(model.TeamMember(team_id=team_id, user_id=user.id), kind="team", text=user.login)
            for user in removed:
                found = session.get(model.TeamMember, (team_id, user.id))
                if found is not None:
                    recorder.remove(found, kind="team", text=user.login)
                    self._give_up_tickets(recorder, team_id, user)
            if not recorder.lines:
                raise InvalidInput(f"{team}: nothing to change.")
            words = [*(f"+{user.login}" for user in added), *(f"-{user.login}" for user in removed)]
            return f"team {team}: {' '.join(words)}"

        return self._desk.acts.once("team", change, right=USERS)

    def retire_team(self, name: str) -> Outcome:
        """Offer a team no longer. Its tickets keep it until somebody changes that."""
        team_id, team = self._team(name)

        def change(recorder: Recorder) -> str:
            row = recorder.session.get(model.Team, team_id)
            assert row is not None
            recorder.set(row, "retired", True, kind="team", texts=("", "retired"))
            return f"team {team} retired"

        return self._desk.acts.once("retire team", change, right=USERS)

    def _team(self, name: str) -> tuple[int, str]:
        entry = self._desk.setup.entry("team", name)
        return entry.id, entry.name

    def _give_up_tickets(self, recorder: Recorder, team_id: int, user: User) -> None:
        from sqlmodel import select

        owned = select(model.Ticket).where(
            model.Ticket.team_id == team_id, model.Ticket.owner_id == user.id, model.Ticket.state != "closed"
        )
        for ticket in recorder.session.exec(owned).all():
            recorder.set(ticket, "owner_id", None, kind="owner", texts=(user.login, ""), cause="left the team")

    def _row(self, recorder: Recorder, login: str) -> model.User:
        known = {user.login.casefold(): user for user in self.users()}
        found = known.get(login.strip().casefold())
        if found is None:
            raise InvalidInput(f"There is no user “{login}”.")
        row = recorder.session.get(model.User, found.id)
        assert row is not None
        return row

    def _role_id(self, role: str) -> int:
        found = self._desk.store.reader().value("SELECT id FROM role WHERE name = ? COLLATE NOCASE", (role,))
        if found is None:
            raise InvalidInput(f"There is no role “{role}”; there is {', '.join(self.roles())}.")
        return int(found)

    def _keep_an_administrator(self, user: model.User, stays: bool) -> None:
        others = [other for other in self.users() if other.active and other.id != user.id and USERS in other.rights]
        if not stays and not others:
            raise InvalidInput(f"{user.login} is the last who may manage users and must stay one.")
