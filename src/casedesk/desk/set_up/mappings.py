"""Saved mappings of import files in the set-up (behaviour 7.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casedesk import model
from casedesk.desk.recording import Recorder
from casedesk.desk.set_up.part import Applying, Entry, Part, by_name
from casedesk.desk.set_up.shape import Key, a_free_table, a_text
from casedesk.desk.values.set_up import REMOVED
from casedesk.domain.errors import InvalidInput
from casedesk.domain.rights import IMPORT

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.values import Outcome


class MappingsPart(Part):
    """How the columns of files are read, by the names under which mappings were saved."""

    key = "mappings"
    one = "mapping"
    right = IMPORT
    keys = (Key("name", a_text), Key("definition", a_free_table))

    def read(self, desk: Desk) -> list[Entry]:
        saved = desk.imports.mappings().items()
        return by_name([Entry({"name": name, "definition": mapping.to_dict()}) for name, mapping in saved])

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        known = {entry.name: entry for entry in self.read(to.desk)}
        for entry in wanted:
            found = known.get(entry.name)
            if found is None or found["definition"] != entry["definition"]:
                to.do(
                    (*entry.place, "definition"),
                    _save,
                    to.desk,
                    entry.name,
                    entry["definition"],
                )

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        for entry in self.missing(to, wanted):
            if to.do((self.key,), _save, to.desk, entry.name, None):
                to.fates[self.key, entry.name] = REMOVED


def _save(desk: Desk, name: str, definition: dict[str, Any] | None) -> Outcome:
    """Keep the mapping in place of one of that name, or keep none. Raises InvalidInput."""
    from casedesk.intake.mapping import Mapping

    kept = None
    if definition is not None:
        kept = Mapping.from_dict(definition).to_dict()
        if " ".join(name.split()) != name or not name:
            raise InvalidInput("The mapping needs a name without needless blanks.")

    def change(recorder: Recorder) -> str:
        # Removed and added rather than set: taking an act back finds a row without an id by its whole record.
        row = recorder.session.get(model.ImportMapping, name)
        if row is not None:
            recorder.remove(row, kind="mapping", text=name)
            recorder.session.expunge(row)
        if kept is not None:
            recorder.add(model.ImportMapping(name=name, definition=kept), kind="mapping", text=name)
        return f"mapping “{name}” {'removed' if kept is None else 'saved'}"

    return desk.acts.once("mapping", change, right=IMPORT)
