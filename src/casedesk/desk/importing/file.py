"""One run over one file, in transactions of a few thousand rows (behaviour 7.2)."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.case_management import refuse_without_cases
from casedesk.desk.importing.batch import LISTED, Batch, Tally
from casedesk.desk.importing.campaigns import CampaignNames, campaign_row, known_campaigns
from casedesk.desk.importing.names import OtherNames
from casedesk.desk.importing.notes import notes_of
from casedesk.desk.importing.opening import Opening
from casedesk.desk.importing.people import People
from casedesk.desk.importing.questions import Questions
from casedesk.desk.importing.repeats import Repeats
from casedesk.desk.importing.responses import Responses
from casedesk.desk.importing.rules import run_on_batch
from casedesk.desk.importing.tickets import Tickets
from casedesk.desk.rules import ActiveRule
from casedesk.desk.values import ImportSummary
from casedesk.domain.errors import InvalidInput
from casedesk.intake.records import ContactRecord, PersonRecord, Record, Reject, ResponseRecord, TicketRecord
from casedesk.intake.rejects import RejectsFile

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.intake import Source

Progress = Callable[[int, int, int], bool]
"""Told the bytes read, the bytes in all and the rows so far; False stops after the rows taken so far."""

Batches = Callable[[Iterator[Record | Reject]], Iterator[list[Record | Reject]]]

_MANY = 1000
"""Rows after which the database looks again at how its indexes are filled."""

_BATCH_ROWS = 5000
_BATCH_CHARACTERS = 8_000_000
"""A transaction ends at whichever comes first, so that memory stays flat and others get their turn to write."""


class ImportFile:
    """One run over one file."""

    def __init__(
        self,
        desk: Desk,
        source_file: Source,
        path: Path,
        campaign: str | None,
        source: str | None,
        rejects: Path | None,
        progress: Progress | None,
    ) -> None:
        self._desk = desk
        self._file = source_file
        self._path = path
        self._campaigns = CampaignNames(desk)
        self._campaign = self._campaigns.chosen(campaign, source_file)
        self._named_campaign = bool(campaign)
        self._given_source = source
        self._rejects = RejectsFile(rejects, source_file.headers) if rejects else None
        self._progress = progress
        self._tally = Tally()
        self._derived = False
        self._import_id = 0
        self._act_id = 0

    def whole(self, batches: Batches | None = None) -> ImportSummary:
        """Take every row, in transactions of a few thousand, or of what `batches` cuts the records into."""
        self._rules  # noqa: B018  (a rule that can't run is told before anything is stored)
        if self._file.kind == "tickets":
            refuse_without_cases(self._desk, "a file of tickets can't be imported")
        self._repeats = Repeats(self._file, self._desk.store.reader())
        self._begin()
        stopped = False
        with self._rejects or nullcontext(), _without_cycle_search():
            for batch in (batches or _batches)(self._file.records()):
                self._take(batch)
                gc.collect()
                if self._progress and not self._progress(self._file.position(), self._file.size, self._tally.rows):
                    stopped = True
                    break
        summary = self._summary(stopped)
        self._finish(summary, stopped)
        return summary

    @property
    def _source(self) -> str:
        """The first half of a row's key. Numbers such as 1, 2, 3 are used by every survey, so it names the survey."""
        if self._given_source:
            return self._given_source
        tool = self._file.mapping.source or self._file.format
        return f"{tool}: {self._campaign}" if self._file.kind == "responses" else tool

    def _begin(self) -> None:
        desk = self._desk
        with desk.store.write() as session:
            run = model.ImportRun(
                kind=self._file.kind,
                file_name=self._path.name,
                source=self._source,
                mapping=self._file.format,
                user_id=desk.user.id,
                started_at=desk.seconds(),
            )
            act = model.Act(
                at=desk.seconds(),
                name="import",
                summary=f"import of {self._path.name}",
                actor_kind="import",
                user_id=desk.user.id,
                behind_id=desk.behind.id if desk.behind else None,
            )
            session.add_all([run, act])
            session.flush()
            self._import_id, self._act_id = run.id or 0, act.id or 0

    def _take(self, records: Sequence[Record | Reject]) -> None:
        """One batch in one transaction; its counts are kept only when it is committed."""
        before = self._tally
        tally = before.copy()
        self._tally = tally
        rejects = [record for record in records if isinstance(record, Reject)]
        try:
            with self._desk.store.bulk() as connection:
                batch = Batch(
                    connection, act_id=self._act_id, import_id=self._import_id, at=self._desk.seconds(), tally=tally
                )
                people = People(batch)
                rejects += self._store(batch, people, self._standing(records, tally))
                batch.finish()
                run_on_batch(self._desk, batch)
                self._follow(batch)
        except BaseException:
            self._tally = before
            raise
        tally.rows += len(records)
        for reject in sorted(rejects, key=lambda reject: reject.line):
            tally.rejected += 1
            if len(tally.rejects) < LISTED:
                tally.rejects.append((reject.line, reject.reason))
            if self._rejects is not None:
                self._rejects.add(reject)

    def _standing(self, records: Sequence[Record | Reject], tally: Tally) -> list[Record]:
        """The good rows, without those that a later row of the file takes the place of."""
        good = []
        for record in records:
            if isinstance(record, Reject):
                continue
            standing = self._repeats.standing(record)
            if standing is not None:
                good.append(standing)
            elif isinstance(record, ResponseRecord) and record.partial:
                tally.unchanged += 1  # one event of several about one response is no repetition
            else:
                tally.pass_over(record.line)
        return good

    def _follow(self, batch: Batch) -> None:
        """Let timers and closings follow; of what isn't closed there is nothing to do while nothing is timed."""
        numbers = batch.tickets if self._desk.service_levels.on else batch.closed()
        if numbers:
            from casedesk.desk.following import Following

            Following(self._desk, batch.connection).refresh(numbers, at=batch.at, act_id=self._act_id)

    def _store(self, batch: Batch, people: People, records: Sequence[Record]) -> list[Reject]:
        responses = [record for record in records if isinstance(record, ResponseRecord)]
        tickets = [record for record in records if isinstance(record, TicketRecord)]
        contacts = [record for record in records if isinstance(record, ContactRecord)]
        rejects: list[Reject] = []
        if responses:
            self._note_keys(responses)
            by_campaign = self._by_campaign(batch, responses)
            writers = [self._take_responses(batch, people, name, group) for name, group in by_campaign.items()]
        if tickets:
            self._note_keys(tickets)
            rejects += self._take_tickets(batch, people, tickets)
            return rejects
        if contacts:
            self._take_contacts(batch, people, contacts)
        people.finish()
        if responses:
            for response_writer, opening in writers:
                response_writer.finish()
                opening.finish()
        return rejects

    def _note_keys(self, records: Sequence[ResponseRecord | TicketRecord]) -> None:
        self._derived = self._derived or any(record.derived_id for record in records)
        self._tally.with_own_id = self._tally.with_own_id or not all(record.derived_id for record in records)

    def _by_campaign(self, batch: Batch, records: Sequence[ResponseRecord]) -> dict[str, list[ResponseRecord]]:
        """The responses by campaign; one that is known stays in its own, to whose questions its answers belong."""
        known = known_campaigns(batch, self._source, [record.external_id for record in records])
        found: dict[str, list[ResponseRecord]] = {}
        for record in records:
            named = None if self._named_campaign else record.campaign
            campaign = self._campaigns.spelled(named) if named else self._campaign
            own = known.get(record.external_id, campaign)
            batch.tally.elsewhere += own != campaign
            found.setdefault(own, []).append(record)
        return found

    def _take_responses(
        self, batch: Batch, people: People, campaign: str, records: Sequence[ResponseRecord]
    ) -> tuple[Responses, Opening]:
        campaign_id, plan_id = campaign_row(batch, campaign)
        known = dict(
            batch.connection.execute("SELECT key, id FROM question WHERE campaign_id = ?", (campaign_id,)).fetchall()
        )
        questions = Questions(campaign_id, known, self._file.questions)
        opening = Opening(
            self._desk,
            batch,
            people,
            questions,
            self._rules,
            campaign_id=campaign_id,
            campaign=campaign,
            plan_id=plan_id,
            source=self._source,
        )
        writer = Responses(batch, people, questions, opening, source=self._source, campaign_id=campaign_id)
        writer.take(records)
        return writer, opening

    @cached_property
    def _rules(self) -> tuple[ActiveRule, ...]:
        return self._desk.rules.active()

    def _take_tickets(self, batch: Batch, people: People, records: Sequence[TicketRecord]) -> list[Reject]:
        names = OtherNames(self._desk, batch)
        rejects, good = [], []
        for record in records:
            try:
                names.status(record.status)
                good.append(record)
            except InvalidInput as error:
                rejects.append(Reject(record.line, error.sentence, _cells(record)))
        writer = Tickets(batch, people, names, source=self._source)
        writer.take(good)
        people.finish()
        writer.finish()
        return rejects

    def _take_contacts(self, batch: Batch, people: People, records: Sequence[ContactRecord]) -> None:
        persons = [self._with_key(record.person) for record in records]
        people.load(persons)
        for record, person in zip(records, persons, strict=True):
            made = batch.tally.contacts_created
            _, _, changed = people.resolve(record.line, person)
            if batch.tally.contacts_created > made:
                batch.tally.imported += 1
            elif changed:
                batch.tally.updated += 1
                batch.tally.change(record.line, ", ".join(changed))
            else:
                batch.tally.unchanged += 1

    def _with_key(self, person: PersonRecord) -> PersonRecord:
        """The person of a contacts file; one without id, e-mail and phone gets an id derived from the row."""
        if person.has_key:
            self._tally.with_own_id = True
            return person
        self._derived = True
        row = repr((person.name, person.account, person.variables)).encode("utf-8", "surrogatepass")
        return replace(person, external_id="row-" + hashlib.blake2b(row, digest_size=8).hexdigest())

    def _summary(self, stopped: bool) -> ImportSummary:
        tally = self._tally
        notes = notes_of(
            tally,
            description=self._file.description,
            derived=self._derived,
            cases_off=self._file.kind == "responses" and not self._desk.setup.setting("case_management"),
            stopped=stopped,
            warnings=self._file.warnings,
        )
        written = self._rejects is not None and self._rejects.count > 0
        return ImportSummary(
            kind=self._file.kind,
            rows=tally.rows,
            imported=tally.imported,
            updated=tally.updated,
            unchanged=tally.unchanged,
            rejected=tally.rejected,
            rejects=tuple(tally.rejects),
            contacts_created=tally.contacts_created,
            tickets_opened=tally.tickets_opened,
            source=self._source,
            campaign=self._campaign if self._file.kind == "responses" else None,
            mapping=self._file.format,
            derived_keys=self._derived,
            contradictions=tuple(tally.contradictions),
            changes=tuple(tally.changes),
            rejects_file=str(self._rejects.path) if written and self._rejects else None,
            dry_run=False,
            notes=notes,
        )

    def _finish(self, summary: ImportSummary, stopped: bool) -> None:
        with self._desk.store.write() as session:
            run = session.get(model.ImportRun, self._import_id)
            act = session.get(model.Act, self._act_id)
            assert run is not None
            assert act is not None
            run.finished_at = None if stopped else self._desk.seconds()
            counted = ("rows", "imported", "updated", "unchanged", "rejected", "contacts_created", "tickets_opened")
            run.summary = {name: getattr(summary, name) for name in counted}
            act.summary = f"import of {self._path.name} · {summary.imported:,} new, {summary.updated:,} updated"
            session.add_all([run, act])
        if summary.imported >= _MANY:
            self._desk.store.learn_sizes()


@contextmanager
def _without_cycle_search() -> Iterator[None]:
    """Keep Python's search for reference cycles from going through a batch again and again while it grows.

    It is made once after each batch instead, and what was there before the import is left out of it.
    """
    was_on = gc.isenabled()
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()


def _batches(records: Iterator[Record | Reject]) -> Iterator[list[Record | Reject]]:
    batch: list[Record | Reject] = []
    characters = 0
    for record in records:
        batch.append(record)
        if isinstance(record, ResponseRecord):
            characters += sum(len(value) for _, value in record.answers)
        elif isinstance(record, TicketRecord):
            characters += len(record.description)
        if len(batch) >= _BATCH_ROWS or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _cells(record: TicketRecord) -> tuple[str, ...]:
    return (record.external_id, record.title, record.description, record.status or "", *(v for _, v in record.fields))
