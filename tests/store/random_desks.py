"""Small random desks, and their rows for the database; `random_facts` has the same as facts."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from casedesk.domain.text import as_number, segmented
from tests.domain.query.moments import NOW

LISTS = {
    "status": ("New", "Open", "Escalated", "Waiting", "Done"),
    "priority": ("low", "High"),
    "topic": ("Delivery", "billing"),
    "tag": ("callback", "VIP", "Zürich"),
    "classification": ("price", "people"),
    "close_option": ("Refunded", "none"),
    "team": ("North", "south"),
    "plan": ("Call back",),
    "campaign": ("Winter survey", "callback"),
    "rule": ("Detractors",),
    "policy": ("Gold customers", "Rest"),
}
STATES = ("new", "open", "open", "pending", "closed")
USERS = (("ana", "Ana Lopez"), ("ben", "Ben"), ("me", "North"))
EXITS = ("done", "none")
QUESTIONS = (("q1", "How likely?"), ("Q2", "May we contact you?"), ("q1", "Why?"))
TIMER_KINDS = ("resolution", "next reply", "first response")
VALUES = ("North", "north west", "ZÜRICH", "10", "2.5", "-1", "Yes, please", "x" * 90, "1e3", "5.", "", "a%b_c\\d")
TEXTS = (
    "", "Late delivery, no refund", "late", "refunds: RUDE!", "delivery late", "É退款很慢", "e\u0301 no",
    "refund 10 🤣late",
)  # fmt: skip
INSTANTS = tuple(
    int(NOW.timestamp()) + shift for shift in (-40_000_000, -86_400, -46_800, -3600, -1, 0, 1, 7200, 90_000)
)


def index(options: tuple[Any, ...]) -> st.SearchStrategy[int]:
    """The id of one of the options."""
    return st.integers(1, len(options))


def ids(options: tuple[Any, ...]) -> st.SearchStrategy[frozenset[int]]:
    """The ids of some of them."""
    return st.frozensets(index(options), max_size=2)


@dataclass(frozen=True)
class Contact:
    """A contact with its variables."""

    name: str
    email: str | None
    phone: str | None
    external: str | None
    account: int | None
    variables: Mapping[str, str]


@dataclass(frozen=True)
class Response:
    """A response; the question's id leads to the answer."""

    source: str
    comment: str
    answered: int
    answers: Mapping[int, str]

    @property
    def text(self) -> str:
        return "\n".join([self.comment, *(value for value in self.answers.values() if as_number(value) is None)])


@dataclass(frozen=True)
class Timer:
    """A timer of a ticket; `policy` is its id. Its place among the ticket's says of what kind it is."""

    policy: int
    due: int | None
    warn: int | None
    met: int | None
    stopped: int | None

    @property
    def runs(self) -> bool:
        return self.met is None and self.stopped is None


@dataclass(frozen=True)
class Closing:
    """A closing of a ticket, until it was reopened."""

    closed: int
    reopened: int | None
    merged: bool


@dataclass(frozen=True)
class Ticket:
    """A ticket with what hangs on it."""

    title: str
    description: str
    status: int
    columns: Mapping[str, Any]
    contact: int | None
    tags: frozenset[int]
    classes: frozenset[int]
    helpers: frozenset[int]
    actors: frozenset[int]
    notes: tuple[str, ...]  # all written by ana, at the first instant
    actions: tuple[str, ...]
    response: Response | None
    timers: tuple[Timer, ...] = ()
    breaches: frozenset[tuple[str, int]] = frozenset()  # the kind, and when it was due
    moments: frozenset[int] = frozenset()
    """Behind its opening it was closed and reopened at these by turns; the last closes a closed one, and the last two
    reopen any other."""

    @property
    def closings(self) -> tuple[Closing, ...]:
        """The closings; one that is closed has at least one, and its last goes on."""
        opened = self.columns["created_at"]
        moments = sorted(moment for moment in self.moments if moment > opened)
        if STATES[self.status - 1] == "closed":
            moments = moments[len(moments) % 2 == 0 and bool(moments) :] or [opened]
            ends: list[int | None] = [*moments[1::2], None]
            merged = self.columns["breached"]  # one that is merged is no closing of its own
            return tuple(
                Closing(closed, end, merged=end is None and merged)
                for closed, end in zip(moments[::2], ends, strict=True)
            )
        moments = moments[len(moments) % 2 :]
        return tuple(Closing(*span, merged=False) for span in zip(moments[::2], moments[1::2], strict=True))


