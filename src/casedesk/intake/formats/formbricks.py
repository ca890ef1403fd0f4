"""Formbricks: the events of its webhooks (the same response comes created, updated, finished) and its API's list."""

from __future__ import annotations

from casedesk.intake.formats.format import (
    Format,
    child,
    flatten,
    named_cells,
    objects,
    prefixed,
    share_of_items,
    text_of,
)
from casedesk.intake.keys import key_of
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.table import Item, Sample

NAME = "formbricks"

_TARGETS = {
    "id": "external_id",
    "finished": "complete",
    "updatedAt": "answered_at",
    "language": "language",
    "survey.title": "campaign",
    "contactAttributes.email": "person.email",
    "contactAttributes.userId": "person.external_id",
    "contact.userId": "person.external_id",
    "contactAttributes.firstName": "person.first_name",
    "contactAttributes.lastName": "person.last_name",
}
_ANSWER = "data."
_ATTRIBUTE = "contactAttributes."


def _recognise(sample: Sample) -> float:
    return share_of_items(sample, lambda item: {"surveyId", "data", "finished"} <= _response(item).keys())


def _response(item: Item) -> Item:
    return child(item, "data") if "event" in item or "webhookId" in item else item


def _unfold(item: Item) -> dict[str, str]:
    response = _response(item)
    cells = named_cells(response, "id", "surveyId", "finished", "createdAt", "updatedAt", "language", "endingId")
    cells["survey.title"] = text_of(child(response, "survey").get("title"))
    tags = response.get("tags")
    names = [text_of(tag.get("name")) for tag in objects(response, "tags")]
    cells["tags"] = text_of(names or (tags if isinstance(tags, list) and not names else None))
    for part in ("meta", "contact", "contactAttributes", "variables"):
        cells |= prefixed(part, child(response, part))
    cells |= {_ANSWER + question: answer for question, answer in flatten(child(response, "data")).items()}
    return {header: cell for header, cell in cells.items() if cell}


def _mapping(sample: Sample) -> Mapping:
    proposal = Proposal(sample, NAME, "responses")
    for header, target in _TARGETS.items():
        proposal.name_column(header, target)
    if not proposal.has("answered_at"):
        proposal.name_column("createdAt", "answered_at")
    for profile in proposal.free:
        if profile.header.startswith(_ATTRIBUTE):
            name = key_of(profile.header.removeprefix(_ATTRIBUTE))
            proposal.set(profile, f"variable:{name or 'attribute'}")
    proposal.meta(*(profile.header for profile in proposal.free if not profile.header.startswith(_ANSWER)))
    proposal.guess_score()
    proposal.guess_comment()
    proposal.name_answers(_ANSWER)
    return proposal.mapping(source=NAME)


FORMAT = Format(NAME, "Formbricks", ("responses",), _recognise, _mapping, unfold=_unfold)
