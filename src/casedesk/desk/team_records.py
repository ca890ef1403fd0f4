"""Teams as tables: how rules, macros and queries name them, which names are free, and what undo may not break."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from casedesk import model
from casedesk.desk.list_entries import List, same
from casedesk.desk.list_references import all_rules
from casedesk.desk.naming import a_name
from casedesk.domain.errors import Conflict, InvalidInput

if TYPE_CHECKING:
    from sqlmodel import Session

TEAM: Final = List("teams", "team", "Team", "team", column="team_id", given_as="team", ordered=False)
"""Teams as rules, macros and queries name them."""

_LONGEST_NAME = 60


def check_teams(session: Session) -> None:
    """Raise Conflict when an active rule gives a team that is no longer offered: for acts that are taken back."""
    offered = {same(row.name) for row in rows_of_teams(session) if not row.retired}
    for rule in all_rules(session):
        if rule.active and (given := [each for each in rule.effects if isinstance(each.get("team"), str)]):
            missing = [each["team"] for each in given if same(each["team"]) not in offered]
            if missing:
                raise Conflict(f"The rule “{rule.name}” gives the team “{missing[0]}”; change it first.")


def rows_of_teams(session: Session) -> Sequence[model.Team]:
    """Every team, retired ones included."""
    from sqlmodel import select

    return session.exec(select(model.Team)).all()


def free_team_name(session: Session, name: str, own: model.Team | None = None) -> str:
    """The name as a team can have it, when no other team has it, retired ones included. Raises InvalidInput."""
    wanted = a_name("A team", normalize("NFC", name))
    if len(wanted) > _LONGEST_NAME or not any(letter.isprintable() for letter in wanted):
        raise InvalidInput(f"A team needs a name of 1 to {_LONGEST_NAME} visible characters.")
    if same(wanted) in {"none", "nobody"}:
        raise InvalidInput(f"“{wanted}” stands for no team; give it another name.")
    for row in rows_of_teams(session):
        if row is not own and same(row.name) == same(wanted):
            if row.retired:
                raise InvalidInput(f"There is a retired team {row.name} already; restore it instead.")
            raise InvalidInput(f"There is a team {row.name} already.")
    return wanted
