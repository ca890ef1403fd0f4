"""Zendesk: satisfaction ratings, tickets, users and organizations as its API writes them.

A rating that was offered but not given is kept as an unfinished response. Good counts 5 and bad 1 of 5.
"""

from __future__ import annotations

from casedesk.intake.formats.format import Format, flatten, share_of_items, text_of
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.records import Kind
from casedesk.intake.table import Item, Sample

NAME = "zendesk"

_OFFERED = frozenset(("offered", "unoffered"))
_LABELS = (("good", 5.0), ("good_with_comment", 5.0), ("bad", 1.0), ("bad_with_comment", 1.0))
_RATING = {
    "id": "external_id",
    "comment": "comment",
    "created_at": "answered_at",
    "requester_id": "person.external_id",
    "given": "complete",
}
_TICKET = {
    "_id": "external_id",
    "id": "external_id",
    "subject": "title",
    "description": "description",
    "status": "status",
    "priority": "priority",
    "type": "topic",
    "assignee_id": "owner",
    "group_id": "team",
    "tags": "tags",
    "created_at": "created_at",
    "updated_at": "updated_at",
    "solved_at": "closed_at",
    "requester_id": "person.external_id",
    "submitter_id": "person.external_id",
    "organization_id": "account_id",
}
_USER = {
    "_id": "person.external_id",
    "id": "person.external_id",
    "name": "person.name",
    "email": "person.email",
    "phone": "person.phone",
    "locale": "person.language",
    "organization_id": "account_id",
}
_ORGANIZATION = {"_id": "account_id", "id": "account_id", "name": "account"}


def _recognise(sample: Sample) -> float:
    return max(share_of_items(sample, fits) for fits in (_is_rating, _is_ticket, _is_user, _is_organization))


def _is_rating(item: Item) -> bool:
    return {"score", "ticket_id", "requester_id"} <= item.keys()


def _is_ticket(item: Item) -> bool:
    return {"subject", "status"} <= item.keys() and bool({"submitter_id", "requester_id"} & item.keys())


def _is_user(item: Item) -> bool:
    return {"name", "role", "locale"} <= item.keys() and bool({"suspended", "shared", "organization_id"} & item.keys())


def _is_organization(item: Item) -> bool:
    return {"name", "domain_names"} <= item.keys()


def _unfold(item: Item) -> dict[str, str]:
    cells = flatten(item)
    if _is_rating(item):
        given = text_of(item["score"]) not in _OFFERED
        cells["given"] = text_of(given)
        if not given:
            cells["score"] = ""
    return cells


def _mapping(sample: Sample) -> Mapping:
    kinds: tuple[tuple[object, Kind, dict[str, str]], ...] = (
        (share_of_items(sample, _is_rating) >= 0.5, "responses", _RATING),
        (share_of_items(sample, _is_ticket) >= 0.5, "tickets", _TICKET),
        (share_of_items(sample, _is_user) >= 0.5, "contacts", _USER),
        (True, "contacts", _ORGANIZATION),
    )
    _, kind, targets = next(entry for entry in kinds if entry[0])
    proposal = Proposal(sample, NAME, kind)
    for header, target in targets.items():
        proposal.name_column(header, target)
    score = proposal.find("score") if kind == "responses" else None
    if score is not None:
        proposal.set(score, "score:csat", labels=_LABELS)
        proposal.meta("url", "ticket_id", "assignee_id", "group_id", "updated_at", "reason_id")
    return proposal.mapping(source=NAME)


FORMAT = Format(NAME, "Zendesk", ("responses", "tickets", "contacts"), _recognise, _mapping, unfold=_unfold)
