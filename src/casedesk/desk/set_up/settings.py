"""The desk's settings in the set-up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casedesk.desk.desk_settings import SETTINGS
from casedesk.desk.set_up.mistakes import Mistakes
from casedesk.desk.set_up.part import Applying, Entry, Part
from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk


class SettingsPart(Part):
    """One table with a key for each setting. A setting that isn't in it stays as it is."""

    key = "settings"
    one = "setting"
    keys = ()

    def read(self, desk: Desk) -> list[Entry]:
        return [Entry({"name": key, "value": value}) for key, value in desk.setup.settings().items()]

    def parsed(self, value: Any, mistakes: Mistakes) -> list[Entry]:
        if not isinstance(value, dict):
            mistakes.add((self.key,), "Write the settings as a table [settings].")
            return []
        found = []
        for name, one in value.items():
            place = (self.key, name)
            setting = SETTINGS.get(name)
            if setting is None:
                mistakes.unknown(place, SETTINGS)
            elif type(one) is not type(setting.default):
                wanted = {bool: "true or false", int: "a whole number"}.get(type(setting.default), "a text in quotes")
                mistakes.add(place, f"{setting.label}: this has to be {wanted}.")
            else:
                try:
                    found.append(Entry({"name": name, "value": setting.read(_as_typed(one))}, place))
                except InvalidInput as error:
                    mistakes.add(place, error.sentence)
        return found

    def written(self, entries: Sequence[Entry]) -> Any:
        return {entry.name: entry["value"] for entry in entries}

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        known = to.desk.setup.settings()
        for entry in wanted:
            if known[entry.name] != entry["value"]:
                text = _as_typed(entry["value"])
                to.do(entry.place, to.desk.setup.set_setting, entry.name, text)

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        """Settings are never taken away."""


def _as_typed(value: Any) -> str:
    """A value as people type it; of a number too long to be one, enough to say so."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value) if not isinstance(value, int) or abs(value) < 10**18 else "9" * 18
