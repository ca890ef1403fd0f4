"""The columns of ticket lists: the keys of a ticket's JSON, and any field or custom variable of its contact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from difflib import get_close_matches
from typing import Any, Final

from casedesk.cli.documents import ticket_document
from casedesk.cli.output import instant
from casedesk.desk.values import Contact, TicketRecord
from casedesk.domain.errors import InvalidInput

TABLE: Final = ("number", "status", "priority", "score", "title", "contact", "owner", "created_at")
CSV: Final = (
    "number", "title", "status", "priority", "topic", "tags", "classifications", "score", "score_kind", "campaign",
    "contact", "contact.email", "contact.phone", "account", "owner", "helpers", "team", "plan", "exit_state",
    "resolution", "created_at", "updated_at", "closed_at", "due_at", "breached", "version", "description",
)  # fmt: skip
_OF_LINE: Final = ("state", "merged_into")
_KNOWN: Final = (*CSV, *_OF_LINE, "wake_at", "contact.id", "contact.name", "contact.language", "contact.external_id")
_OF_CONTACT: Final = ("id", "name", "email", "phone", "language", "external_id", "account")

Instants = Callable[[datetime | None], str | None]
"""How a column of instants is written."""


def chosen_columns(text: str | None, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of `--columns a,b,c`. Raises InvalidInput with the nearest name for one that can't be."""
    if text is None:
        return otherwise
    columns = tuple(name.strip() for name in text.split(",") if name.strip())
    if not columns:
        raise InvalidInput("--columns names no column.")
    for name in columns:
        if name not in _KNOWN and not name.startswith("contact."):
            near = get_close_matches(name, _KNOWN, 1)
            hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(_KNOWN)}, contact.VARIABLE."
            raise InvalidInput(f"There is no column {name}; {hint}")
    return columns


def row(record: TicketRecord, columns: tuple[str, ...], instants: Instants = instant) -> list[Any]:
    """The cells of one ticket."""
    document = ticket_document(record)
    return [_cell(record, document, column, instants) for column in columns]


def _cell(record: TicketRecord, document: dict[str, Any], column: str, instants: Instants) -> Any:
    if column == "contact":
        return record.line.contact
    if column in _OF_LINE:
        return getattr(record.line, column)
    if column.startswith("contact."):
        return None if record.contact is None else _of_contact(record.contact, column.removeprefix("contact."))
    if column.endswith("_at"):
        return instants(getattr(record.line, column))
    value = document[column]
    return ", ".join(value) if isinstance(value, list) else value


def _of_contact(contact: Contact, name: str) -> Any:
    if name in _OF_CONTACT:
        return getattr(contact, name)
    return next((value for variable, value in contact.variables if variable.casefold() == name.casefold()), None)
