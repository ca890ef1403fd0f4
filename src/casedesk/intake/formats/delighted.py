"""Delighted: the events of its webhooks, the responses of its API, and its CSV export."""

from __future__ import annotations

from collections import Counter

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
from casedesk.intake.keys import key_of
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.records import ScoreKind
from casedesk.intake.table import Item, Sample

NAME = "delighted"

_TARGETS = {
    "id": "external_id",
    "response id": "external_id",
    "comment": "comment",
    "created_at": "answered_at",
    "created at": "answered_at",
    "survey responded at": "answered_at",
    "person.id": "person.external_id",
    "person id": "person.external_id",
    "person_id": "person.external_id",
    "person.email": "person.email",
    "email": "person.email",
    "person.name": "person.name",
    "name": "person.name",
    "person.phone_number": "person.phone",
    "phone number": "person.phone",
    "locale": "language",
}
_META = (
    "survey_type",
    "survey type",
    "permalink",
    "updated_at",
    "updated at",
    "notes",
    "tags",
    "person.created_at",
    "source",
)
_PROPERTIES = "person_properties."
_SCALES: dict[str, tuple[ScoreKind, tuple[float, float] | None]] = {
    "nps": ("nps", None),
    "csat": ("csat", None),
    "ces": ("rating", (1, 5)),
    "ces7": ("ces", None),
    "stars": ("rating", (1, 5)),
    "smileys": ("rating", (1, 5)),
    "fivestar": ("rating", (1, 5)),
    "thumbs": ("rating", (0, 1)),
}


def _recognise(sample: Sample) -> float:
    if sample.items:
        return share_of_items(sample, _is_response)
    headers = max(
        share_of_headers(sample, "survey_type", "score", "comment", "person_id"),
        share_of_headers(sample, "survey type", "score", "comment", "person id"),
    )
    return 0.9 if headers == 1 else 0


def _is_response(item: Item) -> bool:
    if "event_data" in item:
        return text_of(item.get("event_type")).startswith("survey_response.") and bool(child(item, "event_data"))
    return {"person", "survey_type", "score"} <= item.keys()


def _unfold(item: Item) -> dict[str, str]:
    response = child(item, "event_data") or item
    cells = named_cells(
        response, "id", "survey_type", "score", "comment", "permalink", "created_at", "updated_at", "locale", "tags"
    )
    person = response.get("person")
    cells |= prefixed("person", person) if isinstance(person, dict) else {"person.id": text_of(person)}
    cells |= prefixed("person_properties", child(response, "person_properties"))
    cells["notes"] = text_of([text_of(note.get("text")) for note in objects(response, "notes")])
    for answer in objects(response, "additional_answers"):
        question = child(answer, "question")
        add_answer(cells, text_of(question.get("text") or question.get("id")), _value(child(answer, "value")))
    return {header: cell for header, cell in cells.items() if cell}


def _value(value: Item) -> str:
    """An additional answer: a text, a number, one option or several."""
    plain = value.get("free_response") or value.get("scale")
    if plain is not None:
        return text_of(plain)
    one = child(value, "select_one")
    return text_of([text_of(option.get("text")) for option in [one, *objects(value, "select_many")] if option])


def _mapping(sample: Sample) -> Mapping:
    proposal = Proposal(sample, NAME, "responses")
    for header, target in _TARGETS.items():
        proposal.name_column(header, target)
    types = Counter(
        cell for profile in proposal.profiles if key_of(profile.header) == "survey_type" for cell in profile.cells
    )
    score = proposal.find("score")
    if score is not None:
        kind, scale = _SCALES.get(types.most_common(1)[0][0].lower() if types else "nps", ("rating", (0.0, 10.0)))
        proposal.set_score(score, kind, scale)
    proposal.meta(*_META)
    for profile in proposal.free:
        if profile.header.startswith(_PROPERTIES):
            name = key_of(profile.header.removeprefix(_PROPERTIES))
            proposal.set(profile, f"variable:{name or 'property'}")
    return proposal.mapping(source=NAME)


FORMAT = Format(NAME, "Delighted", ("responses",), _recognise, _mapping, unfold=_unfold)
