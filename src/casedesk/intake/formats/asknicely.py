"""AskNicely: the /responses list of its API (JSON and CSV) and its webhook of a person and a question."""

from __future__ import annotations

from casedesk.intake.formats.format import Format, child, share_of_headers, share_of_items
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.records import ScoreKind
from casedesk.intake.table import Item, Sample

NAME = "asknicely"

_TARGETS = {
    "response_id": "external_id",
    "question.response_id": "external_id",
    "question.id": "external_id",
    "comment": "comment",
    "question.comment": "comment",
    "responded": "answered_at",
    "question.responded": "answered_at",
    "person_id": "person.external_id",
    "person.id": "person.external_id",
    "name": "person.name",
    "person.name": "person.name",
    "email": "person.email",
    "person.email": "person.email",
}
_META = (
    "contact_id", "answerlabel", "data", "note", "status", "dontcontact", "sent", "opened", "lastemailed", "created",
    "question_type", "published", "publishedname", "count",
)  # fmt: skip
_KINDS: dict[str, ScoreKind] = {"nps": "nps", "csat": "csat", "ces": "ces"}


def _recognise(sample: Sample) -> float:
    if sample.items:
        return share_of_items(sample, _is_response)
    return 0.9 if share_of_headers(sample, "response_id", "answer", "question_type", "responded") == 1 else 0


def _is_response(item: Item) -> bool:
    in_list = {"response_id", "answer", "question_type"} <= item.keys()
    return in_list or ("score" in child(item, "question") and bool(child(item, "person")))


def _mapping(sample: Sample) -> Mapping:
    proposal = Proposal(sample, NAME, "responses")
    types = [cell for profile in proposal.profiles if profile.header == "question_type" for cell in profile.cells]
    for header, target in _TARGETS.items():
        proposal.name_column(header, target)
    score = proposal.find("answer") or proposal.find("question.score")
    if score is not None:
        kind = _KINDS.get(types[0].lower() if types else "nps", "rating")
        proposal.set_score(score, kind, (1, 5) if kind == "rating" else None)
    proposal.meta(*_META)
    return proposal.mapping(source=NAME)


FORMAT = Format(NAME, "AskNicely", ("responses",), _recognise, _mapping)
