"""Outcome rules at work on an import: which responses open a ticket, and what it gets (M1, M2, behaviour 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from casedesk.desk.importing.batch import Batch
from casedesk.desk.importing.facts import ResponseFacts, Surroundings
from casedesk.desk.importing.people import People
from casedesk.desk.importing.questions import Questions
from casedesk.desk.rules import ActiveRule, Effects
from casedesk.domain import lifecycle
from casedesk.domain.text import segmented
from casedesk.intake.records import ResponseRecord

if TYPE_CHECKING:
    from casedesk.desk.setup import Setup

_COLUMNS = (
    "id", "version", "title", "state", "status_id", "priority_id", "topic_id", "score", "score_kind", "campaign_id",
    "contact_id", "account_id", "owner_id", "team_id", "created_at", "updated_at", "breached", "response_id", "plan_id",
    "origin", "rule_id", "language", "import_id", "description", "segmented",
)  # fmt: skip

TITLE_LENGTH = 90


class Opening:
    """Runs the active outcome rules on each response of a batch and keeps the tickets that they open."""

    def __init__(
        self,
        batch: Batch,
        people: People,
        questions: Questions,
        rules: Sequence[ActiveRule],
        setup: Setup,
        *,
        campaign_id: int,
        campaign: str,
        plan_id: int | None,
        source: str,
    ) -> None:
        self._batch = batch
        self._people = people
        self._rules = rules
        self._campaign_id = campaign_id
        self._campaign = campaign
        self._plan_id = plan_id
        self._status = setup.status_for(lifecycle.NEW)
        self._rows: list[tuple[Any, ...]] = []
        self._tags: list[tuple[int, int]] = []
        self._tag_ids: dict[str, int] = {}
        self._around = Surroundings(campaign, source, batch.at, self._status.name, people, questions)

    def judge(
        self, record: ResponseRecord, response: int, contact: int | None, account: int | None, answered_at: int
    ) -> int | None:
        """Run the rules on a response; the number of the ticket that was opened, or None.

        Every rule whose condition holds counts, in the desk's order: the first that opens a ticket opens it, and the
        effects of all the others are added to it. A single value (priority, owner…) is set by the first rule that
        names it.
        """
        if not self._rules:
            return None
        facts = ResponseFacts(record, contact, account, answered_at, self._around)
        holding = [rule for rule in self._rules if rule.holds(facts)]
        opener = next((rule for rule in holding if rule.effects.opens), None)
        if opener is None:
            return None
        return self._open(record, response, contact, account, opener, holding)

    def finish(self) -> None:
        """Write the tickets that were opened, with their tags."""
        self._batch.insert("ticket", _COLUMNS, self._rows)
        self._batch.insert("ticket_tag", ("ticket_id", "tag_id"), self._tags)

    def _open(
        self,
        record: ResponseRecord,
        response: int,
        contact: int | None,
        account: int | None,
        opener: ActiveRule,
        holding: Sequence[ActiveRule],
    ) -> int:
        batch = self._batch
        number = batch.next_id("ticket")
        title = self._title(record, contact)
        given = Effects.merged([rule.effects for rule in holding])
        self._rows.append(
            (
                number,
                1,
                title,
                self._status.state,
                self._status.id,
                given.priority_id,
                given.topic_id,
                record.score,
                record.score_kind,
                self._campaign_id,
                contact,
                account,
                given.owner_id,
                given.team_id,
                batch.at,
                batch.at,
                False,
                response,
                given.plan_id or self._plan_id,
                "rule",
                opener.id,
                record.language,
                batch.import_id,
                "",
                segmented(title),
            )
        )
        batch.tally.tickets_opened += 1
        actor = ("rule", opener.id)
        batch.line(
            "opened", "event", "ticket", number, ticket=number, version=1, contact=contact, texts=("", title),
            actor=actor, cause=opener.condition,
        )  # fmt: skip
        seen: set[str] = set()
        for rule in holding:
            for kind, text in rule.effects.described(seen):
                batch.line(
                    kind, "event", "ticket", number, ticket=number, version=1, contact=contact, texts=("", text),
                    actor=("rule", rule.id), cause=rule.condition,
                )  # fmt: skip
        self._tags += [(number, self._tag(name)) for name in given.tags]
        return number

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
