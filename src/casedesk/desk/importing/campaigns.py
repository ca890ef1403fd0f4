"""The campaigns that an import's responses belong to (behaviour 7.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk.desk.campaigns import LONGEST_NAME, a_campaign_name
from casedesk.desk.importing.batch import Batch
from casedesk.desk.list_entries import same

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.intake import Source


class CampaignNames:
    """Finds the campaign that a name means, in any case and with any blanks, as everywhere else."""

    def __init__(self, desk: Desk) -> None:
        names: list[str] = [name for (name,) in desk.store.reader().rows("SELECT name FROM campaign ORDER BY id DESC")]
        self._exact = frozenset(names)
        self._known = {same(name): name for name in names}

    def chosen(self, given: str | None, file: Source) -> str:
        """The name for a file's responses: the given one, the survey's own, or one made of the file's name.

        Raises InvalidInput when no campaign can have the name.
        """
        if given:
            return self.spelled(a_campaign_name(given))
        name = " ".join(file.survey.split())[:LONGEST_NAME].strip() or title_of(file.name)
        return self.spelled(a_campaign_name(name)) if file.kind == "responses" else name

    def spelled(self, name: str) -> str:
        """The name as the desk spells it; a new one keeps the spelling that is met first."""
        if name in self._exact:
            return name
        return self._known.setdefault(same(name), name)


def known_campaigns(batch: Batch, source: str, ids: Sequence[str]) -> dict[str, str]:
    """The campaigns of the responses that are known by these ids."""
    return dict(
        batch.chosen(
            """SELECT r.external_id, c.name FROM response r JOIN campaign c ON c.id = r.campaign_id
               WHERE r.source = ? AND r.external_id IN (SELECT value FROM json_each(?))""",
            ids,
            source,
        )
    )


def campaign_row(batch: Batch, name: str) -> tuple[int, int | None]:
    """The id and the plan of the campaign, which is made when it isn't there."""
    row = batch.connection.execute("SELECT id, plan_id FROM campaign WHERE name = ?", (name,)).fetchone()
    if row is not None:
        return row[0], row[1]
    number = batch.next_id("campaign")
    batch.insert(
        "campaign", ("id", "name", "plan_id", "retired", "created_at"), [(number, name, None, False, batch.at)]
    )
    batch.line("campaign", "event", "campaign", number, texts=("", f"{name} added"))
    return number, None


def title_of(name: str) -> str:
    """A campaign's name from a file's: `delivery-csat` is Delivery csat."""
    words = " ".join(name.replace("_", " ").replace("-", " ").split()) or "Imported"
    return words[0].upper() + words[1:200]
