"""The columns of a row that tell who the person is, as a `PersonRecord`."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

from casedesk.intake.cells import BadCell, quoted, says_nothing
from casedesk.intake.identities import email_of, phone_of
from casedesk.intake.records import PersonRecord

ReadPerson = Callable[[list[str]], PersonRecord]

NOBODY = PersonRecord()
AS_WRITTEN = "_as_written"
"""Follows `email` or `phone` in the name of the variable that keeps what is no address or number."""


def person_reader(
    places: dict[str, int], variables: list[tuple[str, int]], region: str, *, addressed_by: str = ""
) -> ReadPerson:
    """A function that reads the person in a row's cells.

    `places` gives the column of each target ("person.email", "account", …), `variables` the name and column of each
    custom variable. An e-mail address or phone number that can't be one is kept as a variable; with `addressed_by`, the
    header of the addresses, an impossible address is a `BadCell` instead.
    """
    if not places and not variables:
        return lambda cells: NOBODY
    if not places:
        return _only_variables(variables)
    pick = _picker(places)

    def read(cells: list[str]) -> PersonRecord:
        external_id, name, first, last, email, phone, language, account, account_id = pick(cells)
        kept = [(variable, cells[place]) for variable, place in variables if cells[place]]
        if email:
            address = email_of(email)
            if address is None and not says_nothing(email):
                if addressed_by:
                    raise BadCell(f"{quoted(email)} is no e-mail address in column {quoted(addressed_by)}")
                kept.append(("email" + AS_WRITTEN, email))
            email = address or ""
        if phone:
            number = phone_of(phone, region)
            if number is None:
                kept.append(("phone" + AS_WRITTEN, phone))
            phone = number or ""
        if not name and (first or last):
            name = f"{first} {last}".strip()
        return PersonRecord(
            external_id or None,
            name or None,
            email or None,
            phone or None,
            language.lower() or None,
            account or None,
            account_id or None,
            tuple(kept),
        )

    return read


_ORDER = (
    "person.external_id",
    "person.name",
    "person.first_name",
    "person.last_name",
    "person.email",
    "person.phone",
    "person.language",
    "account",
    "account_id",
)


def _picker(places: dict[str, int]) -> Callable[[list[str]], tuple[str, ...]]:
    """A function that picks the cells in `_ORDER`; a blank appended to the row stands for columns that aren't there."""
    pick: Callable[[list[str]], tuple[str, ...]] = itemgetter(*(places.get(target, -1) for target in _ORDER))
    return lambda cells: pick([*cells, ""])


def _only_variables(variables: list[tuple[str, int]]) -> ReadPerson:
    def read(cells: list[str]) -> PersonRecord:
        kept = tuple((variable, cells[place]) for variable, place in variables if cells[place])
        return PersonRecord(variables=kept) if kept else NOBODY

    return read
