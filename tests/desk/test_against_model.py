"""Thousands of random acts by several people: the desk and a plain model of it agree after each of them (X3)."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest

from casedesk import model
from casedesk.desk import Desk
from casedesk.desk.values import Outcome
from casedesk.domain.errors import CasedeskError, NotFound
from tests.conftest import Clock
from tests.desk import model_of_desk as m

NUMBERS = (1, 2, 3, 4)
TAGS, CAUSES = ("callback", "vip"), ("Price", "Tech")
EXITS, RESOLUTIONS = ("Customer reached", "Customer not reached"), ("Resolved", "Explained")

RealAct = Callable[[Desk, int | Sequence[int], dict[str, object]], Outcome]
Drawn = tuple[RealAct, m.Change, bool, bool]
"""The act on the real desk and on the model, whether it opens a new ticket, and whether it heeds versions."""


@pytest.fixture
def people(desk: Desk) -> list[Desk]:
    """Three who work on four tickets that ana made, each with a plan and all new."""
    desk.team.add_user("dora", role="supervisor")
    for number in NUMBERS:
        desk.tickets.new(f"Ticket {number}", "normal")
        _plan_without_opening(desk, number)
    return [desk.as_user(login) for login in ("ben", "carla", "dora")]


def _plan_without_opening(desk: Desk, number: int) -> None:
    """As if the ticket had come by a campaign with a plan: given by hand, the plan would open it."""
    with desk.store.write() as session:
        ticket = session.get(model.Ticket, number)
        assert ticket is not None
        ticket.plan_id = 1
        ticket.priority_id = None


def drawn(dice: random.Random, turn: int) -> Drawn:
    """Some act."""
    kind = dice.choice(("note", "tag", "class", "priority", "owner", "status", "status", "close", "reopen", "action"))
    if kind == "note":
        body = f"note {turn}"
        return lambda desk, to, how: desk.tickets.add_note(to, body, **how), m.note(body), True, False
    if kind in ("tag", "class"):
        name, on = dice.choice(TAGS if kind == "tag" else CAUSES), dice.random() < 0.6
        names = {"add": [name]} if on else {"remove": [name]}
        return (
            lambda desk, to, how: (desk.tickets.tag if kind == "tag" else desk.tickets.classify)(to, **names, **how),
            m.tick(kind, name, on=on), True, True,
        )  # fmt: skip
    if kind == "priority":
        value = dice.choice(("low", "high", None))
        return lambda desk, to, how: desk.tickets.set_priority(to, value, **how), m.give(kind, value), True, True
    if kind == "owner":
        value = dice.choice(("ben", "carla", None))
        return lambda desk, to, how: desk.tickets.assign(to, value, **how), m.give(kind, value), True, True
    if kind == "status":
        to_status = dice.choice(("new", "open", "pending"))
        return lambda desk, to, how: desk.tickets.set_status(to, to_status, **how), m.status(to_status), False, True
    if kind == "reopen":
        return lambda desk, to, how: desk.tickets.reopen(to, **how), m.reopen, False, True
    resolution, exit_state = dice.choice(RESOLUTIONS), dice.choice(EXITS)
    if kind == "close":
        return (
            lambda desk, to, how: desk.tickets.close(to, resolution, exit_state, **how),
            m.close(resolution, exit_state), False, True,
        )  # fmt: skip
    return _drawn_action(dice, exit_state, resolution)


def _drawn_action(dice: random.Random, exit_state: str, resolution: str) -> Drawn:
    name = dice.choice(list(m.ACTIONS))
    outcome = dice.choice(list(m.ACTIONS[name])) if m.ACTIONS[name] else None
    closes = name == "Close the loop" or (name == "Call" and dice.random() < 0.2)
    ending = {"exit_state": exit_state, "close_plan": True, "resolution": resolution} if closes else {}
    return (
        lambda desk, to, how: desk.tickets.add_action(to, name, status=outcome, **ending, **how),
        m.action(name, outcome, exit_state if closes else None, resolution if closes else None), True, True,
    )  # fmt: skip


def result(act: Callable[[], Outcome], numbers: Sequence[int]) -> tuple[list[int], list[int]] | None:
    """The tickets done and refused; None when there was nothing to do."""
    try:
        outcome = act()
    except NotFound:
        return None
    except CasedeskError:
        return [], sorted(numbers)
    return sorted(outcome.done), sorted(refusal.number for refusal in outcome.refused)


def seen_of(desk: Desk, number: int) -> dict[str, object]:
    """What the desk tells of a ticket, in the words of the model."""
    ticket = desk.tickets.show(number)
    return {
        "status": ticket.line.status,
        "priority": ticket.line.priority,
        "owner": ticket.line.owner,
        "resolution": ticket.resolution,
        "exit state": ticket.exit_state,
        "tag": sorted(ticket.line.tags),
        "class": sorted(ticket.classifications),
        "note": sorted(note.body for note in ticket.notes),
        "action": sorted((action.action, action.status or "") for action in ticket.actions),
        "version": ticket.line.version,
    }


def held_by(plain: m.ModelDesk, number: int) -> dict[str, object]:
    """The same of the model."""
    cells = plain.tickets[number]
    return {
        **{cell: cells.get(cell) for cell in ("status", "priority", "owner", "resolution", "exit state")},
        **{kind: sorted(plain.held(number, kind)) for kind in ("tag", "class", "note")},
        "action": sorted((name, outcome or "") for name, outcome, _ in plain.held(number, "action")),
        "version": plain.versions[number],
    }


@pytest.mark.parametrize("seed", range(8))
def test_desk_and_model_agree_after_each_of_many_random_acts(people: list[Desk], clock: Clock, seed: int) -> None:
    dice = random.Random(seed)
    plain = m.ModelDesk(NUMBERS)
    for turn in range(300):
        clock.tick(1)
        desk = dice.choice(people)
        login, what = desk.user.login, dice.random()
        if what < 0.2:
            expected, got = plain.undo(login), result(desk.acts.undo, [])
        elif what < 0.3:
            expected, got = plain.redo(login), result(desk.acts.redo, [])
        else:
            numbers = dice.sample(NUMBERS, dice.choice((1, 1, 1, 2, 4)))
            real, change, opens, heeds = drawn(dice, turn)
            stale = dice.random() < 0.1
            seen = {number: plain.versions[number] - stale for number in numbers} if heeds else None
            expected = plain.do(login, numbers, change, opens=opens, seen=seen)
            target = numbers[0] if len(numbers) == 1 else numbers
            got = result(lambda: real(desk, target, {"versions": seen} if seen else {}), numbers)  # noqa: B023  # now
        if what < 0.3 and expected is not None and not expected[0]:
            assert got is not None, f"turn {turn}"
            assert got[0] == [], f"turn {turn}"  # which tickets refused isn't told of a single one
        else:
            assert got == expected, f"turn {turn}"
        for number in NUMBERS:
            assert seen_of(desk, number) == held_by(plain, number), f"turn {turn}, #{number}"
