"""Roles with their rights in the set-up (M13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk.desk.set_up.part import Applying, Entry, Part, by_name
from casedesk.desk.set_up.shape import Key, a_text, texts
from casedesk.desk.values.set_up import REMOVED
from casedesk.domain.rights import USERS

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk


class RolesPart(Part):
    """A role that the file lacks is removed; users who have it must get another one in the same file."""

    key = "roles"
    one = "role"
    right = USERS
    keys = (Key("name", a_text), Key("rights", texts))

    def read(self, desk: Desk) -> list[Entry]:
        return by_name([Entry({"name": role.name, "rights": list(role.rights)}) for role in desk.roles.list()])

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        """Rights are given first and taken last, so that what users get meanwhile locks nobody out."""
        roles = to.desk.roles
        known = self.by_name(self.read(to.desk))
        for entry in wanted:
            name, rights = entry.name, entry["rights"]
            found = known.get(self.by_name([entry]).popitem()[0])
            if found is None:
                to.do(entry.place, roles.add, name, rights=rights)
                continue
            if found.name != name:
                to.do(entry.place, roles.rename, found.name, name)
            if rights:
                to.do((*entry.place, "rights"), roles.grant, name, *rights)

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        roles = to.desk.roles
        for entry in wanted:
            place = (*entry.place, "rights")
            to.do(place, roles.set_rights, entry.name, entry["rights"])
        for entry in self.missing(to, wanted):
            if to.do((self.key,), roles.remove, entry.name):
                to.fates[self.key, entry.name] = REMOVED
