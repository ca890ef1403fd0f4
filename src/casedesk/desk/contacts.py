"""Contacts and accounts: who the person is, and everything held about them (M7)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import repeat
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.instants import moment
from casedesk.desk.ticket_reading import read_lines
from casedesk.desk.values import Account, Contact, ScorePoint
from casedesk.domain.errors import InvalidInput, NotFound
from casedesk.domain.rights import CONTACTS_VIEW
from casedesk.domain.text import tokens
from casedesk.store.reader import escaped_like

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk.desk.desk import Desk
    from casedesk.store.reader import Reader, Row

_PIECE = 500

RECENT = 20
"""Tickets of a contact that come with it."""

_CONTACT = """
    SELECT k.id, k.name, k.email, k.phone, k.language, k.external_id, a.name, k.created_at
    FROM contact k LEFT JOIN account a ON a.id = k.account_id"""

_ACCOUNT = """
    SELECT a.id, a.name, a.external_id, (SELECT count(*) FROM contact WHERE account_id = a.id),
           (SELECT count(*) FROM ticket WHERE account_id = a.id)
    FROM account a"""


class Contacts:
    """`desk.contacts`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def show(self, contact_id: int) -> Contact:
        """The contact with variables, scores and recent tickets. Raises NotFound."""
        self._desk.require(CONTACTS_VIEW)
        reader = self._desk.store.reader()
        row = reader.row(_CONTACT + " WHERE k.id = ?", (contact_id,))
        if row is None:
            raise NotFound(f"There is no contact {contact_id}.")
        variables = reader.rows(
            "SELECT name, value FROM contact_variable WHERE contact_id = ? ORDER BY name COLLATE NOCASE", (contact_id,)
        )
        scores = reader.rows(
            """SELECT r.answered_at, r.score, r.score_kind, c.name
               FROM response r JOIN campaign c ON c.id = r.campaign_id
               WHERE r.contact_id = ? AND r.score IS NOT NULL ORDER BY r.answered_at, r.id LIMIT 200""",
            (contact_id,),
        )
        recent = reader.rows(
            "SELECT id FROM ticket WHERE contact_id = ? ORDER BY created_at DESC, id DESC LIMIT ?", (contact_id, RECENT)
        )
        points = tuple(ScorePoint(moment(at), score, kind, campaign) for at, score, kind, campaign in scores)
        tickets = tuple(read_lines(reader, [found[0] for found in recent]))
        count = reader.value("SELECT count(*) FROM ticket WHERE contact_id = ?", (contact_id,))
        return Contact(*(*row[:7], moment(row[7]), tuple(variables), points, tickets, count))

    def find(self, text: str, limit: int = 50) -> list[Contact]:
        """Contacts by the beginnings of words of their name, e-mail or id, whatever case and accents, or by the
        beginning of their phone; all of them for an empty text. Without scores and tickets, by name.
        """
        return list(self.stream(text, limit))

    def stream(self, text: str = "", limit: int | None = None) -> Iterator[Contact]:
        """The same, read piece by piece; all of them without a limit."""
        self._desk.require(CONTACTS_VIEW)
        most = -1 if limit is None else limit
        words = tokens(text)
        start = text.strip()
        if words:
            where = """WHERE k.id IN (SELECT rowid FROM contact_search WHERE contact_search MATCH ?1
                                      UNION SELECT id FROM contact WHERE phone >= ?2 AND phone < ?2 || char(1114111))"""
            asked: tuple[object, ...] = (" ".join(f'"{word}"*' for word in words), start or "\x00", most)
        elif start:
            return
        else:
            where, asked = "WHERE ?1 = ?2", (1, 1, most)
        # No index has their names in any case, so all are sorted: by name and id alone, which is less to hold.
        sql = f"SELECT k.id FROM contact k {where} ORDER BY k.name COLLATE NOCASE, k.id LIMIT ?3"
        reader = self._desk.store.reader()
        for piece in reader.chunks(sql, asked, repeat(_PIECE)):
            ids = [row[0] for row in piece]
            found = reader.rows(f"{_CONTACT} WHERE k.id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
            rows = {row[0]: row for row in found}
            yield from (Contact(*(*row[:7], moment(row[7]))) for row in map(rows.__getitem__, ids))

    def find_one(self, reference: str) -> Contact:
        """The one contact that `reference` names: an id, an external id, an e-mail, a phone or a whole name.

        Raises NotFound, and InvalidInput when several have that name.
        """
        self._desk.require(CONTACTS_VIEW)
        found = _ids_of(self._desk, reference)
        if not found:
            raise NotFound(f"There is no contact “{reference}”.")
        if len(found) > 1:
            raise InvalidInput(f"{len(found)} contacts are called “{reference}”; say which by e-mail or id.")
        return self.show(found[0])

    def find_account(self, reference: str | int) -> Account:
        """The one account that `reference` names: an id (as a number), an external id or a whole name.

        Raises NotFound, and InvalidInput when several have that name.
        """
        self._desk.require(CONTACTS_VIEW)
        reader = self._desk.store.reader()
        text = str(reference).strip()
        tries = [("external_id = ?", text), ("name = ? COLLATE NOCASE", text)] if isinstance(reference, str) else []
        if text.isdecimal() and len(text) < 18:
            tries.append(("id = ?", text))
        for condition, value in tries:
            rows = reader.rows(f"{_ACCOUNT} WHERE {condition} ORDER BY a.id LIMIT 100", (value,))
            if len(rows) > 1:
                raise InvalidInput(f"{len(rows)} accounts are called “{text}”; say which by id.")
            if rows:
                return _account(reader, rows[0])
        raise NotFound(f"There is no account “{text}”.")

    def accounts(self, text: str = "", limit: int = 100) -> list[Account]:
        """Accounts whose name has `text` inside, by name."""
        return list(self.stream_accounts(text, limit))

    def stream_accounts(self, text: str = "", limit: int | None = None) -> Iterator[Account]:
        """The same, read piece by piece; all of them without a limit."""
        self._desk.require(CONTACTS_VIEW)
        reader = self._desk.store.reader()
        sql = rf"{_ACCOUNT} WHERE a.name LIKE ? ESCAPE '\' ORDER BY a.name COLLATE NOCASE LIMIT ?"
        asked = (f"%{escaped_like(text.strip())}%", -1 if limit is None else limit)
        for piece in reader.chunks(sql, asked, repeat(_PIECE)):
            yield from (_account(reader, row) for row in piece)


def _account(reader: Reader, row: Row) -> Account:
    variables = reader.rows("SELECT name, value FROM account_variable WHERE account_id = ? ORDER BY name", (row[0],))
    return Account(row[0], row[1], row[2], tuple((name, value) for name, value in variables), row[3], row[4])


def contact_to_open_for(session: Session, desk: Desk, reference: str | int | None) -> model.Contact | None:
    """The contact that a new ticket is for; None without a reference. Raises NotFound or InvalidInput."""
    if reference is None or reference == "":
        return None
    found = desk.contacts.show(reference) if isinstance(reference, int) else desk.contacts.find_one(reference)
    return session.get(model.Contact, found.id)


def _ids_of(desk: Desk, reference: str) -> list[int]:
    reader = desk.store.reader()
    reference = reference.strip()
    tries = (
        ("external_id = ?", reference),
        ("email = ?", reference.lower()),
        ("phone = ?", reference),
        ("name = ? COLLATE NOCASE", reference),
    )
    for condition, value in tries:
        rows = reader.rows(f"SELECT id FROM contact WHERE {condition} ORDER BY id LIMIT 100", (value,))
        if rows:
            return [row[0] for row in rows]
    if reference.isdecimal() and len(reference) < 18:
        return [row[0] for row in reader.rows("SELECT id FROM contact WHERE id = ?", (int(reference),))]
    return []
