"""Any other table: what its columns are is guessed from their names and cells, to be looked at before an import."""

from __future__ import annotations

from casedesk.intake.dates import looks_like_date
from casedesk.intake.formats.format import Format, Header, no_headings, one_line
from casedesk.intake.guessing import guess_comment, guess_person, guess_score, profiles_of, ranked
from casedesk.intake.header_words import TICKET_HEADERS, is_known_header
from casedesk.intake.identities import email_of
from casedesk.intake.mapping import Mapping
from casedesk.intake.proposal import Proposal
from casedesk.intake.records import Kind
from casedesk.intake.scores import is_bare_number
from casedesk.intake.table import Sample

NAME = "plain"

_MOST_TITLE_LINES = 5
_TICKET_TARGETS = ("title", "description", "status", "priority", "topic", "owner", "team", "resolution", "tags")


def _recognise(sample: Sample) -> float:
    return 0.5


def _header(sample: Sample) -> Header:
    """The first line that isn't a title above the table, unless it is data: one with more than one filled cell."""
    widest = max(map(len, sample.top))
    for lines, cells in enumerate(sample.top[: _MOST_TITLE_LINES + 1], start=1):
        if widest < 3 or sum(map(bool, cells)) > 1:
            return no_headings(sample) if _is_data(cells, sample.top[lines:]) else one_line(sample, lines)
    return one_line(sample)


def _is_data(cells: list[str], below: list[list[str]]) -> bool:
    """Whether a line is data where headings should be.

    It is with an e-mail address in it, and with a number or date above others of its kind, unless most of its words are
    known headings: "Name, E-mail, 2025" is a header.
    """
    if any(map(email_of, cells)):
        return True
    values = [place for place, cell in enumerate(cells) if _kind_of(cell) and _goes_on(place, cell, below)]
    words = [cell for cell in cells if cell and not _kind_of(cell)]
    return bool(values) and 2 * sum(map(is_known_header, words)) <= len(words)


def _kind_of(cell: str) -> str:
    return "number" if is_bare_number(cell) else "date" if looks_like_date(cell) else ""


def _goes_on(place: int, cell: str, below: list[list[str]]) -> bool:
    kinds = [_kind_of(row[place]) for row in below if len(row) > place and row[place]]
    return 2 * kinds.count(_kind_of(cell)) >= len(kinds)


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
        _take_id(proposal, "person.external_id", "contact_id")
    else:
        _take_id(proposal, "external_id", "external_id")
        proposal.guess_time("answered_at")
        proposal.guess_named("language", "complete", "campaign")
        proposal.guess_person()
        proposal.guess_score()
        proposal.guess_comment()
    if sample.top and sample.headers == no_headings(sample).headers[: len(sample.headers)]:
        _take_addresses(proposal)
    return proposal.mapping()


def _take_addresses(proposal: Proposal) -> None:
    """Without headings, addresses alone can be told by their looks."""
    for profile in proposal.free:
        if profile.mostly(email_of) and not proposal.has("person.email"):
            proposal.set(profile, "person.email")


def _propose_ticket(proposal: Proposal) -> None:
    _take_id(proposal, "external_id", "ticket_id")
    for target in ("created_at", "updated_at", "closed_at"):
        proposal.guess_time(target)
    proposal.guess_named(*_TICKET_TARGETS)
    proposal.guess_person()
    proposal.guess_score()


def _take_id(proposal: Proposal, target: str, names: str) -> None:
    """Take the most telling column that is an id by its name, a few rows repeated or without one or not."""
    for profile in ranked(proposal.free, names):
        if profile.holds_ids() and not proposal.has(target):
            proposal.set(profile, target)


FORMAT = Format(NAME, "Table", ("responses", "contacts", "tickets"), _recognise, _mapping, header=_header)
