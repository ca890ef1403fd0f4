"""Bugzilla: the CSV of a bug list."""

from __future__ import annotations

from casedesk.intake.formats.format import Format, share_of_headers
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.table import Sample

NAME = "bugzilla"

_TARGETS = {
    "bug_id": "external_id",
    "short_desc": "title",
    "bug_status": "status",
    "resolution": "resolution",
    "priority": "priority",
    "component": "topic",
    "assigned_to": "owner",
    "reporter": "person.email",
    "reporter_realname": "person.name",
    "keywords": "tags",
    "opendate": "created_at",
    "changeddate": "updated_at",
    "cf_last_closed": "closed_at",
}


def _recognise(sample: Sample) -> float:
    return 0.95 if share_of_headers(sample, "bug_id", "short_desc", "bug_status") == 1 else 0


def _mapping(sample: Sample) -> Mapping:
    proposal = Proposal(sample, NAME, "tickets")
    for header, target in _TARGETS.items():
        proposal.name_column(header, target)
    return proposal.mapping(source=NAME, blanks=("---",))


FORMAT = Format(NAME, "Bugzilla", ("tickets",), _recognise, _mapping)
