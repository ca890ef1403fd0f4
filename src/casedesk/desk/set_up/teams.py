"""Teams with their members in the set-up (N11)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.list_entries import same
from casedesk.desk.set_up.part import Applying, Entry, Part, by_name
from casedesk.desk.set_up.removing import removed_if_unused, with_parts
from casedesk.desk.set_up.shape import Key, a_text, texts
from casedesk.domain.rights import USERS

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.values import Team


class TeamsPart(Part):
    """Teams that are offered. Who leaves one no longer owns its open tickets, as everywhere (behaviour 1.8)."""

    key = "teams"
    one = "team"
    right = USERS
    keys = (Key("name", a_text), Key("members", texts, []))

    def read(self, desk: Desk) -> list[Entry]:
        return by_name([Entry({"name": team.name, "members": sorted(team.members)}) for team in desk.team.list_teams()])

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        team = to.desk.team
        known = {same(each.name): each for each in team.list_teams(retired=True)}
        for entry in wanted:
            found = known.get(same(entry.name))
            if found is None:
                to.do(
                    entry.place,
                    team.add_team,
                    entry.name,
                    tuple(entry["members"]),
                )
                continue
            if found.retired:
                to.do(entry.place, team.restore_team, found.name)
            if found.name != entry.name:
                to.do(entry.place, team.rename_team, found.name, entry.name)
            self._set_members(to, entry, found)

    @staticmethod
    def _set_members(to: Applying, entry: Entry, found: Team) -> None:
        members = {login.casefold(): login for login in found.members}
        wanted = {login.strip().casefold(): login for login in entry["members"]}
        add = tuple(login for fold, login in wanted.items() if fold not in members)
        remove = tuple(login for fold, login in members.items() if fold not in wanted)
        if add or remove:
            place = (*entry.place, "members")
            to.do(place, to.desk.team.change_members, entry.name, add=add, remove=remove)

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        ids = {team.name: team.id for team in to.desk.team.list_teams()}
        for entry in self.missing(to, wanted):
            name = entry.name
            if not to.do((self.key,), to.desk.team.retire_team, name):
                continue
            rows = with_parts(model.Team, ids[name], (model.TeamMember, "team_id"))
            removed = removed_if_unused(to.desk, self.one, name, rows, right=self.right, field="team")
            to.gone(self, entry, removed)
