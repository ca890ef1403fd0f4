"""Responses of an import: new ones stored and judged by the rules, changed ones updated (behaviour 7.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casedesk.desk.importing.batch import Batch
from casedesk.desk.importing.people import People
from casedesk.desk.importing.questions import Questions
from casedesk.domain.text import as_number, segmented
from casedesk.intake.records import ResponseRecord

if TYPE_CHECKING:
    from casedesk.desk.importing.opening import Opening

_COLUMNS = (
    "id", "campaign_id", "contact_id", "source", "external_id", "score", "score_kind", "comment", "language",
    "complete", "answered_at", "received_at", "text", "segmented", "digest", "import_id",
)  # fmt: skip

_COMPARED = ("score", "score_kind", "comment", "language", "complete", "answered_at")


def digest_of(record: ResponseRecord) -> str:
    """A fingerprint of everything that the row says, its line number apart."""
    person = record.person
    content = (
        record.answered_at, record.score, record.score_kind, record.comment, record.language, record.complete,
        record.answers, person.external_id, person.name, person.email, person.phone, person.language, person.account,
        person.account_id, person.variables,
    )  # fmt: skip
    return hashlib.blake2b(repr(content).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


class Responses:
    """The responses of one batch."""

    def __init__(
        self, batch: Batch, people: People, questions: Questions, opening: Opening, *, source: str, campaign_id: int
    ) -> None:
        self._batch = batch
        self._people = people
        self._questions = questions
        self._opening = opening
        self._source = source
        self._campaign_id = campaign_id
        self._rows: list[tuple[Any, ...]] = []
        self._answers: list[tuple[int, int, str, float | None]] = []
        self._changed: list[tuple[Any, ...]] = []
        self._tickets: list[tuple[Any, ...]] = []
        self._moved: list[tuple[int | None, int | None, int]] = []

    def take(self, records: Sequence[ResponseRecord]) -> None:
        """Take the records, no two of them with one id: new, changed and unchanged ones are counted in the tally."""
        known = {
            row[0]: row[1:]
            for row in self._batch.chosen(
                f"""SELECT external_id, id, digest, contact_id, {", ".join(_COMPARED)} FROM response
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
                self._update(record, digest, known[record.external_id])
                tally.updated += 1
            else:
                self._insert(record, digest)
                tally.imported += 1

    def finish(self) -> None:
        """Write the rows; the contacts that they name have to be written before."""
        self._batch.insert("response", _COLUMNS, self._rows)
        self._batch.insert("answer", ("response_id", "question_id", "value", "number"), self._answers)
        run = self._batch.connection.executemany
        run(
            f"""UPDATE response SET {", ".join(f"{name} = ?" for name in _COMPARED)}, contact_id = ?, text = ?,
                segmented = ?, digest = ? WHERE id = ?""",
            self._changed,
        )
        run(
            "UPDATE ticket SET score = ?, score_kind = ?, version = version + 1, updated_at = ? WHERE response_id = ?",
            self._tickets,
        )
        run("UPDATE ticket SET contact_id = ?, account_id = ? WHERE id = ?", self._moved)

    def _insert(self, record: ResponseRecord, digest: str) -> None:
        batch = self._batch
        contact, account, _ = self._people.resolve(record.line, record.person)
        number = batch.next_id("response")
        text = self._questions.text(record)
        answered_at = record.answered_at if record.answered_at is not None else batch.at
        self._rows.append(
            (
                number,
                self._campaign_id,
                contact,
                self._source,
                record.external_id,
                record.score,
                record.score_kind,
                record.comment,
                record.language,
                record.complete,
                answered_at,
                batch.at,
                text,
                segmented(text),
                digest,
                batch.import_id,
            )
        )
        self._add_answers(number, record)
        ticket = self._opening.judge(record, number, contact, account, answered_at)
        batch.line(
            "answer", "event", "response", number, ticket=ticket, version=1 if ticket else None, contact=contact,
            texts=("", _in_words(record)),
        )  # fmt: skip

    def _add_answers(self, number: int, record: ResponseRecord) -> None:
        ids = self._questions.ids
        for key, value in record.answers:
            question = ids.get(key) or self._questions.add(self._batch, key)
            self._answers.append((number, question, value, as_number(value) if len(value) < 24 else None))

    def _update(self, record: ResponseRecord, digest: str, known: tuple[Any, ...]) -> None:
        number, _, contact_before, *before = known
        batch = self._batch
        contact, account, what = contact_before, None, list[str]()
        if contact is None or record.person.has_key:
            contact, account, what = self._people.resolve(record.line, record.person)
            contact = contact if contact is not None else contact_before
        else:
            account = self._people.known(contact)[0]["account_id"]
        old_answers: dict[int, str] = dict(
            batch.connection.execute(
                "SELECT question_id, value FROM answer WHERE response_id = ?", (number,)
            ).fetchall()
        )
        tickets = batch.connection.execute(
            "SELECT id, contact_id FROM ticket WHERE response_id = ?", (number,)
        ).fetchall()
        ticket = tickets[-1][0] if tickets else None
        after = [getattr(record, name) for name in _COMPARED]
        if record.answered_at is None:
            after[_COMPARED.index("answered_at")] = before[_COMPARED.index("answered_at")]
        if record.partial:
            after = [new if new not in (None, "") else old for new, old in zip(after, before, strict=True)]
        for name, old, new in zip(_COMPARED, before, after, strict=True):
            if old != new:
                what.append(f"{name.removesuffix('_at')} {_shown(old)} → {_shown(new)}")
                batch.line(
                    "answer" if name == "score" else "", "set", "response", number, ticket=ticket, contact=contact,
                    field=name, before=old, after=new, texts=(_shown(old), _shown(new)),
                )  # fmt: skip
        what += self._update_answers(number, record, old_answers, ticket, contact)
        text = self._text_now(number, record)
        self._changed.append((*after, contact, text, segmented(text), digest, number))
        if contact != contact_before:
            what.append("contact")
            self._move_tickets(tickets, contact_before, contact, account)
        if tickets:
            self._tickets.append((after[0], after[1], batch.at, number))
        else:
            self._opening.judge(record, number, contact, account, after[-1] or batch.at)
        batch.tally.change(record.line, ", ".join(what) or "a detail that isn't shown")

    def _move_tickets(
        self, tickets: Sequence[tuple[int, int | None]], before: int | None, contact: int | None, account: int | None
    ) -> None:
        """Let the response's tickets follow it to another contact, those apart that somebody gave to a third one."""
        for ticket, own in tickets:
            if own == before:
                self._moved.append((contact, account, ticket))
                self._batch.line(
                    "contact", "set", "ticket", ticket, ticket=ticket, contact=contact, field="contact_id",
                    before=before, after=contact, texts=("", "changed in the answer"),
                )  # fmt: skip

    def _update_answers(
        self,
        number: int,
        record: ResponseRecord,
        old: dict[int, str],
        ticket: int | None,
        contact: int | None,
    ) -> list[str]:
        batch = self._batch
        new = {
            (self._questions.ids.get(key) or self._questions.add(batch, key)): value for key, value in record.answers
        }
        gone = [] if record.partial else [question for question in old if question not in new]
        what = []
        for question in [*new, *gone]:
            before, after = old.get(question), new.get(question)
            if before == after:
                continue
            key = self._questions.key(question)
            what.append(key)
            batch.line(
                "answer", "set", "answer", number, ticket=ticket, contact=contact, field=key, before=before,
                after=after, texts=(f"{key} {_shown(before)}", _shown(after)),
            )  # fmt: skip
            if after is None:
                batch.connection.execute(
                    "DELETE FROM answer WHERE response_id = ? AND question_id = ?", (number, question)
                )
            else:
                batch.connection.execute(
                    """INSERT INTO answer (response_id, question_id, value, number) VALUES (?, ?, ?, ?)
                       ON CONFLICT (response_id, question_id) DO UPDATE SET value = excluded.value,
                           number = excluded.number""",
                    (number, question, after, as_number(after) if len(after) < 24 else None),
                )
        return what

    def _text_now(self, number: int, record: ResponseRecord) -> str:
        if not record.partial:
            return self._questions.text(record)
        rows = self._batch.connection.execute(
            """SELECT a.value FROM answer a JOIN question q ON q.id = a.question_id
               WHERE a.response_id = ? AND q.kind <> 'meta' ORDER BY q.position""",
            (number,),
        )
        return "\n".join(row[0] for row in rows if as_number(row[0]) is None)


def _in_words(record: ResponseRecord) -> str:
    if record.score is None:
        return "answered"
    return f"{(record.score_kind or 'score').upper()} {record.score:g}"


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "none"
    text = f"{value:g}" if isinstance(value, float) else " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"
