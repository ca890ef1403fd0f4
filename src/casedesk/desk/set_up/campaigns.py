"""Campaigns in the set-up: by their names, with the plan that their tickets get (S4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk.desk.list_entries import same
from casedesk.desk.set_up.part import Applying, Entry, Part, by_name
from casedesk.desk.set_up.shape import Key, a_text
from casedesk.domain.rights import PLANS

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk


class CampaignsPart(Part):
    """A campaign that the desk doesn't have yet is made, so that its first responses get the plan.

    One that the file lacks stays as it is: it holds responses, which are no part of a set-up.
    """

    key = "campaigns"
    one = "campaign"
    right = PLANS
    about = "A campaign that isn't there yet is made, empty; one that is missing here is left alone."
    keys = (Key("name", a_text), Key("plan", a_text, ""))

    def read(self, desk: Desk) -> list[Entry]:
        return by_name([Entry({"name": each.name, "plan": each.plan or ""}) for each in desk.campaigns.list()])

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        campaigns = to.desk.campaigns
        known = {same(each.name): each for each in campaigns.list()}
        for entry in wanted:
            found, plan = known.get(same(entry.name)), entry["plan"] or None
            if found is None:
                to.do(entry.place, campaigns.add, entry.name, plan=plan)
            elif same(found.plan or "") != same(plan or ""):
                to.do((*entry.place, "plan"), campaigns.link_plan, found.name, plan)

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        """Campaigns hold responses and are never taken away."""
