"""The users: who works at the desk, with which role, and whether they are there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk import absence
from casedesk.desk.identity import list_users
from casedesk.desk.last_doors import holders, keep_last_doors
from casedesk.desk.matching import closest
from casedesk.desk.naming import a_name
from casedesk.desk.recording import Recorder
from casedesk.desk.roles import role_called
from casedesk.desk.values import Outcome, User
from casedesk.domain.errors import InvalidInput, NotThere, Unchanged
from casedesk.domain.rights import CONFIGURE, TICKETS_VIEW, USERS

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk.desk.desk import Desk

_LOGIN = re.compile(r"\w[\w.@+-]*")
"""What operating systems take as the name of a user, and addresses besides."""
_LONGEST_LOGIN = 64


class Users:
    """The users' half of `desk.team`. Whoever reads tickets or sets the desk up sees them; changes need USERS."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def users(self) -> list[User]:
        """Every user, retired ones included, by login."""
        self._desk.require(TICKETS_VIEW, USERS, CONFIGURE)
        return list_users(self._desk.store)

    def user(self, login: str) -> User:
        """The active user with this login, or the present one for `me`. Raises InvalidInput with the nearest."""
        wanted = self._desk.user.login if login.strip().lower() == "me" else login.strip()
        active = [user for user in self.users() if user.active]
        for user in active:
            if user.login.casefold() == wanted.casefold():
                return user
        near = closest(wanted, [user.login for user in active]) or [user.login for user in active][:8]
        raise NotThere(f"There is no active user “{login}”; there is {', '.join(near)}.")

    def login(self, user_id: int | None) -> str:
        """The login of a user; empty for None. Needs no right: it is for what the desk itself writes down."""
        if user_id is None:
            return ""
        return str(self._desk.store.reader().value("SELECT login FROM user WHERE id = ?", (user_id,)) or "")

    def roles(self) -> dict[str, tuple[str, ...]]:
        """Each role with its rights."""
        return {role.name: role.rights for role in self._desk.roles.list()}

    def add_user(self, login: str, *, name: str = "", role: str = "agent") -> Outcome:
        """Let somebody work at the desk. Raises InvalidInput for a login that exists or a role that doesn't."""
        login = login.strip()
        if not _LOGIN.fullmatch(login) or len(login) > _LONGEST_LOGIN:
            raise InvalidInput(
                f"A login has 1 to {_LONGEST_LOGIN} letters, digits and . _ - @ +, and begins with none of - . @ +."
            )
        shown = a_name("A user", name) if name.strip() else login

        def change(recorder: Recorder) -> str:
            for other in _all(recorder.session):
                if other.login.casefold() == login.casefold():
                    hint = "" if other.active else ", who is retired; let them work again instead"
                    raise InvalidInput(f"There is a user {other.login} already{hint}.")
            given = role_called(recorder.session, role)
            recorder.add(
                model.User(login=login, name=shown, role_id=given.id or 0), kind="user", text=f"{login}, {given.name}"
            )
            return f"user {login} added as {given.name}"

        return self._desk.acts.once("add user", change, right=USERS)

    def rename_user(self, login: str, name: str) -> Outcome:
        """Give a user another name to be shown; the login stays. Raises Unchanged when they are called so already."""
        shown = a_name("A user", name)

        def change(recorder: Recorder) -> str:
            user = _row(recorder.session, login)
            if not recorder.set(user, "name", shown, kind="user", texts=(user.name, shown)):
                raise Unchanged(f"{user.login} is called {shown} already.")
            return f"user {user.login} is called {shown}"

        return self._desk.acts.once("rename user", change, right=USERS)

    def set_role(self, login: str, role: str) -> Outcome:
        """Give a user another role. Raises InvalidInput when nobody active would keep a right that must be kept."""

        def change(recorder: Recorder) -> str:
            kept = holders(self._desk.store.reader())
            user, given = _row(recorder.session, login), role_called(recorder.session, role)
            before = recorder.session.get(model.Role, user.role_id)
            texts = (before.name if before else "", given.name)
            if not recorder.set(user, "role_id", given.id, kind="role", texts=texts):
                raise Unchanged(f"{user.login} has the role {given.name} already.")
            keep_last_doors(recorder.session, kept)
            return f"role of {user.login} → {given.name}"

        return self._desk.acts.once("role", change, right=USERS)

    def set_active(self, login: str, active: bool) -> Outcome:
        """Retire a user, or let them work again. Raises InvalidInput when nobody active would keep a right that must be
        kept, and Unchanged when nothing changes."""

        def change(recorder: Recorder) -> str:
            kept = holders(self._desk.store.reader())
            user = _row(recorder.session, login)
            word = "active" if active else "retired"
            if not recorder.set(user, "active", active, kind="user", texts=("", f"{user.login} {word}")):
                raise Unchanged(f"{user.login} is {word} already.")
            keep_last_doors(recorder.session, kept)
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
        self._desk.require(TICKETS_VIEW, USERS)
        return absence.open_tickets_of(self._desk, login)

    def _known_user(self, login: str) -> User:
        for user in self.users():
            if user.login.casefold() == login.strip().casefold():
                return user
        return self.user(login)  # which says who there is


def _all(session: Session) -> list[model.User]:
    from sqlmodel import select

    return list(session.exec(select(model.User)).all())


def _row(session: Session, login: str) -> model.User:
    """The user with this login, retired or not. Raises InvalidInput with the nearest."""
    users = _all(session)
    for user in users:
        if user.login.casefold() == login.strip().casefold():
            return user
    near = closest(login, [user.login for user in users])
    raise NotThere(f"There is no user “{login}”" + (f"; did you mean {' or '.join(near)}?" if near else "."))
