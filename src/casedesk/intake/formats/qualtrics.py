"""Qualtrics: CSV and TSV exports with three header lines (names, wordings, ImportId), the old ones with two.

Previews, tests and answers marked as spam are kept as unfinished responses, and no rule judges them; the answer
`status` tells them apart. Rows that a customer left unfinished are judged by what they say.
"""

from __future__ import annotations

import json
import re

from casedesk.domain.errors import InvalidInput
from casedesk.intake.dates import zone_named
from casedesk.intake.formats.format import Format, Header, share_of_headers
from casedesk.intake.keys import distinct_headers
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.table import Sample

NAME = "qualtrics"

_TARGETS = {
    "ResponseId": "external_id",
    "EndDate": "answered_at",
    "RecordedDate": "answered_at",
    "Finished": "complete",
    "RecipientLastName": "person.last_name",
    "RecipientFirstName": "person.first_name",
    "RecipientEmail": "person.email",
    "ExternalReference": "person.external_id",
    "ExternalDataReference": "person.external_id",
    "EmailAddress": "person.email",
    "UserLanguage": "language",
}
_META = (
    "StartDate",
    "IPAddress",
    "Progress",
    "Duration (in seconds)",
    "LocationLatitude",
    "LocationLongitude",
    "LocationAccuracy",
    "DistributionChannel",
    "ResponseSet",
    "Name",
)
_NOT_MEANT = (
    "Survey Preview", "Survey Test", "Spam", "Survey Preview Spam", "Imported Spam", "Offline Survey Preview",
    "1", "2", "8", "9", "12", "17", "32",
)  # fmt: skip
"""Statuses of rows that no customer meant as an answer, as words and as codes."""

_COMPUTED = re.compile(r"SC\d+|Q_\w+|.* - (?:Topics|Parent Topics|Sentiment.*)|.*_NPS_GROUP", re.IGNORECASE)
_NPS_GROUP = "_NPS_GROUP"
_RESPONSE = re.compile(r"R_\w{10,20}")


def _recognise(sample: Sample) -> float:
    if _import_ids(sample) or _is_legacy(sample):
        return 1
    return 0.9 if share_of_headers(sample, "StartDate", "EndDate", "ResponseId", "Finished") == 1 else 0


def _import_ids(sample: Sample) -> bool:
    return len(sample.top) > 2 and sum('"ImportId"' in cell for cell in sample.top[2]) > len(sample.top[2]) / 2


def _is_legacy(sample: Sample) -> bool:
    return sample.first[:2] == ["V1", "V2"] and len(sample.top) > 1 and sample.top[1][0].casefold() == "responseid"


def _header(sample: Sample) -> Header:
    first = sample.first
    if _import_ids(sample):
        return Header(3, distinct_headers(first), _labels(first, sample.top[1]))
    if _is_legacy(sample):
        # V1 to V10 are named by the second line, questions by the first.
        names = [
            label if re.fullmatch(r"V\d+", name) else name for name, label in zip(first, sample.top[1], strict=False)
        ]
        return Header(2, distinct_headers(names), _labels(names, sample.top[1]))
    place = next((place for place, name in enumerate(first) if name.casefold() == "responseid"), 0)
    has_labels = len(sample.top) > 1 and not _RESPONSE.fullmatch("".join(sample.top[1][place : place + 1]))
    lines = 2 if has_labels else 1
    return Header(lines, distinct_headers(first), _labels(first, sample.top[lines - 1]))


def _labels(names: list[str], labels: list[str]) -> list[str]:
    labels = [*labels, *[""] * len(names)]
    return [label or name for name, label in zip(distinct_headers(names), labels, strict=False)]


def _zone(sample: Sample) -> str:
    """The zone of the dates, which the third header line says."""
    for cell in sample.top[2] if _import_ids(sample) else []:
        try:
            zone = json.loads(cell).get("timeZone")
            if isinstance(zone, str) and zone != "Z":
                zone_named(zone)
                return zone
        except (ValueError, AttributeError, RecursionError, InvalidInput):
            continue
    return "UTC"


def _mapping(sample: Sample) -> Mapping:
    proposal = Proposal(sample, NAME, "responses")
    for header, target in _TARGETS.items():
        proposal.name_column(header, target)
    status = proposal.find("Status")
    if status is not None:
        proposal.set(status, "complete", kind="meta", labels=tuple((word, -1.0) for word in _NOT_MEANT))
    proposal.meta(*_META)
    for profile in proposal.free:
        if profile.header.upper().endswith(_NPS_GROUP):
            asked = proposal.find(profile.header[: -len(_NPS_GROUP)])
            if asked is not None and not proposal.has("score"):
                proposal.set_score(asked, "nps")
    proposal.meta(*(profile.header for profile in proposal.free if _COMPUTED.fullmatch(profile.header)))
    proposal.guess_score()
    proposal.guess_comment()
    return proposal.mapping(source=NAME, zone=_zone(sample))


FORMAT = Format(NAME, "Qualtrics", ("responses",), _recognise, _mapping, header=_header)
