"""LimeSurvey: CSV and Excel exports with question codes or whole questions as headers.

An answer whose `submitdate` is empty is unfinished; its time is then that of the last action.
"""

from __future__ import annotations

from casedesk.intake.formats.format import Format, share_of_headers
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.table import Sample

NAME = "limesurvey"

_TARGETS = {
    "id": "external_id",
    "submitdate": "submitted_at",
    "datestamp": "answered_at",
    "startlanguage": "language",
    "email": "person.email",
    "firstname": "person.first_name",
    "lastname": "person.last_name",
}
_WORDED = {
    "Response ID": "external_id",
    "Date submitted": "submitted_at",
    "Date last action": "answered_at",
    "Start language": "language",
    "Antwort ID": "external_id",
    "Datum Abgeschickt": "submitted_at",
    "Datum letzte Aktivität": "answered_at",
    "Start-Sprache": "language",
}
_META = (
    "lastpage", "seed", "startdate", "token", "ipaddr", "refurl", "Last page", "Seed", "Date started", "IP address",
    "Referrer URL", "Letzte Seite", "Datum gestartet", "IP-Adresse",
)  # fmt: skip


def _recognise(sample: Sample) -> float:
    if share_of_headers(sample, "id", "submitdate", "lastpage", "startlanguage") == 1:
        return 1
    worded = share_of_headers(sample, *_WORDED)
    return 0.9 if worded >= 3 / len(_WORDED) else 0


def _mapping(sample: Sample) -> Mapping:
    proposal = Proposal(sample, NAME, "responses")
    for header, target in (_TARGETS | _WORDED).items():
        proposal.name_column(header, target)
    proposal.meta(*_META)
    proposal.guess_score()
    proposal.guess_comment()
    return proposal.mapping(blanks=("N/A",))  # what a question that wasn't shown holds


FORMAT = Format(NAME, "LimeSurvey", ("responses",), _recognise, _mapping)
