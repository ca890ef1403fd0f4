"""Help Scout: survey responses of its webhook (NPS, faces) and satisfaction ratings (great, okay, not good)."""

from __future__ import annotations

from casedesk.intake.formats.format import Format, share_of_items, text_of
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.table import Item, Sample

NAME = "helpscout"

_FACES = (
    ("😀", 5),
    ("😃", 5),
    ("😄", 5),
    ("🙂", 4),
    ("😐", 3),
    ("🙁", 2),
    ("☹️", 2),
    ("☹", 2),
    ("😞", 1),
    ("😢", 1),
    ("😡", 1),
)
_WORDS = (("great", 5), ("happy", 5), ("good", 4), ("okay", 3), ("ok", 3), ("not good", 1), ("bad", 1), ("unhappy", 1))
LABELS = tuple((word, float(score)) for word, score in (*_FACES, *_WORDS))
"""What faces and words count on a scale of 1 to 5."""

_CATEGORIES = frozenset(("promoter", "passive", "detractor"))
_TARGETS = {
    "comment": "comment",
    "comments": "comment",
    "timestamp": "answered_at",
    "createdAt": "answered_at",
    "id": "external_id",
    "customer.id": "person.external_id",
    "customer.email": "person.email",
    "customer.name": "person.name",
    "customer.firstName": "person.first_name",
    "customer.lastName": "person.last_name",
}


def _recognise(sample: Sample) -> float:
    return 0.9 * share_of_items(sample, lambda item: _is_survey(item) or _is_rating(item))


def _is_survey(item: Item) -> bool:
    return {"name", "value", "comment", "timestamp"} <= item.keys() and len(text_of(item["value"])) <= 4


def _is_rating(item: Item) -> bool:
    return {"rating", "comments"} <= item.keys() and text_of(item["rating"]).lower() in dict(_WORDS)


def _mapping(sample: Sample) -> Mapping:
    proposal = Proposal(sample, NAME, "responses")
    for header, target in _TARGETS.items():
        proposal.name_column(header, target)
    score = proposal.find("value") or proposal.find("rating")
    names = {cell.lower() for profile in proposal.profiles if profile.header == "name" for cell in profile.cells}
    if score is not None and names and names <= _CATEGORIES:
        proposal.set_score(score, "nps")
    elif score is not None:
        proposal.set(score, "score:csat", labels=LABELS)
    return proposal.mapping()


FORMAT = Format(NAME, "Help Scout", ("responses",), _recognise, _mapping)
