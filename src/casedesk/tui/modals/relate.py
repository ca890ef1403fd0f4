"""Relate tickets to a parent, sub-tickets, further contacts and accounts: add, replace, remove, open new (N5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from casedesk.domain.errors import InvalidInput
from casedesk.domain.rights import TICKETS_NEW
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import Choice, ChoiceField, Field, Form, SearchField, TextField, Values, choices_of
from casedesk.tui.modals.finding import Search, account_search, contact_search, ticket_search

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome, Related

PARENT, NO_PARENT = "parent", "no parent"
ADD_SUB, NEW_SUB, NO_SUB = "add sub-ticket", "new sub-ticket", "remove sub-ticket"
ADD, REPLACE, REMOVE = "add", "replace", "remove"
PEOPLE: Final = ("contact", "account")


@dataclass(frozen=True, slots=True)
class Searches:
    """What finds the records while their names are typed; None for what the user may not see."""

    ticket: Search
    contact: Search | None
    account: Search | None
    may_open: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """What is done: `what` to `record`, an id or a number; `gone` is the id that is taken away."""

    what: str
    record: int | None = None
    gone: int | None = None
    title: str = ""
    priority: str = ""


def read(desk: Desk, numbers: Sequence[int]) -> Searches:
    """The searches."""
    return Searches(ticket_search(desk, numbers), contact_search(desk), account_search(desk), desk.can(TICKETS_NEW))


def form(target: Target) -> Form[Relation]:
    """Asks what to do, with which of the present records, and with which other record."""
    searches: Searches = target.more
    related = target.ticket.related if target.ticket is not None else ()
    if target.ticket is not None and target.ticket.line.merged_into is not None:
        raise InvalidInput(f"#{target.ticket.number} was merged into #{target.ticket.line.merged_into}.")
    fields: list[Field] = [
        ChoiceField(name="what", label="What", choices=_ways(target, searches, related)),
        ChoiceField(name="gone", label="Which", choices=_present(related), when=_is(_GOES)),
        SearchField(
            name="ticket", label="Ticket", search=searches.ticket, placeholder="Number, or words of the ticket.",
            when=_is({PARENT, ADD_SUB}),
        ),
    ]  # fmt: skip
    for kind, search in (("contact", searches.contact), ("account", searches.account)):
        if search is not None:
            placeholder = "Name, e-mail, phone or id." if kind == "contact" else "Name."
            fields.append(
                SearchField(
                    name=kind, label=kind.title(), search=search, placeholder=placeholder,
                    when=_is({f"{ADD} {kind}", f"{REPLACE} {kind}"}),
                )
            )  # fmt: skip
    fields += [
        TextField(name="title", label="Title", longest=300, when=_is({NEW_SUB})),
        ChoiceField(
            name="priority", label="Priority", choices=choices_of(target.choices.priorities), when=_is({NEW_SUB})
        ),
    ]
    return Form(title=target.title("Relate"), fields=fields, submit="Relate", build=_relation)


_GOES: Final = {NO_SUB, *(f"{way} {kind}" for way in (REPLACE, REMOVE) for kind in PEOPLE)}
"""What takes a present relation away, of which there may be several."""


def _is(ways: set[str]) -> Callable[[Values], bool]:
    return lambda values: values.get("what") in ways


def _ways(target: Target, searches: Searches, related: Sequence[Related]) -> tuple[Choice, ...]:
    """What can be done to these tickets: relations of several are only added, or their parent taken away."""
    alone = target.count == 1
    parent = next((record.said for record in related if record.kind == "parent"), "")
    has = {record.kind for record in related}
    ways = [Choice(PARENT, "Replace the parent" if parent else "Set the parent", parent)]
    if parent or not alone:
        ways.append(Choice(NO_PARENT, "Remove the parent", parent))
    if alone:
        ways.append(Choice(ADD_SUB, "Add a sub-ticket"))
        ways += [Choice(NEW_SUB, "Open a new sub-ticket")] if searches.may_open else []
        ways += [Choice(NO_SUB, "Remove a sub-ticket")] if "sub-ticket" in has else []
    for kind, search in (("contact", searches.contact), ("account", searches.account)):
        a_kind = f"another {kind}"
        if search is not None:
            ways.append(Choice(f"{ADD} {kind}", f"Add {a_kind}"))
            ways += [Choice(f"{REPLACE} {kind}", f"Replace {a_kind}")] if kind in has else []
        ways += [Choice(f"{REMOVE} {kind}", f"Remove {a_kind}")] if kind in has else []
    return tuple(ways)


def _present(related: Sequence[Related]) -> Callable[[Values], Sequence[Choice]]:
    """The records of the kind that the chosen way takes away."""

    def offer(values: Values) -> Sequence[Choice]:
        kind = str(values.get("what", "")).rpartition(" ")[2]
        return tuple(Choice(record.id, record.said, record.detail) for record in related if record.kind == kind)

    return offer


def _relation(values: Values) -> Relation:
    found = next((values[name] for name in ("ticket", *PEOPLE) if values.get(name) is not None), None)
    return Relation(
        values["what"],
        found.value if found is not None else None,
        values.get("gone"),
        values.get("title", ""),
        values.get("priority", ""),
    )


def perform(desk: Desk, target: Target, relation: Relation, guards: Guards) -> Outcome:
    """Make or end the relation."""
    what, record = relation.what, relation.record
    if what in (PARENT, NO_PARENT):
        return desk.tickets.set_parent(target.tickets, record, **guards)
    if what == ADD_SUB and record is not None:
        return desk.tickets.set_parent(record, target.numbers[0])
    if what == NEW_SUB:
        return desk.tickets.new(relation.title, relation.priority, parent=target.numbers[0])
    if what == NO_SUB and relation.gone is not None:
        return desk.tickets.set_parent(relation.gone, None)
    act = desk.tickets.set_contacts if what.endswith("contact") else desk.tickets.set_accounts
    added = [record] if record is not None else []
    removed = [relation.gone] if relation.gone is not None else []
    return act(target.tickets, add=added, remove=removed, **guards)


ACT: Act[Relation] = Act("ticket.relate", perform, form, read=read, repeatable=False)
