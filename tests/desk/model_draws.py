"""Random acts, each for the real desk and for the model of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from casedesk.desk import Desk
from casedesk.desk.values import Outcome
from tests.desk import model_acts as m, model_desk_acts, model_related
from tests.desk.model_of_desk import Change, ModelDesk, Result

PEOPLE = ("ana", "ben", "carla", "eve")
TEAMS = {"Riders": ("ben", "carla"), "Callers": ("ben", "eve")}
TAGS, CAUSES = ("callback", "vip", "late"), ("Price", "Tech")
RESOLUTIONS = ("Resolved", "Explained")
CONTACTS, ACCOUNTS = ("Rosa", "Ken"), ("Acme", "Birch")
WAITS = (60, 3600, 7200)

MACROS: dict[str, tuple[list[dict[str, Any]], list[Change], bool, str | None]] = {
    "No answer": (
        [{"note": "rang"}, {"status": {"name": "pending", "until": "2h"}}, {"tags": ["+callback", "-vip"]}],
        [m.note("rang"), m.status("pending", 7200), m.links("tag", ["callback"], ["vip"])],
        True, None,
    ),
    "Settle": (
        [
            {"priority": "low"},
            {"classifications": ["+Price"]},
            {"close": {"resolution": "Resolved", "exit_state": "Customer reached"}},
        ],
        [
            m.give("priority", "low"),
            m.links("class", ["Price"], []),
            m.close("Resolved", "Customer reached", several=True),
        ],
        True, "close",
    ),
    "Mine": ([{"owner": "me"}, {"status": "open"}], [m.assign("me"), m.status("open")], True, None),
    "Again": ([{"status": "open"}, {"status": "pending"}], [m.status("open"), m.status("pending")], False, None),
    "Tried": (
        [{"action": {"name": "Call", "status": "No response"}}, {"topic": "Billing"}, {"team": "Callers"}],
        [
            m.action("Call", "No response", closes=None, exit_state=None, resolution=None, several=True),
            m.give("topic", "Billing"),
            m.team("Callers"),
        ],
        True, None,
    ),
}  # fmt: skip
"""Each macro's steps for the desk and for the model, whether one of them opens a new ticket, and the right it takes."""


class Drawn(NamedTuple):
    """An act, for both."""

    said: str
    real: Callable[[Desk], Outcome]
    plain: Callable[[ModelDesk, str], Result]


