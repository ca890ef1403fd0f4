"""Google Forms: the "Download responses" CSV with its zone in every time, and the sheet's export without one."""

from __future__ import annotations

import re

from casedesk.intake.dates import looks_like_date
from casedesk.intake.formats.format import Format
from casedesk.intake.keys import key_of
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.table import Sample

NAME = "google_forms"

_TIMESTAMPS = frozenset(
    [
        "timestamp",
        "zeitstempel",
        "marca_temporal",
        "horodateur",
        "carimbo_de_data_hora",
        "informazioni_cronologiche",
        "sygnatura_czasowa",
        "tijdstempel",
    ]
)
_DOWNLOADED = re.compile(r"\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}:\d{2} \S+(?: \S+)? GMT[+-]\d{1,2}(?::\d{2})?")
_SHEET = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},? \d{1,2}:\d{2}:\d{2}(?: [AaPp]\.?\s?[Mm]\.?)?")


def _recognise(sample: Sample) -> float:
    if not sample.first or key_of(sample.first[0]) not in _TIMESTAMPS:
        return 0
    times = [row[0] for row in sample.top[1:] if row[0]]
    if times and all(map(_DOWNLOADED.fullmatch, times)):
        return 1
    if times and all(_SHEET.fullmatch(time) or looks_like_date(time) for time in times):
        return 0.7
    return 0.5 if len(sample.top) == 1 else 0


def _mapping(sample: Sample) -> Mapping:
    proposal = Proposal(sample, NAME, "responses")
    proposal.set(proposal.profiles[0], "answered_at")
    proposal.guess_person()
    proposal.guess_score()
    proposal.guess_comment()
    return proposal.mapping()


FORMAT = Format(NAME, "Google Forms", ("responses",), _recognise, _mapping)
