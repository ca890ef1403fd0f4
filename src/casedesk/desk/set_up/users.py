"""Users in the set-up: who works at the desk, with which role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.list_entries import same
from casedesk.desk.set_up.part import Applying, Entry, Part
from casedesk.desk.set_up.removing import removed_if_unused, row_of
from casedesk.desk.set_up.shape import Key, a_flag, a_text
from casedesk.domain.rights import KEPT, USERS

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.values import User


class UsersPart(Part):
    """Users by their logins. Whoever imports a file that doesn't name them stays as they are."""

    key = "users"
    one = "user"
    right = USERS
    named_by = ("login",)
    keys = (Key("login", a_text), Key("name", a_text, ""), Key("role", a_text), Key("active", a_flag, True))

    def identity(self, entry: Entry) -> str:
        return str(entry["login"])

    def read(self, desk: Desk) -> list[Entry]:
        users = sorted(desk.team.users(), key=lambda user: (user.login.casefold(), user.login))
        return [
            Entry({"login": user.login, "name": user.name, "role": user.role, "active": user.active}) for user in users
        ]

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        """Whoever is to administer the desk comes first, so that it is never without."""
        team = to.desk.team
        known = {user.login.casefold(): user for user in team.users()}
        rights = {same(role.name): frozenset(role.rights) for role in to.desk.roles.list()}
        for entry in sorted(wanted, key=lambda each: not rights.get(same(each["role"]), frozenset()).issuperset(KEPT)):
            login, name, role = entry["login"], entry["name"], entry["role"]
            user = known.get(login.strip().casefold())
            if user is None:
                to.do(
                    entry.place,
                    team.add_user,
                    login,
                    name=name,
                    role=role,
                )
                continue
            self._change(to, entry, user)

    @staticmethod
    def _change(to: Applying, entry: Entry, user: User) -> None:
        team = to.desk.team
        if entry["active"] and not user.active:
            to.do((*entry.place, "active"), team.set_active, user.login, True)
        if same(user.role) != same(entry["role"]):
            to.do((*entry.place, "role"), team.set_role, user.login, entry["role"])
        if entry["name"] and entry["name"] != user.name:
            to.do((*entry.place, "name"), team.rename_user, user.login, entry["name"])

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        team = to.desk.team
        for entry in wanted:
            if not entry["active"]:
                to.do((*entry.place, "active"), team.set_active, entry["login"], False)
        ids = {user.login: user.id for user in team.users()}
        for entry in self.missing(to, wanted):
            login = entry["login"]
            if login == to.desk.user.login:
                to.notes.append(f"You ({login}) aren't in the file and stay as you are.")
                continue
            if not to.do((self.key,), team.set_active, login, False):
                continue
            rows = row_of(model.User, ids[login])
            to.gone(self, entry, removed_if_unused(to.desk, self.one, login, rows, right=self.right))