@dataclass(frozen=True)
class RandomDesk:
    """All of it."""

    accounts: tuple[tuple[str, str | None, Mapping[str, str]], ...] = ()
    contacts: tuple[Contact, ...] = ()
    tickets: tuple[Ticket, ...] = field(default=())


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def desks(draw: st.DrawFn) -> RandomDesk:
    """A desk with up to six tickets."""
    variables = st.dictionaries(st.sampled_from(("region", "Seats", "REGION")), st.sampled_from(VALUES), max_size=2)
    accounts = draw(
        st.lists(
            st.tuples(st.sampled_from(TEXTS), maybe(st.just("A-1")), variables), max_size=2, unique_by=lambda a: a[1]
        )
    )
    contact = st.builds(
        Contact,
        name=st.sampled_from((*TEXTS, "Rosa Marín")),
        email=maybe(st.sampled_from(("rosa@acme.de", "late@north.example"))),
        phone=maybe(st.sampled_from(("+4930", "112"))),
        external=maybe(st.sampled_from(("C-1", "late"))),
        account=maybe(st.integers(1, len(accounts))) if accounts else st.none(),
        variables=variables,
    )
    contacts = draw(st.lists(contact, max_size=3))
    response = st.builds(
        Response,
        source=st.sampled_from(("csv", "North")),
        comment=st.sampled_from(TEXTS),
        answered=st.sampled_from(INSTANTS),
        answers=st.dictionaries(index(QUESTIONS), st.sampled_from((*VALUES, *TEXTS)), max_size=3),
    )
    moments = st.frozensets(st.sampled_from(INSTANTS), max_size=4)
    timer = st.builds(Timer, index(LISTS["policy"]), *[maybe(st.sampled_from(INSTANTS)) for _ in range(4)])
    columns = {
        "priority_id": maybe(index(LISTS["priority"])),
        "topic_id": maybe(index(LISTS["topic"])),
        "score": maybe(st.sampled_from((0.0, 2.5, 6.0, 7.0, 10.0))),
        "score_kind": st.sampled_from(("nps", "csat", None)),
        "campaign_id": maybe(index(LISTS["campaign"])),
        "owner_id": maybe(index(USERS)),
        "team_id": maybe(index(LISTS["team"])),
        "created_at": st.sampled_from(INSTANTS),
        "updated_at": st.sampled_from(INSTANTS),
        "closed_at": maybe(st.sampled_from(INSTANTS)),
        "due_at": maybe(st.sampled_from(INSTANTS)),
        "wake_at": maybe(st.sampled_from(INSTANTS)),
        "parent_id": maybe(st.just(1)),  # itself, for the first; the queries don't mind
        "merged_into_id": maybe(st.just(1)),
        "breached": st.booleans(),
        "plan_id": maybe(index(LISTS["plan"])),
        "exit_state_id": maybe(index(EXITS)),
        "resolution_id": maybe(index(LISTS["close_option"])),
        "closed_by_id": maybe(index(USERS)),
        "origin": st.sampled_from(("rule", "person", "import")),
        "rule_id": maybe(index(LISTS["rule"])),
        "language": maybe(st.sampled_from(("de", "pt-BR", "Zürich"))),
        "source": maybe(st.sampled_from(("csv", "zendesk"))),
    }
    ticket = st.builds(
        Ticket,
        title=st.sampled_from(TEXTS[1:]),
        description=st.sampled_from(TEXTS),
        status=index(LISTS["status"]),
        columns=st.fixed_dictionaries(columns),
        contact=maybe(st.integers(1, len(contacts))) if contacts else st.none(),
        tags=ids(LISTS["tag"]),
        classes=ids(LISTS["classification"]),
        helpers=ids(USERS),
        actors=ids(USERS),
        notes=st.lists(st.sampled_from(TEXTS), max_size=2).map(tuple),
        actions=st.lists(st.sampled_from(("Call", "late")), max_size=2).map(tuple),
        response=maybe(response),
        timers=st.lists(timer, max_size=3).map(tuple),
        breaches=st.frozensets(st.tuples(st.sampled_from(TIMER_KINDS), st.sampled_from(INSTANTS)), max_size=2),
        moments=moments,
    )
    tickets = draw(st.lists(ticket, max_size=6))
    return RandomDesk(tuple(accounts), tuple(contacts), tuple(tickets))


