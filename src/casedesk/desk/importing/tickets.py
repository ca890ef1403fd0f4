"""Tickets of another system: new ones opened as they stand there, changed ones updated (behaviour 7.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casedesk.desk.importing.batch import Batch
from casedesk.desk.importing.names import OtherNames
from casedesk.desk.importing.people import People
from casedesk.desk.recording import SET, event_of
from casedesk.domain import lifecycle
from casedesk.domain.rules import TICKET_OPENED, Event
from casedesk.domain.text import segmented
from casedesk.intake.records import TicketRecord

if TYPE_CHECKING:
    from casedesk.desk.setup import StatusEntry

_COLUMNS = (
    "id", "version", "title", "state", "status_id", "priority_id", "topic_id", "score", "score_kind", "contact_id",
    "account_id", "owner_id", "team_id", "created_at", "updated_at", "closed_at", "breached", "resolution_id", "origin",
    "source", "external_id", "digest", "import_id", "description", "segmented",
)  # fmt: skip

TITLE_LENGTH = 300


def digest_of(record: TicketRecord) -> str:
    """A fingerprint of everything that the row says, its line number apart."""
    content = tuple(getattr(record, name) for name in TicketRecord.__slots__ if name != "line")
    return hashlib.blake2b(repr(content).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


class Tickets:
    """The tickets of one batch."""

    def __init__(self, batch: Batch, people: People, names: OtherNames, *, source: str) -> None:
        self._batch = batch
        self._people = people
        self._names = names
        self._source = source
        self._rows: list[tuple[Any, ...]] = []
        self._tags: list[tuple[int, int]] = []
        self._fields: list[tuple[int, str, str]] = []
        self._changed: list[tuple[str, tuple[Any, ...]]] = []

    def take(self, records: Sequence[TicketRecord]) -> None:
        """Take the records, no two of them with one id: new, changed and unchanged ones are counted in the tally."""
        known = {
            row[0]: row[1:]
            for row in self._batch.chosen(
                """SELECT external_id, id, digest FROM ticket
                   WHERE source = ? AND external_id IN (SELECT value FROM json_each(?))""",
                (record.external_id for record in records),
                self._source,
            )
        }
        changed = [
            (record, digest)
            for record in records
            if (digest := digest_of(record)) != (known[record.external_id][1] if record.external_id in known else "")
        ]
        tally = self._batch.tally
        tally.unchanged += len(records) - len(changed)
        self._people.load(record.person for record, _ in changed)
        for record, digest in changed:
            if record.external_id in known:
                self._update(record, digest, known[record.external_id][0])
                tally.updated += 1
            else:
                self._insert(record, digest)
                tally.imported += 1

    def finish(self) -> None:
        """Write the rows; the contacts that they name have to be written before."""
        self._batch.insert("ticket", _COLUMNS, self._rows)
        for sql, values in self._changed:
            self._batch.connection.execute(sql, values)
        self._batch.connection.executemany(
            "INSERT OR IGNORE INTO ticket_tag (ticket_id, tag_id) VALUES (?, ?)", self._tags
        )
        self._batch.connection.executemany(
            """INSERT INTO ticket_field (ticket_id, name, value) VALUES (?, ?, ?)
               ON CONFLICT (ticket_id, name) DO UPDATE SET value = excluded.value""",
            self._fields,
        )

    def _insert(self, record: TicketRecord, digest: str) -> None:
        batch, names = self._batch, self._names
        contact, account, _ = self._people.resolve(record.line, record.person)
        number = batch.next_id("ticket")
        status = names.status(record.status)
        created = record.created_at if record.created_at is not None else batch.at
        updated = max(created, record.updated_at or record.closed_at or created)
        closed = self._closed_at(record, status, updated)
        title = self._title(record)
        self._rows.append(
            (
                number,
                1,
                title,
                status.state,
                status.id,
                names.priority(record.priority),
                names.topic(record.topic),
                record.score,
                record.score_kind,
                contact,
                account,
                names.owner(record.owner),
                names.team(record.team),
                created,
                updated,
                closed,
                False,
                names.resolution(record.resolution) if closed else None,
                "import",
                self._source,
                record.external_id,
                digest,
                batch.import_id,
                record.description,
                segmented(f"{title}\n{record.description}"),
            )
        )
        self._keep(number, record)
        batch.tally.tickets_opened += 1
        batch.line("opened", "event", "ticket", number, ticket=number, version=1, contact=contact, texts=("", title))
        # It may be closed already: that happened elsewhere, and sets off nothing here.
        batch.events.append(Event(TICKET_OPENED, number))
        if closed is not None:
            batch.line(
                "status", "event", "ticket", number, ticket=number, version=1, contact=contact,
                texts=("", status.name), cause="closed in the other system",
            )  # fmt: skip

    def _update(self, record: TicketRecord, digest: str, number: int) -> None:
        """Take over what the other system changed; status and owner only while nobody here has worked on the ticket."""
        batch, names = self._batch, self._names
        contact, account, what = self._people.resolve(record.line, record.person)
        worked_on = batch.connection.execute(
            "SELECT 1 FROM activity WHERE ticket_id = ? AND actor_kind = 'user' LIMIT 1", (number,)
        ).fetchone()
        title = self._title(record)
        values: dict[str, Any] = {
            "title": title,
            "description": record.description,
            "priority_id": names.priority(record.priority),
            "topic_id": names.topic(record.topic),
            "score": record.score,
            "score_kind": record.score_kind,
        }
        if contact is not None:
            values |= {"contact_id": contact, "account_id": account}
        if not worked_on:
            status = names.status(record.status)
            closed = self._closed_at(record, status, record.updated_at or batch.at)
            values |= {
                "state": status.state,
                "status_id": status.id,
                "closed_at": closed,
                "owner_id": names.owner(record.owner),
                "team_id": names.team(record.team),
                "resolution_id": names.resolution(record.resolution) if closed else None,
            }
        columns = list(values)
        before = batch.connection.execute(f"SELECT {', '.join(columns)} FROM ticket WHERE id = ?", (number,)).fetchone()
        for name, old in zip(columns, before, strict=True):
            if old != values[name]:
                shown = name.removesuffix("_id")
                what.append(shown)
                batch.line(
                    shown, "set", "ticket", number, ticket=number, contact=contact, field=name, before=old,
                    after=values[name], texts=("", "changed in the other system"),
                )  # fmt: skip
                trigger = event_of("ticket", SET, name, values[name])
                if trigger:
                    batch.events.append(Event(trigger, number))
        sets = ", ".join(f"{name} = ?" for name in columns)
        sql = f"""UPDATE ticket SET {sets}, digest = ?, segmented = ?, version = version + 1,
                  updated_at = max(updated_at, ?) WHERE id = ?"""
        words = segmented(f"{title}\n{record.description}")
        self._changed.append((sql, (*values.values(), digest, words, record.updated_at or batch.at, number)))
        self._keep(number, record)
        batch.tally.change(record.line, ", ".join(what) or "fields")

    def _keep(self, number: int, record: TicketRecord) -> None:
        self._tags += [(number, self._names.tag(tag)) for tag in dict.fromkeys(record.tags)]
        self._fields += [(number, name, value) for name, value in record.fields]
        # A name that this desk doesn't know isn't lost: it stays readable among the ticket's fields.
        self._fields += [(number, name, value) for name, value in self._names.unknown(record)]

    @staticmethod
    def _closed_at(record: TicketRecord, status: StatusEntry, updated: int) -> int | None:
        if status.state != lifecycle.CLOSED:
            return None
        return record.closed_at if record.closed_at is not None else updated

    @staticmethod
    def _title(record: TicketRecord) -> str:
        title = " ".join((record.title or record.description[:1000]).split()) or f"Ticket {record.external_id}"
        return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1] + "…"
