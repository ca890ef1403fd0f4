"""Any other table: what its columns are is guessed from their names and cells, to be looked at before an import."""

from __future__ import annotations

from casedesk.intake.formats.format import Format, Header, one_line
from casedesk.intake.guessing import guess_comment, guess_person, guess_score, profiles_of, ranked
from casedesk.intake.header_words import TICKET_HEADERS
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.records import Kind
from casedesk.intake.table import Sample

NAME = "plain"

_MOST_TITLE_LINES = 5
_TICKET_TARGETS = ("title", "description", "status", "priority", "topic", "owner", "team", "resolution", "tags")


def _recognise(sample: Sample) -> float:
    return 0.5


def _header(sample: Sample) -> Header:
    """The first line that isn't a title above the table: one with more than one filled cell."""
    widest = max(map(len, sample.top))
    for lines, cells in enumerate(sample.top[: _MOST_TITLE_LINES + 1], start=1):
        if widest < 3 or sum(map(bool, cells)) > 1:
            return one_line(sample, lines)
    return one_line(sample)


def _mapping(sample: Sample) -> Mapping:
    return propose(sample, sample.kind or likely_kind(sample), NAME)


def likely_kind(sample: Sample) -> Kind:
    """What the rows of an unknown table are: tickets by their headers, contacts when nothing was answered."""
    profiles = profiles_of(sample)
    ticket_like = sum(1 for profile in profiles if profile.key in TICKET_HEADERS)
    if ticket_like >= 2:
        return "tickets"
    person = guess_person(profiles)
    left = [profile for profile in profiles if profile.place not in person]
    known = {"person.email", "person.phone", "person.last_name", "person.name"}.intersection(person.values())
    if known and guess_score(left) is None and guess_comment(left) is None:
        return "contacts"
    return "responses"


def propose(sample: Sample, kind: Kind, name: str) -> Mapping:
    """The mapping guessed for a table taken as `kind`; `name` is the format that laid out its header."""
    proposal = Proposal(sample, name, kind)
    if kind == "tickets":
        _propose_ticket(proposal)
    elif kind == "contacts":
        proposal.guess_person()
        proposal.guess_named("person.language")
        _take_id(proposal, "person.external_id", "external_id")
    else:
        _take_id(proposal, "external_id", "external_id")
        proposal.guess_time("answered_at")
        proposal.guess_named("language", "complete", "campaign")
        proposal.guess_person()
        proposal.guess_score()
        proposal.guess_comment()
    return proposal.mapping()


def _propose_ticket(proposal: Proposal) -> None:
    _take_id(proposal, "external_id", "ticket_id")
    for target in ("created_at", "updated_at", "closed_at"):
        proposal.guess_time(target)
    proposal.guess_named(*_TICKET_TARGETS)
    proposal.guess_person()
    proposal.guess_score()


def _take_id(proposal: Proposal, target: str, names: str) -> None:
    """Take the most telling column of ids in which no two rows are alike."""
    for profile in ranked(proposal.free, names):
        if profile.is_unique() and not proposal.has(target):
            proposal.set(profile, target)


FORMAT = Format(NAME, "Table", ("responses", "contacts", "tickets"), _recognise, _mapping, header=_header)
