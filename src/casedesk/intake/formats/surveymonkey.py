"""SurveyMonkey: CSV and Excel exports with two header lines (question, then option) or with both in one.

Options of one question, each in a column that holds its text, become one answer; rows of a grid stay questions of
their own, named "question - row".
"""

from __future__ import annotations

import re

from casedesk.intake.formats.format import Format, Header, share_of_headers
from casedesk.intake.guessing import Profile
from casedesk.intake.keys import distinct_headers, key_of
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.table import Sample

NAME = "surveymonkey"

_RESPONSE_WORDS = frozenset(
    key_of(word)
    for word in (
        "Response", "Open-Ended Response", "Antwort", "Beantwortung", "Offene Antwort", "Respuesta",
        "Respuesta abierta", "Réponse", "Réponse ouverte", "Resposta", "Resposta aberta", "Risposta",
        "Risposta aperta", "Odpowiedź", "Reactie", "Open-einde reactie", "Freie Antwort",
    )
)  # fmt: skip
_TARGETS = {
    "Respondent ID": "external_id",
    "RespondentID": "external_id",
    "End Date": "answered_at",
    "EndDate": "answered_at",
    "Date Modified": "answered_at",
    "Email Address": "person.email",
    "First Name": "person.first_name",
    "Last Name": "person.last_name",
}
_META = (
    "Collector ID", "CollectorID", "Start Date", "StartDate", "Date Created", "IP Address", "Collector Nm",
    "Custom Data", "Custom Data 1", "custom_1", "Language",
)  # fmt: skip
_TAGS = re.compile(r"\s*<[^<>]{1,80}>\s*")
_SEPARATOR = " - "


def _recognise(sample: Sample) -> float:
    first = [cell.casefold().replace(" ", "") for cell in sample.first]
    named = bool(first) and first[0] == "respondentid"
    if _has_two_lines(sample):
        return 0.95 if named else 0.7
    return 0.8 if named else 0.75 if share_of_headers(sample, "Respondent ID", "Collector ID") == 1 else 0


def _has_two_lines(sample: Sample) -> bool:
    if len(sample.top) < 2 or len(sample.first) < 3 or sample.top[1][0]:
        return False
    second = sample.top[1]
    continued = sum(1 for cell in sample.first if not cell)
    answers = sum(1 for cell in second if key_of(cell) in _RESPONSE_WORDS)
    return answers > 0 or (continued > 0 and sum(map(bool, second)) > len(second) / 2)


def _parts(sample: Sample) -> list[tuple[str, str]]:
    """The question and the option of each column; no option where the column is the whole question."""
    first = [_plain(cell) for cell in sample.first]
    if not _has_two_lines(sample):
        return [_split(header) for header in first]
    second = [*map(_plain, sample.top[1]), *[""] * len(first)]
    parts: list[tuple[str, str]] = []
    question = ""
    for name, option in zip(first, second, strict=False):
        question = name or question
        parts.append((question, "" if key_of(option) in _RESPONSE_WORDS else option))
    return parts


def _split(header: str) -> tuple[str, str]:
    question, separator, option = header.rpartition(_SEPARATOR)
    return (question, option) if separator else (header, "")


def _header(sample: Sample) -> Header:
    names = [f"{question}{_SEPARATOR}{option}" if option else question for question, option in _parts(sample)]
    headers = distinct_headers(names)
    return Header(2 if _has_two_lines(sample) else 1, headers, list(headers))


def _plain(cell: str) -> str:
    """A header without the markup that questions are written in."""
    return _TAGS.sub(" ", cell).strip()


def _mapping(sample: Sample) -> Mapping:
    proposal = Proposal(sample, NAME, "responses")
    for header, target in _TARGETS.items():
        proposal.name_column(header, target)
    proposal.meta(*_META)
    _join_options(proposal)
    blanks = ("-",) if sum("-" in profile.cells for profile in proposal.profiles) > 1 else ()
    proposal.guess_score()
    proposal.guess_comment()
    return proposal.mapping(source=NAME, blanks=blanks)


def _join_options(proposal: Proposal) -> None:
    """Make one question of the neighbouring columns whose cells only repeat their option."""
    parts = _parts(proposal.sample)
    options: dict[str, list[tuple[Profile, str]]] = {}
    for profile in proposal.free:
        question, option = parts[profile.place]
        if option and all(cell == option for cell in profile.cells):
            options.setdefault(question, []).append((profile, option))
    for question, columns in options.items():
        if len(columns) < 2 or not any(profile.cells for profile, _ in columns):
            continue
        key = proposal.key_for(Profile(columns[0][0].place, question, question, [], 0))
        for profile, option in columns:
            proposal.set(profile, f"answer:{key}", kind="choices", choice=option, label=question)


FORMAT = Format(NAME, "SurveyMonkey", ("responses",), _recognise, _mapping, header=_header)