class Dice:
    """Draws acts from one seed."""

    def __init__(self, seed: int, plain: ModelDesk) -> None:
        self.random = random.Random(seed)
        self.plain = plain
        self.turn = 0
        self._who, self._last = PEOPLE[0], ""
        self._kinds = {
            self._note: 3, self._links: 4, self._others: 2, self._entry: 3, self._title: 1, self._assign: 3,
            self._team: 2, self._status: 5, self._close: 3, self._reopen: 2, self._action: 5, self._plan: 2,
            self._parent: 4, self._merge: 3, self._macro: 3, self._new: 2, self._away: 2, self._back: 2,
            self._member: 1, self._undo: 8, self._redo: 5, self._undo_named: 5,
        }  # fmt: skip

    def act(self) -> tuple[str, Drawn]:
        """Somebody, often who acted last, and what they do: after an undo often a redo."""
        self.turn += 1
        taken_back = self._last.startswith("undo")
        self._who = self._who if self.chance(0.7 if taken_back else 0.3) else self.pick(*PEOPLE)
        drawn = self._redo() if taken_back and self.chance(0.4) else self._any()
        self._last = drawn.said
        return self._who, drawn

    def _any(self) -> Drawn:
        return self.random.choices(list(self._kinds), list(self._kinds.values()))[0]()

    # -- what an act is about

    def pick(self, *options: Any) -> Any:
        return self.random.choice(options)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def some(self, names: Sequence[str]) -> tuple[list[str], list[str]]:
        """Names to add and to remove, not the same ones."""
        chosen = self.random.sample(names, self.pick(1, 1, 2))
        adding = [name for name in chosen if self.chance(0.6)]
        return adding, [name for name in chosen if name not in adding]

    def ticket(self) -> int:
        """A ticket, seldom one that was merged, and now and then one that isn't there."""
        if self.chance(0.02):
            return self.pick(99, *self.plain.versions)
        there = self.plain.numbers()
        unmerged = [number for number in there if not self.plain.get(number, "merged into")]
        return self.random.choice(unmerged if unmerged and self.chance(0.93) else there)

    def numbers(self) -> int | list[int]:
        if self.chance(0.6):
            return self.ticket()
        return list(dict.fromkeys(self.ticket() for _ in range(self.pick(1, 2, 3, 6))))

    def seen(self, *numbers: int) -> dict[int, int] | None:
        """The versions that somebody saw: none, or the present ones, now and then stale."""
        if self.chance(0.4):
            return None
        return {number: self.plain.versions.get(number, 1) - self.chance(0.15) for number in numbers}

    def _on_tickets(
        self,
        name: str,
        real: Callable[[Desk, Any, dict[str, Any]], Outcome],
        change: Change,
        *,
        numbers: int | list[int] | None = None,
        seen: dict[int, int] | None = None,
        **how: Any,
    ) -> Drawn:
        to = self.numbers() if numbers is None else numbers
        if seen is None and name != "note":
            seen = self.seen(*([to] if isinstance(to, int) else to))
        return Drawn(
            f"{name} {to}, seen {seen}",
            lambda desk: real(desk, to, {"versions": seen}),
            lambda plain, user: plain.on_tickets(user, name, to, change, seen=seen, **how),
        )

    # -- the acts on tickets

    def _note(self) -> Drawn:
        body = f"note {self.turn}"
        return self._on_tickets("note", lambda d, to, how: d.tickets.add_note(to, body, **how), m.note(body))

    def _links(self) -> Drawn:
        kind, names = self.pick(("tag", TAGS), ("class", CAUSES), ("helper", PEOPLE))
        add, remove = self.some(names)
        name = {"tag": "tag", "class": "classify", "helper": "helpers"}[kind]
        attribute = {"tag": "tag", "class": "classify", "helper": "set_helpers"}[kind]
        return self._on_tickets(
            name,
            lambda d, to, how: getattr(d.tickets, attribute)(to, add, remove, **how),
            m.links(kind, add, remove),
        )

    def _others(self) -> Drawn:
        kind, names = self.pick(("contact", CONTACTS), ("account", ACCOUNTS))
        add, remove = self.some(names)
        return self._on_tickets(
            "relate",
            lambda d, to, how: getattr(d.tickets, f"set_{kind}s")(to, add, remove, **how),
            m.others(kind, add, remove),
        )

    def _entry(self) -> Drawn:
        field, values = self.pick(("priority", ("low", "high", None)), ("topic", ("Billing", "App", None)))
        value = self.pick(*values)
        return self._on_tickets(
            field,
            lambda d, to, how: getattr(d.tickets, f"set_{field}")(to, value, **how),
            m.give(field, value),
        )

    def _title(self) -> Drawn:
        title = self.pick("Parcel", f"Parcel {self.turn}")
        return self._on_tickets(
            "edit title",
            lambda d, to, how: d.tickets.edit_title(to, title, **how),
            m.give("title", title),
            numbers=self.ticket(),
        )

    def _assign(self) -> Drawn:
        login, note = self.pick(*PEOPLE, "me", None), self.pick("", f"yours {self.turn}")
        return self._on_tickets(
            "assign", lambda d, to, how: d.tickets.assign(to, login, note=note, **how), m.assign(login, note)
        )

    def _team(self) -> Drawn:
        name = self.pick(*TEAMS, None)
        return self._on_tickets("team", lambda d, to, how: d.tickets.set_team(to, name, **how), m.team(name))

    def _status(self) -> Drawn:
        to_status = self.pick("new", "open", "pending", "pending", "pending", "closed")
        wait = self.pick(None, *WAITS) if to_status == "pending" else None

        def real(desk: Desk, to: Any, how: dict[str, Any]) -> Outcome:
            until = desk.now() + timedelta(seconds=wait) if wait else None
            return desk.tickets.set_status(to, to_status, until=until, **how)

        return self._on_tickets("status", real, m.status(to_status, wait), opens=False)

    def _close(self) -> Drawn:
        resolution = self.pick(*RESOLUTIONS, *RESOLUTIONS, None)
        exit_state = self.pick("Customer reached", "Customer reached", "Said", None)
        numbers = self.numbers()
        return self._on_tickets(
            "close",
            lambda d, to, how: d.tickets.close(to, resolution, exit_state, **how),
            m.close(resolution, exit_state, several=not isinstance(numbers, int)),
            numbers=numbers, opens=False, right="close",
        )  # fmt: skip

    def _reopen(self) -> Drawn:
        return self._on_tickets(
            "reopen", lambda d, to, how: d.tickets.reopen(to, **how), m.reopen, opens=False, right="reopen"
        )

    def _action(self) -> Drawn:
        name = self.pick(*m.ACTIONS)
        outcome = self.pick(*m.ACTIONS[name][0], None) if m.ACTIONS[name][0] else self.pick(None, None, None, "Sent")
        closes = self.pick(None, None, None, True, False)
        ends = closes or name == "Close the loop" or self.chance(0.05)
        answers = {
            "exit_state": self.pick("Customer reached", "Customer reached", "Said", None) if ends else None,
            "resolution": self.pick("Resolved", None) if ends else None,
        }
        numbers = self.numbers()
        return self._on_tickets(
            "action",
            lambda d, to, how: d.tickets.add_action(to, name, status=outcome, close_plan=closes, **answers, **how),
            m.action(name, outcome, closes=closes, several=not isinstance(numbers, int), **answers),
            numbers=numbers,
        )

    def _plan(self) -> Drawn:
        name = self.pick(m.DETRACTORS, m.LIGHT, None)
        return self._on_tickets(
            "plan", lambda d, to, how: d.tickets.set_plan(to, name, **how), m.plan(name), right="plan"
        )

    def _parent(self) -> Drawn:
        above = self.pick(None, *(self.ticket() for _ in range(4)))
        return self._on_tickets(
            "relate", lambda d, to, how: d.tickets.set_parent(to, above, **how), model_related.parent(above)
        )

    def _merge(self) -> Drawn:
        numbers, into = self.numbers(), self.ticket()
        seen = self.seen(into, *([numbers] if isinstance(numbers, int) else numbers)) or {}
        return self._on_tickets(
            "merge",
            lambda d, to, how: d.tickets.merge(to, into, **how),
            model_related.merge(into, seen.get(into)),
            numbers=numbers, seen=seen, opens=False, right="merge",
        )  # fmt: skip

    def _macro(self) -> Drawn:
        name = self.pick(*MACROS)
        _steps, changes, opens, right = MACROS[name]
        return self._on_tickets(
            "macro", lambda d, to, how: d.macros.run(name, to, **how), m.steps(changes), opens=opens, right=right
        )

    # -- the acts on the desk

    def _new(self) -> Drawn:
        title, priority, contact = f"New {self.turn}", self.pick("low", "high"), self.pick(*CONTACTS, None)
        tags, note, below = self.some(TAGS)[0], self.pick("", f"said {self.turn}"), self.pick(None, self.ticket())
        change = model_desk_acts.new(title, priority, contact=contact, tags=tags, body=note, below=below)
        return Drawn(
            f"new below {below}, tags {tags}",
            lambda d: d.tickets.new(title, priority, contact=contact, tags=tags, note=note, parent=below),
            lambda plain, user: plain.once(user, "new ticket", lambda act: change(act, plain)),
        )

    def _away(self) -> Drawn:
        login, to = (
            self.pick("me", "me", *PEOPLE),
            self.pick(None, "nobody", *(f"team:{name}" for name in TEAMS), *PEOPLE),
        )
        note = self.pick("", "", f"take it {self.turn}")
        return Drawn(
            f"away {login}, to {to}",
            lambda d: d.team.go_away(login, hand_over_to=to, note=note),
            lambda plain, user: model_desk_acts.go_away(plain, user, login, to, note),
        )

    def _back(self) -> Drawn:
        login = self.pick("me", "me", "me", *PEOPLE)
        return Drawn(
            f"back {login}",
            lambda d: d.team.come_back(login),
            lambda p, user: model_desk_acts.come_back(p, user, login),
        )

    def _member(self) -> Drawn:
        name, login, joins = self.pick(*TEAMS), self.pick(*PEOPLE), self.chance(0.5)
        both = ((login,), ()) if joins else ((), (login,))
        return Drawn(
            f"member {login} {'joins' if joins else 'leaves'} {name}",
            lambda d: d.team.change_members(name, *both),
            lambda plain, user: model_desk_acts.change_member(plain, user, name, login, joins=joins),
        )

    # -- taking back

    def _undo(self) -> Drawn:
        return Drawn("undo", lambda d: d.acts.undo(), lambda plain, user: plain.undo(user))

    def _redo(self) -> Drawn:
        return Drawn("redo", lambda d: d.acts.redo(), lambda plain, user: plain.redo(user))

    def _undo_named(self) -> Drawn:
        if not self.plain.acts:
            return self._undo()
        number = self.random.choice(self.plain.acts[-self.pick(3, 12, 60) :]).number
        return Drawn(f"undo {number}", lambda d: d.acts.undo(number), lambda plain, user: plain.undo(user, number))
