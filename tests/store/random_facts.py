"""What a rule would be told of the tickets of a random desk."""

from __future__ import annotations

from collections.abc import Mapping

from casedesk.domain.query.predicate import NEVER_DUE
from casedesk.domain.text import caseless
from tests.store.random_desks import (
    EXITS,
    INSTANTS,
    LISTS,
    QUESTIONS,
    STATES,
    TIMER_KINDS,
    USERS,
    RandomDesk,
    Response,
    Ticket,
)


def facts(desk: RandomDesk, number: int) -> dict[str, object]:
    """What a rule would be told of the ticket with this number."""
    ticket = desk.tickets[number - 1]
    columns = ticket.columns

    def named(table: str, which: int | None) -> str | None:
        return None if which is None else LISTS[table][which - 1]

    def people(which: frozenset[int] | int | None) -> tuple[str, ...]:
        chosen = () if which is None else (which,) if isinstance(which, int) else which
        return tuple(name for user in chosen for name in USERS[user - 1])

    def logins(which: frozenset[int] | int | None) -> tuple[str, ...]:
        return people(which)[::2]

    actions = [f"{action}  " for action in ticket.actions]
    found: dict[str, object] = {
        "number": number,
        "title": ticket.title,
        "description": ticket.description,
        "text": (
            f"{ticket.title}\n{ticket.description}",
            ticket.response.text if ticket.response else "",
            "\n".join([*ticket.notes, *actions]),
        ),
        "status": named("status", ticket.status),
        "state": STATES[ticket.status - 1],
        "priority": named("priority", columns["priority_id"]),
        "topic": named("topic", columns["topic_id"]),
        "tag": tuple(LISTS["tag"][tag - 1] for tag in ticket.tags),
        "class": tuple(LISTS["classification"][entry - 1] for entry in ticket.classes),
        "campaign": named("campaign", columns["campaign_id"]),
        "owner": people(columns["owner_id"]),
        "closer": people(columns["closed_by_id"]),
        "helper": people(ticket.helpers),
        "by": people(ticket.actors),
        "owner.login": logins(columns["owner_id"]),
        "closer.login": logins(columns["closed_by_id"]),
        "helper.login": logins(ticket.helpers),
        "by.login": logins(ticket.actors),
        "team": named("team", columns["team_id"]),
        "plan": named("plan", columns["plan_id"]),
        "exit": None if columns["exit_state_id"] is None else EXITS[columns["exit_state_id"] - 1],
        "resolution": named("close_option", columns["resolution_id"]),
        "rule": named("rule", columns["rule_id"]),
        "external": f"X-{number}",
        "source": columns["source"],
        "note": ticket.notes,
        "action": ticket.actions,
        "policy": tuple(LISTS["policy"][timer.policy - 1] for timer in ticket.timers),
        "paused": any(timer.runs and timer.due is None for timer in ticket.timers),
        "due_soon": min((timer.warn for timer in ticket.timers if timer.runs and timer.warn is not None), default=None),
    }
    found |= {name: columns[name] for name in ("score", "score_kind", "breached", "origin", "language")}
    found |= {"parent": columns["parent_id"], "merged": columns["merged_into_id"]}
    found |= {name: columns[f"{name}_at"] for name in ("created", "updated", "closed", "wake")}
    found["deadline"] = columns["due_at"]
    found |= _history_facts(ticket) | _timer_facts(ticket)
    if ticket.response is not None:
        found |= _response_facts(ticket.response, number)
        found["source"] = tuple(entry for entry in (columns["source"], ticket.response.source) if entry)
    if ticket.contact is not None:
        found |= _contact_facts(desk, ticket.contact)
    return found


def _history_facts(ticket: Ticket) -> dict[str, object]:
    """When it was closed, reopened and open, and how it stands to its resolution target."""
    closings = ticket.closings
    starts = [ticket.columns["created_at"], *(closing.reopened for closing in closings if closing.reopened is not None)]
    ends = [*(closing.closed for closing in closings), None]
    timer = ticket.timers[0] if ticket.timers else None
    sla: object = None
    if timer is not None and timer.met is not None and timer.due is not None:
        sla = "inside" if timer.met <= timer.due else "outside"
    elif timer is not None and timer.runs:
        sla = NEVER_DUE if timer.due is None else timer.due
    return {
        "closing": tuple(closing.closed for closing in closings if not closing.merged),
        "reopened": tuple(starts[1:]),
        "open_at": tuple(zip(starts, ends, strict=False)),
        "sla": sla,
        "noted": tuple(INSTANTS[0] for _ in ticket.notes),
        "noted.ana": tuple(INSTANTS[0] for _ in ticket.notes),
        "acted": tuple(INSTANTS[-2] for _ in ticket.actions),
        "acted.ana": tuple(INSTANTS[-2] for _ in ticket.actions),
    }


def _timer_facts(ticket: Ticket) -> dict[str, object]:
    """By which policies it was timed, when it was answered where there was a target, and what was missed."""
    found: dict[str, object] = {"breach": tuple(due for _, due in ticket.breaches)}
    for kind in TIMER_KINDS:
        missed = tuple(due for missed, due in ticket.breaches if missed == kind)
        found[f"breach.{kind.replace(' ', '_')}"] = missed
    for kind, timer in zip(TIMER_KINDS, ticket.timers, strict=False):
        name = kind.replace(" ", "_")
        found[f"policy.{name}"] = LISTS["policy"][timer.policy - 1]
        if kind != "resolution" and timer.met is not None and timer.due is not None:
            judged = "inside" if timer.met <= timer.due else "outside"
            found |= {name: (timer.met,), f"{name}.{judged}": (timer.met,)}
    return found


def _response_facts(response: Response, number: int) -> dict[str, object]:
    found: dict[str, object] = {"comment": response.comment, "answered": response.answered, "response": number}
    for question, value in response.answers.items():
        for name in QUESTIONS[question - 1]:
            key = f"answer.{caseless(name)}"
            found[key] = (*found.get(key, ()), value)  # type: ignore[misc]  # several questions may share a key
    return found


def _contact_facts(desk: RandomDesk, which: int) -> dict[str, object]:
    contact = desk.contacts[which - 1]
    found: dict[str, object] = {
        "contact": tuple(text for text in (contact.name, contact.email, contact.external) if text),
        "contact_id": which,
        "email": contact.email,
        "phone": contact.phone,
    }
    found |= _variable_facts("contact", contact.variables)
    if contact.account is not None:
        name, external, variables = desk.accounts[contact.account - 1]
        found |= {"account": tuple(text for text in (name, external) if text), "account_id": contact.account}
        found |= _variable_facts("account", variables)
    return found


def _variable_facts(table: str, variables: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in variables.items():
        key = f"{table}.{caseless(name)}"
        found[key] = (*found.get(key, ()), value)
    return dict(found)
