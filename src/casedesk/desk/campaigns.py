"""Campaigns: the surveys that were sent, with what they hold and the plan their tickets get (S4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from casedesk import model
from casedesk.desk.list_entries import NOTHING, same
from casedesk.desk.recording import Recorder
from casedesk.desk.values import CampaignLine, Outcome
from casedesk.domain.errors import InvalidInput
from casedesk.domain.rights import CONFIGURE, PLANS, TICKETS_VIEW

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk


LONGEST_NAME: Final = 200


def a_campaign_name(name: str) -> str:
    """The name without needless blanks. Raises InvalidInput when no campaign can have it."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput(f"A campaign's name has 1 to {LONGEST_NAME} characters.")
    if same(name) == NOTHING:
        raise InvalidInput(f"“{name}” stands for no campaign; give it another name.")
    return name


class Campaigns:
    """`desk.campaigns`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> list[CampaignLine]:
        """Every campaign that isn't retired, by name."""
        self._desk.require(TICKETS_VIEW, PLANS, CONFIGURE)
        reader = self._desk.store.reader()
        rows = reader.rows(
            """SELECT c.id, c.name, (SELECT source FROM response WHERE campaign_id = c.id LIMIT 1), p.name,
                      (SELECT count(*) FROM response WHERE campaign_id = c.id),
                      (SELECT count(*) FROM ticket WHERE campaign_id = c.id)
               FROM campaign c LEFT JOIN plan p ON p.id = c.plan_id
               WHERE NOT c.retired ORDER BY c.name COLLATE NOCASE"""
        )
        questions: dict[int, list[tuple[str, str]]] = {}
        for campaign_id, key, label in reader.rows(
            "SELECT campaign_id, key, label FROM question ORDER BY campaign_id, position, id"
        ):
            questions.setdefault(campaign_id, []).append((key, label))
        return [CampaignLine(*(*row, tuple(questions.get(row[0], ())))) for row in rows]

    def add(self, name: str, *, plan: str | None = None) -> Outcome:
        """Make a campaign before its first response arrives, linked to a plan or not."""
        name = a_campaign_name(name)
        for (known,) in self._desk.store.reader().rows("SELECT name FROM campaign"):
            if same(known) == same(name):
                raise InvalidInput(f"There is a campaign “{known}” already.")
        chosen = self._desk.setup.entry("plan", plan) if plan else None

        def change(recorder: Recorder) -> str:
            row = model.Campaign(name=name, plan_id=chosen.id if chosen else None, created_at=recorder.at)
            recorder.add(row, kind="campaign", text=name)
            return f"campaign {name} made"

        return self._desk.acts.once("add campaign", change, right=PLANS)

    def link_plan(self, name: str, plan: str | None) -> Outcome:
        """Link the campaign to a plan, so that its new tickets get it (S4); None unlinks it."""
        entry = self._desk.setup.entry("campaign", name)
        chosen = self._desk.setup.entry("plan", plan) if plan else None

        def change(recorder: Recorder) -> str:
            campaign = recorder.session.get(model.Campaign, entry.id)
            assert campaign is not None
            texts = (self._desk.setup.name_of("plan", campaign.plan_id), chosen.name if chosen else "")
            recorder.set(campaign, "plan_id", chosen.id if chosen else None, kind="plan", texts=texts)
            return f"plan of {entry.name} → {chosen.name if chosen else 'none'}"

        return self._desk.acts.once("link plan", change, right=PLANS)