def plain_ticket(title: str) -> Ticket:
    """A new ticket with nothing but a title."""
    at = int(NOW.timestamp())
    columns = {"created_at": at, "updated_at": at, "breached": False, "origin": "person"}
    none: frozenset[int] = frozenset()
    return Ticket(title, "", 1, columns, None, none, none, none, none, (), (), None)


def lay_lists(connection: sqlite3.Connection) -> None:
    """Put the desk's own lists and people into an empty desk."""
    insert(connection, "role", {"id": 1, "name": "agent", "rights": "[]"})
    for number, (login, name) in enumerate(USERS, 1):
        person = {"id": number, "login": login, "name": name, "role_id": 1, "active": 1, "away": 0}
        insert(connection, "user", person)
    more = {
        "plan": {"description": "", "closes_ticket": 0},
        "campaign": {"created_at": 0},
        "rule": {"trigger": "", "condition": "", "effects": "[]", "active": 1},
        "policy": {"query": "", "is_default": 0, "calendar_id": 1, "pauses": "[]", "warn": 0},
    }
    calendar = {"id": 1, "name": "Hours", "zone": "UTC", "hours": "24x7", "country": "", "region": "", "retired": 0}
    insert(connection, "calendar", calendar)
    for table, names in LISTS.items():
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        for number, name in enumerate(names, 1):
            row = {"id": number, "name": name, "position": number, "retired": 0, **more.get(table, {})}
            row |= {"state": STATES[number - 1]} if table == "status" else {}
            insert(connection, table, {key: value for key, value in row.items() if key in columns})
    for number, name in enumerate(EXITS, 1):
        insert(connection, "plan_exit_state", {"id": number, "plan_id": 1, "name": name, "position": 0, "retired": 0})
    for number, (key, label) in enumerate(QUESTIONS, 1):
        # The same key may stand in several campaigns.
        campaign = 2 if number == len(QUESTIONS) else 1
        row = {"id": number, "campaign_id": campaign, "key": key, "label": label, "kind": "text", "position": 0}
        insert(connection, "question", row)
    action = {"id": 1, "name": "Call", "description": "", "closes_plan": "no", "comment_allowed": 1, "retired": 0}
    insert(connection, "action", action)


def lay_down(connection: sqlite3.Connection, desk: RandomDesk) -> None:
    """Put a random desk's customers and tickets into the database."""
    for number, (name, external, variables) in enumerate(desk.accounts, 1):
        insert(connection, "account", {"id": number, "name": name, "external_id": external, "created_at": 0})
        _lay_variables(connection, "account", number, variables)
    for number, contact in enumerate(desk.contacts, 1):
        row = {
            "id": number,
            "name": contact.name,
            "email": contact.email,
            "phone": contact.phone,
            "external_id": contact.external,
            "account_id": contact.account,
            "created_at": 0,
        }
        insert(connection, "contact", row)
        _lay_variables(connection, "contact", number, contact.variables)
    for number, ticket in enumerate(desk.tickets, 1):
        _lay_ticket(connection, desk, number, ticket)


