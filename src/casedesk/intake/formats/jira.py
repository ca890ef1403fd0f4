"""Jira: the issues of its search API and the CSV export of its issue navigator."""

from __future__ import annotations

from casedesk.intake.formats.format import (
    Format,
    child,
    named_cells,
    objects,
    share_of_headers,
    share_of_items,
    text_of,
)
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.table import Item, Sample

NAME = "jira"

_TARGETS = {
    "key": "external_id",
    "Issue key": "external_id",
    "Summary": "title",
    "Description": "description",
    "Status": "status",
    "Priority": "priority",
    "Issue Type": "topic",
    "issuetype": "topic",
    "Assignee": "owner",
    "Resolution": "resolution",
    "Labels": "tags",
    "Created": "created_at",
    "Updated": "updated_at",
    "resolutiondate": "closed_at",
    "Resolved": "closed_at",
    "Reporter": "person.name",
    "reporter.name": "person.external_id",
    "reporter.email": "person.email",
}
_TEXTS = (
    "summary",
    "description",
    "created",
    "updated",
    "resolutiondate",
    "duedate",
    "environment",
    "labels",
    "workratio",
)
_NAMED = ("status", "priority", "issuetype", "resolution", "project")
_LISTED = ("components", "fixVersions", "versions")


def _recognise(sample: Sample) -> float:
    if sample.items:
        return share_of_items(sample, lambda item: "key" in item and "summary" in child(item, "fields"))
    return 0.9 if share_of_headers(sample, "Issue key", "Summary", "Status") == 1 else 0


def _unfold(item: Item) -> dict[str, str]:
    """The issue's fields by name, people by their display name; addresses of pictures and pages are left out."""
    fields = child(item, "fields")
    cells = {"key": text_of(item.get("key")), **named_cells(fields, *_TEXTS)}
    cells |= {name: text_of(child(fields, name).get("name")) for name in _NAMED}
    cells |= {name: text_of([text_of(part.get("name")) for part in objects(fields, name)]) for name in _LISTED}
    reporter = child(fields, "reporter")
    cells |= {
        "assignee": _display_name(child(fields, "assignee")),
        "reporter": _display_name(reporter),
        "reporter.name": text_of(reporter.get("name") or reporter.get("accountId")),
        "reporter.email": text_of(reporter.get("emailAddress")),
    }
    for name, value in fields.items():
        if name.startswith("customfield_"):
            inner = value.get("value") or value.get("name") if isinstance(value, dict) else value
            cells[name] = text_of(inner)
    return {header: cell for header, cell in cells.items() if cell}


def _display_name(person: Item) -> str:
    return text_of(person.get("displayName") or person.get("name"))


def _mapping(sample: Sample) -> Mapping:
    proposal = Proposal(sample, NAME, "tickets")
    for header, target in _TARGETS.items():
        proposal.name_column(header, target)
    return proposal.mapping(source=NAME)


FORMAT = Format(NAME, "Jira", ("tickets",), _recognise, _mapping, unfold=_unfold)
