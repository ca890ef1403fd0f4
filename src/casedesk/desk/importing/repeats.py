"""Rows of one file that speak of the same record: the last of them counts (behaviour 7.2)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from casedesk.desk.importing.people import KEYS
from casedesk.intake.records import ContactRecord, PersonRecord, Record, ResponseRecord, TicketRecord
from casedesk.intake.row_ids import Seen

if TYPE_CHECKING:
    from casedesk.intake import Source
    from casedesk.store.reader import Reader

_Key = tuple[str, str]

_CONTACT = "contact"
_AT_ONCE = 5000

_PERSON_FIELDS = ("external_id", "name", "email", "phone", "language")


class Repeats:
    """Knows before anything is stored which rows of a file are followed by a later one of the same record.

    Else a second run would go through the earlier row's state again, and what a rule opens would hang on where a
    transaction happens to end. Rows that are rejected don't count. Memory is flat: a filter of fixed size, and what the
    repeated rows alone need.
    """

    def __init__(self, file: Source, reader: Reader) -> None:
        self._last: dict[str, int] = {}
        self._joined: dict[str, ResponseRecord] = {}
        self._persons: dict[int, PersonRecord | None] = {}
        if file.kind == "contacts":
            self._read_contacts(file, reader)
        else:
            self._read_ids(file)

    def standing(self, record: Record) -> Record | None:
        """What counts in place of a row: mostly itself; None where a later row counts.

        Events about one response are joined, and so are rows about one contact, the later value going first.
        """
        if isinstance(record, ContactRecord):
            person = self._persons.get(record.line, record.person) if self._persons else record.person
            if person is None or person is record.person:
                return record if person else None
            return replace(record, person=person)
        if self._last.get(record.external_id, record.line) != record.line:
            return None
        return self._joined.get(record.external_id, record) if self._joined else record

    # -- answers and tickets, by their ids -----------------------------------------------------------------------

    def _read_ids(self, file: Source) -> None:
        seen = Seen()
        met = {own for own in file.own_ids() if _met(seen, own)}
        for record in file.records(only=met) if met else ():
            if not isinstance(record, ResponseRecord | TicketRecord):
                continue
            self._last[record.external_id] = record.line
            if isinstance(record, ResponseRecord) and record.partial:
                earlier = self._joined.get(record.external_id)
                self._joined[record.external_id] = joined_responses(earlier, record) if earlier else record

    # -- contacts, by id, e-mail or phone ------------------------------------------------------------------------

    def _read_contacts(self, file: Source, reader: Reader) -> None:
        seen = Seen()
        met = {key for _, keys in _with_keys(file, reader) for key in keys if _met(seen, key)}
        if not met:
            return
        groups = _Groups()
        for record, keys in _with_keys(file, reader):
            if not met.isdisjoint(keys):
                groups.add(record, keys)
        self._persons = groups.persons()


class _Groups:
    """Rows that will match one contact, as `People` matches them (behaviour 7.3)."""

    def __init__(self) -> None:
        self._by: dict[_Key, int] = {}
        self._merged: list[PersonRecord] = []
        self._lines: list[list[int]] = []
        self._known: list[_Key | None] = []

    def add(self, record: ContactRecord, keys: Sequence[_Key]) -> None:
        """Put a row to those of the same person."""
        known = keys[0] if keys[0][0] == _CONTACT else None
        group = self._match(record.person, known, keys)
        if group is None:
            group = len(self._merged)
            self._merged.append(record.person)
            self._lines.append([])
            self._known.append(known)
        others = {field for field, value in keys if self._by.get((field, value), group) != group}
        self._merged[group] = joined_persons(self._merged[group], record.person, without=others)
        self._lines[group].append(record.line)
        self._known[group] = self._known[group] or known
        for key in keys:
            self._by.setdefault(key, group)

    def persons(self) -> dict[int, PersonRecord | None]:
        """By line, for groups of several rows: the person of the last row, None for the others."""
        found: dict[int, PersonRecord | None] = {}
        for lines, person in zip(self._lines, self._merged, strict=True):
            if len(lines) > 1:
                found.update(dict.fromkeys(lines[:-1]))
                found[lines[-1]] = person
        return found

    def _match(self, person: PersonRecord, known: _Key | None, keys: Sequence[_Key]) -> int | None:
        for key in keys:
            group = self._by.get(key)
            if group is None:
                continue
            if key == known:
                return group
            other = known and self._known[group] and known != self._known[group]
            own = self._merged[group].external_id
            apart = key[0] != "external_id" and own and person.external_id and own != person.external_id
            return None if apart or other else group
        return None


def _with_keys(file: Source, reader: Reader) -> Iterator[tuple[ContactRecord, list[_Key]]]:
    """The rows that name anybody, with what they can be matched by; the contact that the desk knows comes first."""
    records = (record for record in file.records() if isinstance(record, ContactRecord) and record.person.has_key)
    while chunk := list(islice(records, _AT_ONCE)):
        for record, number in zip(chunk, _known_contacts(reader, [record.person for record in chunk]), strict=True):
            known = [(_CONTACT, str(number))] if number is not None else []
            yield record, known + _keys_of(record.person)


def _known_contacts(reader: Reader, persons: Sequence[PersonRecord]) -> Iterator[int | None]:
    """The contact that each person matches before anything is stored."""
    if not reader.value("SELECT EXISTS (SELECT 1 FROM contact)"):
        yield from [None] * len(persons)
        return
    by: dict[str, dict[str, tuple[int, str | None]]] = {}
    for key in KEYS:
        values = json.dumps([value for person in persons if (value := getattr(person, key))])
        rows = reader.rows(
            f"""SELECT {key}, id, external_id FROM contact
                WHERE {key} IN (SELECT value FROM json_each(?)) ORDER BY id DESC""",
            (values,),
        )
        by[key] = {value: (number, own) for value, number, own in rows}
    for person in persons:
        found = next((hit for key in KEYS if (hit := by[key].get(getattr(person, key)))), None)
        apart = found and person.external_id and found[1] and found[1] != person.external_id
        yield None if found is None or apart else found[0]


def joined_persons(earlier: PersonRecord, later: PersonRecord, *, without: set[str]) -> PersonRecord:
    """What two rows say of one person; `without` are fields of the later row that are another person's."""
    given = {name: value for name in _PERSON_FIELDS if name not in without and (value := getattr(later, name))}
    if later.account or later.account_id:
        given |= {"account": later.account, "account_id": later.account_id}
    variables = tuple((dict(earlier.variables) | dict(later.variables)).items())
    return replace(earlier, variables=variables, **given)


def joined_responses(earlier: ResponseRecord, later: ResponseRecord) -> ResponseRecord:
    """Two events about one response as one: what the later says, and of the earlier what it leaves out."""
    kept = {
        name: getattr(earlier, name)
        for name in ("answered_at", "score", "score_kind", "comment", "language")
        if getattr(later, name) in (None, "")
    }
    answers = tuple((dict(earlier.answers) | dict(later.answers)).items())
    person = later.person if not later.person.is_empty else earlier.person
    return replace(later, answers=answers, person=person, **kept)


def _keys_of(person: PersonRecord) -> list[_Key]:
    return [(field, value) for field in KEYS if (value := getattr(person, field))]


def _met(seen: Seen, key: str | _Key) -> bool:
    """Whether the key was met before: nearly sure, which is enough for what is then looked at closely."""
    first = hash(key)
    second = first >> 32
    return seen.met(first, second, first + second, first + 2 * second)
