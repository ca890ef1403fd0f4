"""KoboToolbox: CSV and Excel exports (names or wordings as headers, an HXL line perhaps) and submissions as JSON.

A question of several options has a summary column and a 1/0 column for each option: the summary is the answer, the
others repeat it.
"""

from __future__ import annotations

from casedesk.intake.formats.format import Format, Header, one_line, share_of_items
from casedesk.intake.guessing import Profile
from casedesk.intake.keys import distinct_headers
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.table import Sample

NAME = "kobo"

_META = (
    "start", "deviceid", "_id", "_index", "_status", "_notes", "_tags", "_submitted_by", "__version__",
    "_xform_id_string", "meta/instanceID", "formhub/uuid",
)  # fmt: skip
_OWN = frozenset(("_uuid", "_submission_time", "_validation_status", "_submitted_by", "_xform_id_string"))
_FLAGS = frozenset(("0", "1", "0.0", "1.0", "True", "False", ""))


def _recognise(sample: Sample) -> float:
    if sample.items:
        return share_of_items(sample, lambda item: {"_uuid", "_submission_time"} <= item.keys())
    own = len(_OWN.intersection(sample.first))
    if own >= 2:
        return 0.95
    places = [(place, header.rpartition("/")[0]) for place, header in enumerate(sample.first) if "/" in header]
    flags = [place for place, question in places if question in sample.first and _is_flag(sample, place)]
    return 0.8 if len(flags) >= 2 else 0


def _is_flag(sample: Sample, place: int) -> bool:
    return all(row[place] in _FLAGS for row in sample.top[1:] if place < len(row) and not row[place].startswith("#"))


def _header(sample: Sample) -> Header:
    tagged = len(sample.top) > 1 and any(sample.top[1]) and all(cell.startswith("#") for cell in sample.top[1] if cell)
    if not tagged:
        return one_line(sample)
    headers = distinct_headers(sample.first)
    return Header(2, headers, list(headers))


def _mapping(sample: Sample) -> Mapping:
    proposal = Proposal(sample, NAME, "responses")
    for header in ("_uuid", "_id"):
        proposal.name_column(header, "external_id")
    proposal.name_column("end", "answered_at", filled=True)
    proposal.name_column("_submission_time", "answered_at")
    _join_options(proposal)
    proposal.meta(*_META)
    proposal.meta(*(profile.header for profile in proposal.free if profile.header.startswith("_")))
    proposal.guess_person()
    proposal.guess_score()
    proposal.guess_comment()
    own_ids = proposal.has("external_id")
    return proposal.mapping(source=NAME if own_ids else "")


def _join_options(proposal: Proposal) -> None:
    """Let each summary column know its options and leave their own columns out."""
    options: dict[str, list[Profile]] = {}
    for profile in proposal.free:
        question, separator, _ = profile.header.rpartition("/")
        if separator and set(profile.cells) <= _FLAGS:
            options.setdefault(question, []).append(profile)
    for question, columns in options.items():
        summary = proposal.find(question)
        if summary is None:
            continue
        names = tuple(profile.header.rpartition("/")[2] for profile in columns)
        key = proposal.key_for(summary)
        proposal.set(summary, f"answer:{key}", kind="choices", choices=names)
        for profile in columns:
            proposal.set(profile, "ignore")


FORMAT = Format(NAME, "KoboToolbox", ("responses",), _recognise, _mapping, header=_header)
