"""What a rule can ask about a response that is being imported (behaviour 4.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from casedesk.desk.importing.people import People
from casedesk.desk.importing.questions import Questions
from casedesk.domain import lifecycle
from casedesk.domain.text import caseless
from casedesk.intake.records import ResponseRecord


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all responses of a batch share: where they belong, the present instant (seconds, UTC), who is known."""

    campaign: str
    source: str
    at: int
    status: str
    people: People
    questions: Questions


class ResponseFacts(Mapping[str, object]):
    """The facts of one response, each worked out when a rule asks for it: most rules ask for one or two."""

    __slots__ = ("account", "answered_at", "around", "contact", "record", "variables")

    def __init__(
        self, record: ResponseRecord, contact: int | None, account: int | None, answered_at: int, around: Surroundings
    ) -> None:
        self.record = record
        self.contact = contact
        self.account = account
        self.answered_at = answered_at
        self.around = around
        self.variables: dict[str, str] | None = None

    def get(self, key: str, default: object = None) -> object:
        """The fact, or `default` where the response has none of that name."""
        found = _FACTS.get(key)
        if found is not None:
            return found(self)
        if self.variables is None:
            self.variables = dict(_variables(self))
        return self.variables.get(key, default)

    def __getitem__(self, key: str) -> object:
        missing = object()
        found = self.get(key, missing)
        if found is missing:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        yield from _FACTS
        yield from dict(_variables(self))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _person(facts: ResponseFacts, field: str) -> object:
    return None if facts.contact is None else facts.around.people.known(facts.contact)[0][field]


def _contact(facts: ResponseFacts) -> object:
    names = (_person(facts, field) for field in ("name", "email", "external_id"))
    return tuple(name for name in names if name)


def _account(facts: ResponseFacts) -> object:
    if facts.account is None:
        return None
    name, external, _ = facts.around.people.account(facts.account)
    return tuple(text for text in (name, external) if text)


def _variables(facts: ResponseFacts) -> Iterator[tuple[str, str]]:
    for key, value in facts.record.answers:
        yield _fact_of("answer", key), value
        yield _fact_of("answer", facts.around.questions.label(key)), value
    if facts.contact is not None:
        for name, value in facts.around.people.known(facts.contact)[1].items():
            yield _fact_of("contact", name), value
    if facts.account is not None:
        for name, value in facts.around.people.account(facts.account)[2].items():
            yield _fact_of("account", name), value


@cache
def _fact_of(record: str, name: str) -> str:
    return f"{record}.{caseless(name)}"


_FACTS: Final[dict[str, Callable[[ResponseFacts], object]]] = {
    "score": lambda facts: facts.record.score,
    "score_kind": lambda facts: facts.record.score_kind,
    "comment": lambda facts: facts.record.comment,
    "text": lambda facts: "\n".join(value for _, value in facts.record.answers),
    "language": lambda facts: facts.record.language,
    "answered": lambda facts: facts.answered_at,
    "campaign": lambda facts: facts.around.campaign,
    "source": lambda facts: facts.around.source,
    "created": lambda facts: facts.around.at,
    "updated": lambda facts: facts.around.at,
    "state": lambda facts: lifecycle.NEW,
    "status": lambda facts: facts.around.status,
    "origin": lambda facts: "rule",
    "contact": _contact,
    "contact_id": lambda facts: facts.contact,
    "email": lambda facts: _person(facts, "email"),
    "phone": lambda facts: _person(facts, "phone"),
    "account": _account,
    "account_id": lambda facts: facts.account,
}
