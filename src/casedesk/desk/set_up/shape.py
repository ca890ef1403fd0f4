"""What the tables of a set-up file look like: which keys there are, what each holds, and what a missing one means.

Reading checks types alone; whether a value makes sense is for the desk to say when it is applied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from casedesk.desk.set_up.mistakes import Mistakes, Place
from casedesk.domain.errors import InvalidInput

Table = dict[str, Any]
Read = Callable[[Any, Place, Mistakes], Any]
"""Makes a value of what stands in the file, or notes a mistake and returns None."""

REQUIRED: Final = object()
"""In place of a default: the key has to be there."""

LONGEST_TEXT: Final = 20_000
MOST_ENTRIES: Final = 2_000
"""Characters of a text and entries of a list: the desk's own limits are narrower where they matter."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a table. `written` makes of the value what stands in the file; a default isn't written."""

    name: str
    read: Read
    default: Any = REQUIRED
    written: Callable[[Any], Any] = lambda value: value


def read_table(value: Any, keys: Sequence[Key], place: Place, mistakes: Mistakes) -> Table | None:
    """The table with every key, defaults included; None, and mistakes, when it isn't right."""
    if not isinstance(value, dict):
        mistakes.add(place, f"This has to be a table, not {_called(value)}.")
        return None
    known = {key.name: key for key in keys}
    for name in value:
        if name not in known:
            mistakes.unknown((*place, name), known)
    right = all(name in known for name in value)
    table: Table = {}
    for key in keys:
        if key.name in value:
            table[key.name] = key.read(value[key.name], (*place, key.name), mistakes)
            right = right and table[key.name] is not None
        elif key.default is REQUIRED:
            mistakes.add(place, f"“{key.name}” is missing.")
            right = False
        else:
            table[key.name] = key.default
    return table if right else None


def write_table(values: Mapping[str, Any], keys: Iterable[Key]) -> Table:
    """The table as it stands in the file, without what is meant anyway."""
    return {
        key.name: key.written(values[key.name])
        for key in keys
        if key.default is REQUIRED or values[key.name] != key.default
    }


def tables(keys: Sequence[Key]) -> Read:
    """Reads a list of tables."""

    def read(value: Any, place: Place, mistakes: Mistakes) -> list[Table] | None:
        return _each(value, place, mistakes, lambda one, where: read_table(one, keys, where, mistakes))

    return read


def a_text(value: Any, place: Place, mistakes: Mistakes) -> str | None:
    """Reads a text."""
    if not isinstance(value, str):
        mistakes.add(place, f"This has to be a text in quotes, not {_called(value)}.")
    elif len(value) > LONGEST_TEXT:
        mistakes.add(place, f"This text has {len(value):,} characters; {LONGEST_TEXT:,} are allowed.")
    else:
        return value
    return None


def texts(value: Any, place: Place, mistakes: Mistakes) -> list[str] | None:
    """Reads a list of texts."""
    return _each(value, place, mistakes, lambda one, where: a_text(one, where, mistakes))


def a_flag(value: Any, place: Place, mistakes: Mistakes) -> bool | None:
    """Reads true or false."""
    if not isinstance(value, bool):
        mistakes.add(place, f"This has to be true or false, not {_called(value)}.")
        return None
    return value


def a_number(value: Any, place: Place, mistakes: Mistakes) -> int | None:
    """Reads a whole number that every part of the desk can hold."""
    if isinstance(value, bool) or not isinstance(value, int):
        mistakes.add(place, f"This has to be a whole number, not {_called(value)}.")
        return None
    if abs(value) > 1_000_000_000:
        mistakes.add(place, "This number is too large.")
        return None
    return value


def a_date(value: Any, place: Place, mistakes: Mistakes) -> date | None:
    """Reads a date without a time."""
    if isinstance(value, datetime) or not isinstance(value, date):
        mistakes.add(place, f"This has to be a date such as 2026-12-24, without quotes, not {_called(value)}.")
        return None
    return value


def checked(make: Callable[[str], Any]) -> Read:
    """Reads a text of which `make` makes the value; it raises InvalidInput for one that can't be."""

    def read(value: Any, place: Place, mistakes: Mistakes) -> Any:
        text = a_text(value, place, mistakes)
        if text is None:
            return None
        try:
            return make(text)
        except InvalidInput as error:
            mistakes.add(place, error.sentence)
            return None

    return read


def free_tables(value: Any, place: Place, mistakes: Mistakes) -> list[Table] | None:
    """Reads a list of tables whose keys the desk knows, such as the effects of rules."""
    return _each(value, place, mistakes, lambda one, where: a_free_table(one, where, mistakes))


def a_free_table(value: Any, place: Place, mistakes: Mistakes) -> Table | None:
    """Reads a table whose keys the desk knows: texts, numbers, true, false, lists and tables of these."""
    if not isinstance(value, dict):
        mistakes.add(place, f"This has to be a table, not {_called(value)}.")
        return None
    return value if _is_plain(value, place, mistakes) else None


def _is_plain(value: Any, place: Place, mistakes: Mistakes) -> bool:
    if isinstance(value, dict):
        return all(_is_plain(each, (*place, name), mistakes) for name, each in value.items())
    if isinstance(value, list):
        return all(_is_plain(each, (*place, at), mistakes) for at, each in enumerate(value))
    if isinstance(value, str):
        return a_text(value, place, mistakes) is not None
    if isinstance(value, bool):
        return True
    if isinstance(value, int):
        return a_number(value, place, mistakes) is not None
    if isinstance(value, float) and abs(value) < 1e300:
        return True
    mistakes.add(place, f"{_called(value).capitalize()} can't stand here.")
    return False


def _each(value: Any, place: Place, mistakes: Mistakes, read: Callable[[Any, Place], Any]) -> list[Any] | None:
    if not isinstance(value, list):
        mistakes.add(place, f"This has to be a list in brackets, not {_called(value)}.")
        return None
    if len(value) > MOST_ENTRIES:
        mistakes.add(place, f"There are {len(value):,} entries; {MOST_ENTRIES:,} are allowed.")
        return None
    found = [read(one, (*place, at)) for at, one in enumerate(value)]
    return None if any(one is None for one in found) else found


def _called(value: Any) -> str:
    """What people call a value of this type."""
    if isinstance(value, bool):
        return "true or false"
    names = {str: "a text", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date or time")
