"""Opening a ticket for a response that came earlier (M1, S5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.case_management import refuse_without_cases
from casedesk.domain import lifecycle
from casedesk.domain.errors import NotFound
from casedesk.domain.text import segmented

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.recording import Recorder

TITLE_LENGTH = 90


def open_ticket(
    desk: Desk,
    recorder: Recorder,
    response_id: int,
    *,
    origin: str,
    rule_id: int | None = None,
    cause: str = "",
) -> model.Ticket:
    """A new ticket with what the response says, and the plan of its campaign. Raises NotFound.

    Whether the response has a ticket already is for the caller to see to.
    """
    refuse_without_cases(desk, "no ticket can be opened")
    session = recorder.session
    response = session.get(model.Response, response_id)
    if response is None:
        raise NotFound(f"There is no response {response_id}.")
    contact = session.get(model.Contact, response.contact_id) if response.contact_id else None
    campaign = session.get(model.Campaign, response.campaign_id)
    assert campaign is not None
    title = _title(response, contact, campaign)
    ticket = model.Ticket(
        title=title,
        segmented=segmented(title),
        state=lifecycle.NEW,
        status_id=desk.setup.status_for(lifecycle.NEW).id,
        score=response.score,
        score_kind=response.score_kind,
        campaign_id=response.campaign_id,
        contact_id=response.contact_id,
        account_id=contact.account_id if contact else None,
        response_id=response_id,
        plan_id=campaign.plan_id,
        language=response.language,
        created_at=recorder.at,
        updated_at=recorder.at,
        origin=origin,
        rule_id=rule_id,
    )
    return recorder.add(ticket, kind="opened", text=title, cause=cause)


def _title(response: model.Response, contact: model.Contact | None, campaign: model.Campaign) -> str:
    """The start of what the customer wrote; without words, the score and who gave it."""
    words = " ".join(response.comment[:1000].split())
    if words:
        return words if len(words) <= TITLE_LENGTH else words[: TITLE_LENGTH - 1].rstrip() + "…"
    score = f"{(response.score_kind or '').upper()} {response.score:g}".strip() if response.score is not None else ""
    who = contact and (contact.name or contact.email or contact.external_id)
    return f"{score or 'Response'} from {who}" if who else f"{score or 'Response'} in {campaign.name}"
