"""Survicate: the webhook's event for each answered question. Each is a part of its response, which grows by them."""

from __future__ import annotations

from casedesk.intake.formats.format import Format, child, objects, prefixed, share_of_items, text_of
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.table import Item, Sample

NAME = "survicate"

_TARGETS = {
    "responseUuid": "external_id",
    "timestamp": "answered_at",
    "survey.name": "campaign",
    "respondent.attributes.email": "person.email",
    "respondent.attributes.first_name": "person.first_name",
    "respondent.attributes.last_name": "person.last_name",
    "respondent.uuid": "person.external_id",
}
_META = ("url", "survey.id", "respondent.id", "respondent.platform", "respondent.userAgent")
_ATTRIBUTE = "respondent.attributes."
_COMMENT = " (comment)"


def _recognise(sample: Sample) -> float:
    return share_of_items(sample, lambda item: "responseUuid" in _answered(item))


def _answered(item: Item) -> Item:
    return child(item, "event", "questionAnswered") or child(item, "questionAnswered")


def _unfold(item: Item) -> dict[str, str]:
    event = _answered(item)
    respondent = child(event, "respondent")
    cells = {header: text_of(event.get(header)) for header in ("responseUuid", "timestamp", "url")}
    cells |= prefixed("survey", child(event, "survey"))
    cells |= {f"respondent.{key}": text_of(respondent.get(key)) for key in ("id", "uuid", "platform", "userAgent")}
    for attribute in objects(respondent, "attributes"):
        cells[_ATTRIBUTE + text_of(attribute.get("name"))] = text_of(attribute.get("value"))
    question = text_of(child(event, "question").get("body")) or "Question"
    choice = child(event, "choice")
    options = [text_of(option.get("body")) for option in objects(event, "choices")]
    answer = text_of(options or choice.get("body") or event.get("answer") or choice.get("id"))
    cells |= {question: answer, question + _COMMENT: text_of(choice.get("comment"))}
    return {header: cell for header, cell in cells.items() if cell}


def _mapping(sample: Sample) -> Mapping:
    proposal = Proposal(sample, NAME, "responses")
    for header, target in _TARGETS.items():
        proposal.name_column(header, target)
    proposal.meta(*_META)
    for profile in proposal.free:
        if profile.header.startswith(_ATTRIBUTE):
            proposal.set(profile, f"variable:{profile.key.removeprefix('respondent_attributes_')}")
    proposal.guess_score()
    for profile in proposal.free:
        if profile.header.endswith(_COMMENT) and not proposal.has("comment"):
            proposal.set(profile, "comment")
    proposal.guess_comment()
    return proposal.mapping(source=NAME, partial=True)


FORMAT = Format(NAME, "Survicate", ("responses",), _recognise, _mapping, unfold=_unfold)
