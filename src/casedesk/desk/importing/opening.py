"""Outcome rules at work on an import: which responses open a ticket, and what it gets (M1, M2, behaviour 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casedesk.desk.importing.batch import Batch
from casedesk.desk.importing.facts import ResponseFacts, Surroundings
from casedesk.desk.importing.people import People
from casedesk.desk.importing.questions import Questions
from casedesk.desk.rule_effects import Beginning
from casedesk.desk.rule_opening import Judged, Taken, begin_ticket
from casedesk.desk.rules import ActiveRule
from casedesk.domain import lifecycle
from casedesk.domain.rules import STATUS_CHANGED, TICKET_CLOSED, TICKET_OPENED, Event
from casedesk.domain.text import segmented
from casedesk.intake.records import ResponseRecord

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk

_COLUMNS = (
    "id", "version", "title", "state", "status_id", "priority_id", "topic_id", "score", "score_kind", "campaign_id",
    "contact_id", "account_id", "owner_id", "team_id", "created_at", "updated_at", "breached", "response_id", "plan_id",
    "origin", "rule_id", "language", "import_id", "description", "segmented", "closed_at", "plan_closed_at",
    "exit_state_id", "resolution_id",
)  # fmt: skip

_RUN_COLUMNS = (
    "id", "at", "rule_id", "rule_name", '"trigger"', "ticket_id", "act_id", "depth", "outcome", "text",
)  # fmt: skip

TITLE_LENGTH = 90


class Opening:
    """Runs the active outcome rules on each response of a batch and keeps the tickets that they open."""

    def __init__(
        self,
        desk: Desk,
        batch: Batch,
        people: People,
        questions: Questions,
        rules: Sequence[ActiveRule],
        *,
        campaign_id: int,
        campaign: str,
        plan_id: int | None,
        source: str,
    ) -> None:
        """While the desk doesn't manage cases, what would have opened is only counted."""
        self._desk = desk
        self._batch = batch
        self._people = people
        self._rules = rules
        self._campaign_id = campaign_id
        self._campaign = campaign
        self._plan_id = plan_id
        self._opens = bool(desk.setup.setting("case_management"))
        self._status = desk.setup.status_for(lifecycle.NEW)
        self._rows: list[tuple[Any, ...]] = []
        self._runs: list[tuple[Any, ...]] = []
        self._tags: list[tuple[int, int]] = []
        self._links: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self._tag_ids: dict[str, int] = {}
        self._around = Surroundings(campaign, source, batch.at, self._status.name, people, questions)

    def judge(
        self, record: ResponseRecord, response: int, contact: int | None, account: int | None, answered_at: int
    ) -> int | None:
        """Run the rules on a response; the number of the ticket that was opened, or None.

        Every rule whose condition holds counts, in the desk's order: the first that opens a ticket opens it, and the
        effects of all the others are added to it. A single value (priority, owner…) is set by the first rule that
        names it. Nothing opens for what nobody meant as an answer (previews, tests, spam).
        """
        if not self._rules or not record.meant:
            return None
        facts = ResponseFacts(record, contact, account, answered_at, self._around)
        holding = [rule for rule in self._rules if rule.holds(facts)]
        if not any(rule.opens for rule in holding):
            return None
        if not self._opens:
            self._batch.tally.not_opened += 1
            return None
        judged = begin_ticket(self._desk, self._beginning(), holding)
        number = self._batch.next_id("ticket") if judged.opener is not None else None
        for rule, reason in judged.failed:
            self._run(rule, number, "failed", reason)
        if number is not None:
            self._open(number, record, response, contact, account, judged)
        return number

    def finish(self) -> None:
        """Write the tickets that were opened, with what belongs to them, and the log of the rules."""
        self._batch.insert("ticket", _COLUMNS, self._rows)
        self._batch.insert("ticket_tag", ("ticket_id", "tag_id"), self._tags)
        for (table, column), rows in self._links.items():
            self._batch.insert(table, ("ticket_id", column), rows)
        self._batch.insert("rule_run", _RUN_COLUMNS, self._runs)

    def _beginning(self) -> Beginning:
        return Beginning(
            {
                "state": self._status.state,
                "status_id": self._status.id,
                "created_at": self._batch.at,
                "plan_id": self._plan_id,
            }
        )

    def _open(
        self,
        number: int,
        record: ResponseRecord,
        response: int,
        contact: int | None,
        account: int | None,
        judged: Judged,
    ) -> None:
        batch, opener = self._batch, judged.opener
        assert opener is not None
        title = self._title(record, contact)
        value = judged.ticket.values.get
        self._rows.append(
            (
                number,
                1,
                title,
                value("state"),
                value("status_id"),
                value("priority_id"),
                value("topic_id"),
                record.score,
                record.score_kind,
                self._campaign_id,
                contact,
                account,
                value("owner_id"),
                value("team_id"),
                batch.at,
                batch.at,
                False,
                response,
                value("plan_id"),
                "rule",
                opener.line.id,
                record.language,
                batch.import_id,
                "",
                segmented(title),
                value("closed_at"),
                value("plan_closed_at"),
                value("exit_state_id"),
                value("resolution_id"),
            )
        )
        batch.tally.tickets_opened += 1
        batch.line(
            "opened", "event", "ticket", number, ticket=number, version=1, contact=contact, texts=("", title),
            actor=("rule", opener.line.id), cause=opener.line.condition,
        )  # fmt: skip
        for taken in judged.taken:
            self._tell(number, contact, taken, taken.rule is opener)
        for link in judged.ticket.links:
            self._links.setdefault(link[:2], []).append((number, link[2]))
        self._tags += [(number, self._tag(name)) for name in judged.ticket.tags]

    def _tell(self, number: int, contact: int | None, taken: Taken, opened: bool) -> None:
        """Leave the lines of what a rule did, its run in the log, and what other rules may wait for."""
        batch, line = self._batch, taken.rule.line
        told: dict[str, Any] = {
            "ticket": number, "version": 1, "contact": contact, "actor": ("rule", line.id), "cause": line.condition,
        }  # fmt: skip
        for kind, text in taken.told:
            batch.line(kind, "event", "ticket", number, texts=("", text), **told)
        for kind, column, before, after, text_before, text_after in taken.moves:
            texts = (text_before, text_after)
            batch.line(kind, "set", "ticket", number, field=column, before=before, after=after, texts=texts, **told)
        run = self._run(taken.rule, number, "ran", taken.words)
        if opened:
            batch.events.append(Event(TICKET_OPENED, number, after=run))
        moved = {column: after for _, column, _, after, _, _ in taken.moves}
        if "status_id" in moved:
            batch.events.append(Event(STATUS_CHANGED, number, after=run))
        if moved.get("state") == lifecycle.CLOSED:
            batch.events.append(Event(TICKET_CLOSED, number, after=run))

    def _run(self, rule: ActiveRule, number: int | None, outcome: str, text: str) -> int:
        batch, line = self._batch, rule.line
        run = batch.next_id("rule_run")
        self._runs.append((run, batch.at, line.id, line.name, line.trigger, number, batch.act_id, 0, outcome, text))
        return run

    def _tag(self, name: str) -> int:
        if name not in self._tag_ids:
            row = self._batch.connection.execute("SELECT id FROM tag WHERE name = ? COLLATE NOCASE", (name,)).fetchone()
            if row is None:
                row = (self._batch.next_id("tag"),)
                self._batch.insert("tag", ("id", "name", "retired"), [(row[0], name, False)])
            self._tag_ids[name] = row[0]
        return self._tag_ids[name]

    def _title(self, record: ResponseRecord, contact: int | None) -> str:
        """The start of what the customer wrote; without words, the score and who gave it."""
        words = " ".join(record.comment[:1000].split())
        if words:
            return words if len(words) <= TITLE_LENGTH else words[: TITLE_LENGTH - 1].rstrip() + "…"
        score = f"{(record.score_kind or '').upper()} {record.score:g}" if record.score is not None else "Response"
        fields = self._people.known(contact)[0] if contact is not None else {}
        who = fields.get("name") or fields.get("email") or fields.get("external_id")
        return f"{score.strip()} from {who}" if who else f"{score.strip()} in {self._campaign}"
