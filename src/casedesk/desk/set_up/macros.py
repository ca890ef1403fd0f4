"""Shared macros in the set-up (X4). Everybody's own macros are theirs, and no part of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casedesk import model
from casedesk.desk.list_entries import same
from casedesk.desk.set_up.part import Applying, Entry, Part, by_name
from casedesk.desk.set_up.removing import removed_if_unused
from casedesk.desk.set_up.shape import Key, a_text, free_tables
from casedesk.domain.rights import MACROS_SHARE

if TYPE_CHECKING:
    from sqlmodel import Session, SQLModel

    from casedesk.desk.desk import Desk
    from casedesk.desk.values import Macro


class MacrosPart(Part):
    """Macros that all may run."""

    key = "macros"
    one = "macro"
    right = MACROS_SHARE
    keys = (Key("name", a_text), Key("key", a_text, ""), Key("steps", free_tables))

    def read(self, desk: Desk) -> list[Entry]:
        return by_name([Entry(_values(macro)) for macro in _shared(desk)])

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        macros = to.desk.macros
        known = {same(macro.name): macro for macro in _shared(to.desk)}
        for entry in wanted:
            found = known.get(same(entry.name))
            values = {"steps": entry["steps"], "key": entry["key"]}
            if found is None:
                to.do(entry.place, macros.make, entry.name, shared=True, **values)
            elif _values(found) != entry.values:
                to.do(
                    entry.place,
                    macros.change,
                    found,
                    new_name=entry.name,
                    **values,
                )

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        known = self.by_name(wanted)
        for macro in _shared(to.desk):
            if same(macro.name) in known or not to.do((self.key,), to.desk.macros.retire, macro):
                continue
            removed = removed_if_unused(to.desk, self.one, macro.name, _retired(macro.name), right=self.right)
            to.gone(self, Entry(_values(macro)), removed)


def _retired(name: str) -> Any:
    def rows(session: Session) -> Sequence[SQLModel]:
        from sqlmodel import col, select

        wanted = select(model.Macro).where(col(model.Macro.owner_id).is_(None), col(model.Macro.retired).is_(True))
        return session.exec(wanted.where(model.Macro.name == name)).all()

    return rows


def _shared(desk: Desk) -> list[Macro]:
    return [macro for macro in desk.macros.list() if macro.shared]


def _values(macro: Macro) -> dict[str, Any]:
    return {"name": macro.name, "key": macro.key, "steps": [dict(step) for step in macro.steps]}
