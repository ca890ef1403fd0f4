"""What differs between two set-ups, entry by entry, in words that people read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from casedesk.desk.list_entries import same
from casedesk.desk.set_up.part import Entry, Part
from casedesk.desk.values import SetUpChange, SetUpField
from casedesk.desk.values.set_up import ADDED, CHANGED, ORDER, REMOVED, RETIRED

_LONGEST: Final = 400
"""Characters of one side of a difference: the rest is left to the file."""


def differences(
    part: Part, before: Sequence[Entry], after: Sequence[Entry], fates: Mapping[tuple[str, str], str]
) -> Iterator[SetUpChange]:
    """What becomes of each entry of a kind; `fates` says whether one that is gone was retired or removed."""
    had, has = part.by_name(before), part.by_name(after)
    for key, entry in has.items():
        name = part.identity(entry)
        old = had.get(key)
        if old is None:
            usual = {each.name: each.default for each in part.keys} | {field: entry[field] for field in part.named_by}
            yield SetUpChange(part.key, part.title, name, ADDED, tuple(_fields(usual, entry.values, added=True)))
        elif old.values != entry.values:
            fields = tuple(_fields(old.values, entry.values))
            what = RETIRED if [field.name for field in fields] == ["retired"] and entry["retired"] else CHANGED
            yield SetUpChange(part.key, part.title, name, what, fields if what == CHANGED else ())
    for key, entry in had.items():
        if key not in has:
            name = part.identity(entry)
            yield SetUpChange(part.key, part.title, name, fates.get((part.key, name), REMOVED), ())
    if part.ordered:
        yield from _order(part, before, after)


def _order(part: Part, before: Sequence[Entry], after: Sequence[Entry]) -> Iterator[SetUpChange]:
    """The order, where those that stay have changed places among themselves."""
    names = [_offered(part, before), _offered(part, after)]
    both = [{same(name) for name in one} for one in names]
    stay = [[name for name in one if same(name) in both[0] & both[1]] for one in names]
    if [same(name) for name in stay[0]] != [same(name) for name in stay[1]]:
        field = SetUpField(ORDER, ", ".join(stay[0]), ", ".join(stay[1]))
        yield SetUpChange(part.key, part.title, "", CHANGED, (field,))


def _offered(part: Part, entries: Sequence[Entry]) -> list[str]:
    return [part.identity(entry) for entry in entries if not entry.values.get("retired")]


def _fields(
    before: Mapping[str, Any], after: Mapping[str, Any], head: str = "", *, added: bool = False
) -> Iterator[SetUpField]:
    """The values that differ; of tables in lists those that have a name one by one. Of what is `added`, those that
    aren't as they usually are."""
    for name, value in after.items():
        old = before.get(name)
        if old == value or (added and value in ("", [], False)):
            continue
        if added:
            yield SetUpField(f"{head}{name}", "", words(value))
        elif _are_named(value) and (not old or _are_named(old)):
            yield from _entries(old or [], value, f"{head}{name}")
        elif old and value and _are_plain(old) and _are_plain(value):
            yield from _of_lists(old, value, f"{head}{name}")
        else:
            yield SetUpField(f"{head}{name}", words(old), words(value))


def _entries(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]], head: str
) -> Iterator[SetUpField]:
    had = {same(str(each["name"])): each for each in before}
    has = {same(str(each["name"])): each for each in after}
    for key, each in has.items():
        if key not in had:
            yield SetUpField(head, "", words(each))
        elif had[key] != each:
            yield from _fields(had[key], each, f"{head} “{each['name']}” ")
    for key, each in had.items():
        if key not in has:
            yield SetUpField(head, words(each), "")
    if [key for key in had if key in has] != [key for key in has if key in had]:
        yield SetUpField(f"{head} {ORDER}", _names(before), _names(after))


def _of_lists(before: Sequence[Any], after: Sequence[Any], name: str) -> Iterator[SetUpField]:
    """What a list of plain values has more and has less; of one that has the same ones, its order."""
    fresh, gone = [each for each in after if each not in before], [each for each in before if each not in after]
    if fresh:
        yield SetUpField(f"{name} added", "", words(fresh))
    if gone:
        yield SetUpField(f"{name} removed", words(gone), "")
    if not fresh and not gone:
        yield SetUpField(f"{name} {ORDER}", words(before), words(after))


def _are_plain(value: Any) -> bool:
    """Whether it is a list of texts and the like."""
    return isinstance(value, list) and not any(isinstance(each, dict | list) for each in value)


def _are_named(value: Any) -> bool:
    """Whether it is a list of tables that go by different names."""
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        return False
    names = [same(str(each["name"])) for each in value if each.get("name")]
    return len(names) == len(value) == len(set(names))


def _names(entries: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(str(each["name"]) for each in entries)


def words(value: Any) -> str:
    """A value in one line."""
    text = _words(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        tables = any(isinstance(each, dict) and len(each) > 1 for each in value)
        return ("; " if tables else ", ").join(map(_words, value))
    if isinstance(value, dict):
        head = str(value.get("name", ""))
        rest = [f"{name} {_words(each)}" for name, each in value.items() if name != "name" and _says(each)]
        return f"{head} ({', '.join(rest)})" if head and rest else head or ", ".join(rest)
    return value.isoformat() if isinstance(value, date) else str(value)


def _says(value: Any) -> bool:
    return value is not False and value not in ("", [])