def _lay_variables(connection: sqlite3.Connection, table: str, number: int, variables: Mapping[str, str]) -> None:
    for name, value in variables.items():
        insert(connection, f"{table}_variable", {f"{table}_id": number, "name": name, "value": value})


def _lay_ticket(connection: sqlite3.Connection, desk: RandomDesk, number: int, ticket: Ticket) -> None:
    if ticket.response is not None:
        _lay_response(connection, number, ticket.response)
    row = {
        "id": number,
        "version": 1,
        "title": ticket.title,
        "description": ticket.description,
        "segmented": segmented(f"{ticket.title}\n{ticket.description}"),
        "status_id": ticket.status,
        "state": STATES[ticket.status - 1],
        "contact_id": ticket.contact,
        "account_id": ticket.contact and desk.contacts[ticket.contact - 1].account,
        "response_id": number if ticket.response else None,
        "external_id": f"X-{number}",
        **ticket.columns,
    }
    insert(connection, "ticket", row)
    for tag in ticket.tags:
        insert(connection, "ticket_tag", {"ticket_id": number, "tag_id": tag})
    for entry in ticket.classes:
        insert(connection, "ticket_classification", {"ticket_id": number, "classification_id": entry})
    for user in ticket.helpers:
        insert(connection, "ticket_helper", {"ticket_id": number, "user_id": user})
    for body in ticket.notes:
        note = {
            "ticket_id": number,
            "author_id": 1,
            "created_at": INSTANTS[0],
            "body": body,
            "segmented": segmented(body),
        }
        insert(connection, "note", note)
    for name in ticket.actions:
        action = {"ticket_id": number, "plan_id": 1, "action_id": 1, "action_name": name, "comment": ""}
        insert(
            connection,
            "ticket_action",
            action | {"completed": 1, "closed_plan": 0, "actor_id": 1, "created_at": INSTANTS[-2]},
        )
    for place, timer in enumerate(ticket.timers):
        row = {
            "ticket_id": number,
            "kind": TIMER_KINDS[place],
            "started_at": place,
            "policy_id": timer.policy,
            "target": 1,
        }
        row |= {"due_at": timer.due, "warn_at": timer.warn, "met_at": timer.met, "stopped_at": timer.stopped}
        insert(connection, "ticket_timer", row | {"pauses": 0})
    for kind, due in ticket.breaches:
        insert(
            connection,
            "ticket_breach",
            {"ticket_id": number, "kind": kind, "due_at": due, "policy_id": 1, "found_at": due},
        )
    for closing in ticket.closings:
        row = {"closed_at": closing.closed, "ticket_id": number, "open_seconds": 0, "working_seconds": 0}
        insert(connection, "ticket_closing", row | {"reopened_at": closing.reopened, "merged": closing.merged})
    for user in ticket.actors:
        act = insert(connection, "act", {"at": 0, "name": "tag", "summary": "", "actor_kind": "user", "user_id": user})
        activity = {"act_id": act, "at": 0, "actor_kind": "user", "actor_id": user, "ticket_id": number}
        words = dict.fromkeys(("kind", "operation", "record", "field", "before_text", "after_text", "cause"), "")
        insert(connection, "activity", activity | words)


def _lay_response(connection: sqlite3.Connection, number: int, response: Response) -> None:
    row = {
        "id": number,
        "campaign_id": 1,
        "source": response.source,
        "external_id": str(number),
        "comment": response.comment,
        "complete": 1,
        "answered_at": response.answered,
        "received_at": response.answered,
        "text": response.text,
        "segmented": segmented(response.text),
        "digest": "",
    }
    insert(connection, "response", row)
    for question, value in response.answers.items():
        answer = {"response_id": number, "question_id": question, "value": value, "number": as_number(value)}
        insert(connection, "answer", answer)


def insert(connection: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> int:
    """Insert a row; its id."""
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    return connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values())).lastrowid or 0
