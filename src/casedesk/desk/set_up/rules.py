"""Rules in the set-up: trigger, condition, effects, order (behaviour 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk.desk.list_entries import same
from casedesk.desk.set_up.part import Applying, Entry, Part
from casedesk.desk.set_up.shape import Key, a_flag, a_text, free_tables
from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk


class RulesPart(Part):
    """Every rule, active or not, in the order in which they run."""

    key = "rules"
    one = "rule"
    ordered = True
    keys = (
        Key("name", a_text),
        Key("trigger", a_text, "response received"),
        Key("condition", a_text),
        Key("effects", free_tables),
        Key("active", a_flag, True),
    )

    def read(self, desk: Desk) -> list[Entry]:
        return [
            Entry(
                {field: getattr(rule, field) for field in ("name", "trigger", "condition")}
                | {"effects": [dict(each) for each in rule.effects], "active": rule.active}
            )
            for rule in desk.rules.list()
        ]

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        rules = to.desk.rules
        known = self.by_name(self.read(to.desk))
        for entry in wanted:
            found = known.get(same(entry.name))
            # A rule for everything is shown as such in the difference; whoever agrees to that means it.
            values = {key: entry[key] for key in ("condition", "effects", "trigger", "active")} | {"everything": True}
            if found is None:
                to.do(entry.place, rules.add, entry.name, **values)
                continue
            if found.name != entry.name:
                to.do(entry.place, rules.rename, found.name, entry.name)
            if found.values != entry.values:
                to.do(entry.place, rules.change, entry.name, **values)

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        """A rule that opened tickets is named by them: it stays, switched off."""
        rules = to.desk.rules
        for entry in self.missing(to, wanted):
            try:
                rules.remove(entry.name)
            except InvalidInput as error:
                if entry["active"]:
                    to.notes.append(error.sentence)
                    to.do((self.key,), rules.switch, entry.name, False)
            else:
                to.gone(self, entry, removed=True)
        for place, entry in enumerate(wanted, 1):
            names = [same(rule.name) for rule in rules.list()]
            if names.index(same(entry.name)) != place - 1:
                to.do(entry.place, rules.move, entry.name, place)
