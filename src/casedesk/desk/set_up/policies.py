"""Service level policies in the set-up (behaviour 3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casedesk import model
from casedesk.desk.list_entries import same
from casedesk.desk.set_up.mistakes import Mistakes
from casedesk.desk.set_up.part import Applying, Entry, Part
from casedesk.desk.set_up.removing import removed_if_unused, with_parts
from casedesk.desk.set_up.shape import Key, a_flag, a_text, checked, tables, texts, write_table
from casedesk.desk.values import working_time
from casedesk.domain.business_time import duration_seconds
from casedesk.domain.rights import LEVELS
from casedesk.domain.sla import KINDS

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.values import PolicyEntry


def _time(text: str) -> str:
    """A length of working time as the desk writes it. Raises InvalidInput."""
    return working_time(duration_seconds(text))


_TARGET_KEYS = (Key("kind", a_text), Key("priority", a_text, ""), Key("time", checked(_time)))


class PoliciesPart(Part):
    """Policies in their order; the default one has no query and comes last."""

    key = "policies"
    one = "policy"
    right = LEVELS
    ordered = True
    about = "The first policy whose query matches a ticket applies. Times are working time: 4h, 30m, 40h."
    keys = (
        Key("name", a_text),
        Key("default", a_flag, False),
        Key("query", a_text, ""),
        Key("calendar", a_text),
        Key("pauses", texts, []),
        Key("warn", checked(_time), "1h"),
        Key("targets", tables(_TARGET_KEYS), [], lambda targets: [write_table(each, _TARGET_KEYS) for each in targets]),
    )

    def read(self, desk: Desk) -> list[Entry]:
        return [Entry(_values(policy)) for policy in desk.policies.list()]

    def parsed(self, value: Any, mistakes: Mistakes) -> list[Entry]:
        found = super().parsed(value, mistakes)
        defaults = [entry for entry in found if entry["default"]]
        if not defaults and isinstance(value, list):
            mistakes.add((self.key,), "One policy has to be the default (default = true), for what no other matches.")
        for entry in defaults[1:]:
            mistakes.add((*entry.place, "default"), f"“{defaults[0].name}” is the default already.")
        return [entry for entry in found if not entry["default"]] + defaults

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        policies = to.desk.policies
        # The default first: the name that it gives up may be another one's.
        for entry in sorted(wanted, key=lambda each: not each["default"]):
            known = {same(each.name): each for each in policies.list(retired=True) if not each.is_default}
            found = policies.default() if entry["default"] else known.get(same(entry.name))
            values: dict[str, Any] = {name: entry[name] for name in ("query", "calendar", "pauses")}
            values["warn"] = duration_seconds(entry["warn"])
            values["targets"] = [
                (each["kind"], each["priority"] or None, duration_seconds(each["time"])) for each in entry["targets"]
            ]
            if found is None:
                to.do(entry.place, policies.add, entry.name, **values)
                continue
            if _values(found) == entry.values and not found.retired:
                continue
            if found.retired:
                to.do(entry.place, policies.restore, found.name)
            to.do(
                entry.place,
                policies.change,
                found.name,
                new_name=entry.name,
                **values,
            )

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        policies = to.desk.policies
        ids = {each.name: each.id for each in policies.list()}
        for entry in self.missing(to, wanted):
            if to.do((self.key,), policies.retire, entry.name):
                rows = with_parts(model.Policy, ids[entry.name], (model.PolicyTarget, "policy_id"))
                removed = removed_if_unused(to.desk, self.one, entry.name, rows, right=self.right, field="policy")
                to.gone(self, entry, removed)
        ordered = [entry for entry in wanted if not entry["default"]]
        for place, entry in enumerate(ordered, 1):
            shown = policies.in_order()
            if place < len(shown) and same(shown[place - 1].name) != same(entry.name):
                to.do(entry.place, policies.move, entry.name, place)


def _values(policy: PolicyEntry) -> dict[str, Any]:
    return {
        "name": policy.name,
        "default": policy.is_default,
        "query": policy.query,
        "calendar": policy.calendar,
        "pauses": [kind for kind in KINDS if kind in policy.pauses],
        "warn": working_time(policy.warn),
        "targets": [
            {"kind": each.kind, "priority": each.priority or "", "time": working_time(each.seconds)}
            for each in policy.targets
        ],
    }
