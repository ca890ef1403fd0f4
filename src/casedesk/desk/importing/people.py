"""Contacts and accounts of an import: matched, made, updated; contradictions are listed, not merged (behaviour 7.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from casedesk.desk.importing.batch import Batch
from casedesk.intake.records import PersonRecord

_FIELDS = ("external_id", "name", "email", "phone", "language")
KEYS = ("external_id", "email", "phone")
"""In the order in which a contact is matched by them."""


class People:
    """The persons of one batch."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._by: dict[str, dict[str, int]] = {key: {} for key in KEYS}
        self._contacts: dict[int, dict[str, Any]] = {}
        self._variables: dict[int, dict[str, str]] = {}
        self._accounts: dict[str, int] = {}
        self._account_details: dict[int, tuple[str, str | None, dict[str, str]]] = {}
        self._new_contacts: dict[int, dict[str, Any]] = {}
        self._changed: dict[int, set[str]] = {}
        self._new_variables: dict[tuple[int, str], str] = {}

    def load(self, persons: Iterable[PersonRecord]) -> None:
        """Read what the desk knows of these persons, in a few queries for the whole batch."""
        persons = list(persons)
        known: set[int] = set()
        for key in KEYS:
            values = {value for person in persons if (value := getattr(person, key))} - self._by[key].keys()
            rows = self._batch.chosen(
                f"SELECT {key}, min(id) FROM contact WHERE {key} IN (SELECT value FROM json_each(?)) GROUP BY {key}",
                values,
            )
            self._by[key].update(rows)
            known.update(number for _, number in rows)
        self._load_contacts(known - self._contacts.keys())
        self._load_accounts(persons)

    def _load_contacts(self, known: set[int]) -> None:
        for row in self._batch.chosen(
            """SELECT id, external_id, name, email, phone, language, account_id FROM contact
               WHERE id IN (SELECT value FROM json_each(?))""",
            known,
        ):
            self._contacts[row[0]] = dict(zip((*_FIELDS, "account_id"), row[1:], strict=True))
        for number, name, value in self._batch.chosen(
            "SELECT contact_id, name, value FROM contact_variable WHERE contact_id IN (SELECT value FROM json_each(?))",
            known,
        ):
            self._variables.setdefault(number, {})[name] = value

    def resolve(self, line: int, person: PersonRecord) -> tuple[int | None, int | None, list[str]]:
        """The contact and account of a person, made or updated where needed, and the names of what was updated."""
        account = self._account(person)
        if person.is_empty:
            return None, account, []
        found = self._match(line, person)
        if found is None:
            found = self._make(person, account)
            return found, account, []
        changed = self._update(found, person, account)
        return found, self._contacts[found]["account_id"], changed

    def known(self, contact_id: int) -> tuple[dict[str, Any], dict[str, str]]:
        """The fields and the variables of a contact."""
        if contact_id not in self._contacts:
            self._load_contacts({contact_id})
        return self._contacts[contact_id], self._variables.get(contact_id, {})

    def account(self, account_id: int) -> tuple[str, str | None, dict[str, str]]:
        """Name, own id and variables of an account."""
        if account_id not in self._account_details:
            run = self._batch.connection.execute
            name, external = run("SELECT name, external_id FROM account WHERE id = ?", (account_id,)).fetchone()
            rows = run("SELECT name, value FROM account_variable WHERE account_id = ?", (account_id,)).fetchall()
            self._account_details[account_id] = (name, external, dict(rows))
        return self._account_details[account_id]

    def finish(self) -> None:
        """Write what was made and changed."""
        columns = (*_FIELDS, "account_id")
        self._batch.insert(
            "contact",
            ("id", *columns, "created_at"),
            [(number, *(row[c] for c in columns), self._batch.at) for number, row in self._new_contacts.items()],
        )
        for number, fields in self._changed.items():
            if number in self._new_contacts:
                continue
            row = self._contacts[number]
            sets = ", ".join(f"{name} = ?" for name in fields)
            self._batch.connection.execute(
                f"UPDATE contact SET {sets} WHERE id = ?", (*(row[name] for name in fields), number)
            )
        self._batch.connection.executemany(
            """INSERT INTO contact_variable (contact_id, name, value) VALUES (?, ?, ?)
               ON CONFLICT (contact_id, name) DO UPDATE SET value = excluded.value""",
            [(number, name, value) for (number, name), value in self._new_variables.items()],
        )

    # -- matching -----------------------------------------------------------------------------------------------

    def _match(self, line: int, person: PersonRecord) -> int | None:
        found: int | None = None
        by = ""
        for key in KEYS:
            value = getattr(person, key)
            other = self._by[key].get(value) if value else None
            if other is None:
                continue
            if found is None:
                found, by = other, key
            elif other != found:
                self._batch.tally.contradict(
                    line,
                    f"{_words(by)} {getattr(person, by)} is contact {found}, but {_words(key)} {value} is contact "
                    f"{other}; the {_words(by)} was believed.",
                )
        if found is not None and by != "external_id" and self._other_identity(line, found, by, person):
            return None
        return found

    def _other_identity(self, line: int, found: int, by: str, person: PersonRecord) -> bool:
        """Whether the contact found by e-mail or phone is known under another external id: then it is another one."""
        known = self._contacts[found]["external_id"]
        if not person.external_id or not known or person.external_id == known:
            return False
        self._batch.tally.contradict(
            line,
            f"{_words(by)} {getattr(person, by)} belongs to contact {found} with id {known}, not {person.external_id}; "
            "they were kept apart.",
        )
        return True

    def _make(self, person: PersonRecord, account: int | None) -> int:
        number = self._batch.next_id("contact")
        row: dict[str, Any] = {name: getattr(person, name) for name in _FIELDS}
        row["name"] = row["name"] or ""
        row["account_id"] = account
        self._contacts[number] = row
        self._new_contacts[number] = row
        for key in KEYS:
            if row[key]:
                self._by[key].setdefault(row[key], number)
        variables = dict(person.variables)
        self._variables[number] = variables
        for name, value in variables.items():
            self._new_variables[number, name] = value
        self._batch.tally.contacts_created += 1
        self._batch.line("contact", "event", "contact", number, contact=number, texts=("", "added"))
        return number

    def _update(self, number: int, person: PersonRecord, account: int | None) -> list[str]:
        row = self._contacts[number]
        changed: list[str] = []
        given = {name: value for name in _FIELDS if (value := getattr(person, name))}
        if account is not None:
            given["account_id"] = account
        for name, value in given.items():
            if row[name] == value:
                continue
            if name in KEYS and value in self._by[name]:
                continue  # it is another contact's: a contradiction, already listed
            self._batch.line(
                "contact", "set", "contact", number, contact=number, field=name, before=row[name], after=value,
                texts=(str(row[name] or ""), str(value)),
            )  # fmt: skip
            row[name] = value
            if name in KEYS:
                self._by[name][value] = number
            self._changed.setdefault(number, set()).add(name)
            changed.append(name.removesuffix("_id") if name == "account_id" else name)
        variables = self._variables.setdefault(number, {})
        for name, value in person.variables:
            if variables.get(name) != value:
                self._batch.line(
                    "contact", "set", "contact_variable", number, contact=number, field=name,
                    before=variables.get(name), after=value, texts=(variables.get(name, ""), value),
                )  # fmt: skip
                variables[name] = value
                self._new_variables[number, name] = value
                changed.append(name)
        return changed

    # -- accounts -----------------------------------------------------------------------------------------------

    def _load_accounts(self, persons: Sequence[PersonRecord]) -> None:
        ids = {person.account_id for person in persons if person.account_id}
        names = {person.account for person in persons if person.account}
        for number, external in self._batch.chosen(
            "SELECT id, external_id FROM account WHERE external_id IN (SELECT value FROM json_each(?))", ids
        ):
            self._accounts[f"id:{external}"] = number
        for number, name in self._batch.chosen(
            "SELECT min(id), name FROM account WHERE name IN (SELECT value FROM json_each(?)) GROUP BY name", names
        ):
            self._accounts[f"name:{name}"] = number

    def _account(self, person: PersonRecord) -> int | None:
        if not person.account and not person.account_id:
            return None
        keys = [f"id:{person.account_id}"] if person.account_id else []
        if person.account and not person.account_id:
            keys.append(f"name:{person.account}")
        for key in keys:
            if key in self._accounts:
                return self._accounts[key]
        number = self._batch.next_id("account")
        name = person.account or person.account_id or ""
        self._batch.insert(
            "account",
            ("id", "name", "external_id", "created_at"),
            [(number, name, person.account_id, self._batch.at)],
        )
        self._batch.line("account", "event", "account", number, texts=("", f"{name} added"))
        for key in (*keys, f"name:{name}"):
            self._accounts.setdefault(key, number)
        return number


def _words(field: str) -> str:
    return {"external_id": "id", "email": "e-mail"}.get(field, field)
