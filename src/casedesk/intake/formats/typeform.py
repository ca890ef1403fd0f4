"""Typeform: the CSV export, old and new, the webhook's `form_response`, and the items of the responses API."""

from __future__ import annotations

from casedesk.intake.formats.format import (
    Format,
    add_answer,
    child,
    named_cells,
    objects,
    prefixed,
    share_of_headers,
    share_of_items,
    text_of,
)
from casedesk.intake.header_words import RANKED
from casedesk.intake.keys import key_of
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.scores import number_in
from casedesk.intake.table import Item, Sample

NAME = "typeform"

_CSV_TARGETS = {"#": "external_id", "Submit Date (UTC)": "submitted_at", "Stage Date (UTC)": "answered_at"}
_CSV_META = ("Start Date (UTC)", "Network ID", "Response Type", "Tags", "Ending")
_JSON_TARGETS = {"token": "external_id", "submitted_at": "answered_at", "definition.title": "campaign"}
_JSON_META = ("form_id", "landed_at", "calculated.score")
_HIDDEN = "hidden."
_USUAL_STEPS = 5.0
_VALUES = ("text", "email", "phone_number", "number", "boolean", "date", "url", "file_url")


def _recognise(sample: Sample) -> float:
    if sample.items:
        return share_of_items(sample, lambda item: _is_response(_response(item)))
    if sample.first[:1] != ["#"]:
        return 0
    return share_of_headers(sample, "#", "Start Date (UTC)", "Submit Date (UTC)", "Network ID")


def _response(item: Item) -> Item:
    return child(item, "form_response") or item


def _is_response(response: Item) -> bool:
    return isinstance(response.get("answers"), list) and bool({"token", "landed_at"} & response.keys())


def _unfold(item: Item) -> dict[str, str]:
    response = _response(item)
    cells = named_cells(response, "token", "form_id", "landed_at", "submitted_at")
    cells |= {"definition.title": text_of(child(response, "definition").get("title"))}
    cells |= {"calculated.score": text_of(child(response, "calculated").get("score"))}
    cells |= prefixed("hidden", child(response, "hidden"))
    for variable in objects(response, "variables"):
        cells[f"variables.{text_of(variable.get('key'))}"] = text_of(variable.get(text_of(variable.get("type"))))
    titles = {text_of(field.get("id")): text_of(field.get("title")) for field in _fields(response)}
    for answer in objects(response, "answers"):
        field = child(answer, "field")
        question = titles.get(text_of(field.get("id"))) or text_of(field.get("ref")) or text_of(field.get("id"))
        add_answer(cells, question, _value(answer))
    return {header: cell for header, cell in cells.items() if cell}


def _fields(response: Item) -> list[Item]:
    return objects(child(response, "definition"), "fields")


def _value(answer: Item) -> str:
    """The text of an answer, whatever its type."""
    for key in _VALUES:
        if key in answer:
            return text_of(answer[key])
    choice, choices = child(answer, "choice"), child(answer, "choices")
    if choice:
        return text_of(choice.get("label") or choice.get("other"))
    if choices:
        labels = choices.get("labels")
        return text_of([*(labels if isinstance(labels, list) else []), choices.get("other")])
    return text_of(answer.get(text_of(answer.get("type"))))


def _mapping(sample: Sample) -> Mapping:
    proposal = Proposal(sample, NAME, "responses")
    for header, target in (_JSON_TARGETS if sample.items else _CSV_TARGETS).items():
        proposal.name_column(header, target)
    proposal.meta(*(_JSON_META if sample.items else _CSV_META))
    proposal.meta(*(profile.header for profile in proposal.free if profile.header.startswith("variables.")))
    for profile in proposal.free:
        if profile.header.startswith(_HIDDEN):
            proposal.set(profile, _hidden_target(proposal, profile.header.removeprefix(_HIDDEN)))
    _take_score(proposal)
    proposal.guess_person()
    proposal.guess_score()
    proposal.guess_comment()
    return proposal.mapping(source=NAME)


def _take_score(proposal: Proposal) -> None:
    """Take the question that the form itself defines as an NPS, else as a rating with its steps."""
    fields = [field for item in proposal.sample.items for field in _fields(_response(item))]
    steps = {
        text_of(field.get("title")): number_in(text_of(child(field, "properties").get("steps"))) or _USUAL_STEPS
        for field in fields
        if field.get("type") == "rating"
    }
    nps = {text_of(field.get("title")) for field in fields if field.get("type") == "nps"}
    for profile in proposal.free:
        if profile.header in nps and not proposal.has("score"):
            proposal.set_score(profile, "nps")
    for profile in proposal.free:
        if profile.header in steps and not proposal.has("score"):
            proposal.set_score(profile, "rating", (1, steps[profile.header]))


def _hidden_target(proposal: Proposal, name: str) -> str:
    """What a hidden field is: a name that says who the person is, else a custom variable."""
    for target in ("person.external_id", "person.email", "person.phone", "person.name", "account"):
        if key_of(name) in RANKED[target] and not proposal.has(target):
            return target
    return f"variable:{key_of(name) or 'hidden'}"


FORMAT = Format(NAME, "Typeform", ("responses",), _recognise, _mapping, unfold=_unfold)
