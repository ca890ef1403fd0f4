"""What the acts do to one ticket of the model of the desk, after behaviour 1 and 2."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tests.desk.model_of_desk import Change, Part, RefusedError, refuse

MOVES = {
    "new": {"open", "pending", "closed"},
    "open": {"pending", "closed"},
    "pending": {"open", "closed"},
    "closed": {"open"},
}
DETRACTORS, LIGHT = "Resolution for Detractors", "Light"
EXITS = {
    DETRACTORS: ("Customer reached", "Customer not reached", "No contact wanted"),
    LIGHT: ("Said", "Customer reached"),
}
CLOSES_TICKET = {DETRACTORS: True, LIGHT: False}
CALL = {"Reached": True, "No response": False, "Left a message": False}
ACTIONS: dict[str, tuple[dict[str, bool], str]] = {
    "Call": (CALL, "ask"),
    "Offer compensation": ({}, "no"),
    "Close the loop": ({}, "always"),
}
"""Each action's statuses with whether they complete it, and whether it closes the plan. Both plans have all three."""


def note(body: str) -> Change:
    def change(part: Part) -> None:
        add_note(part, part.number, body)

    return change


def add_note(part: Part, number: int, body: str) -> None:
    row = (number, part.desk.now, part.act.user, body)
    part.put(row, "note", part.act.number, part.number, len(part.changes), on=number)


def links(kind: str, add: Collection[str], remove: Collection[str]) -> Change:
    """Tags, classifications and helpers: what is so already is no matter."""

    def change(part: Part) -> None:
        for name in add:
            part.put(True, kind, part.number, name)
        for name in remove:
            part.put(None, kind, part.number, name)

    return change


def others(kind: str, add: Collection[str], remove: Collection[str]) -> Change:
    """Further contacts and accounts: never the ticket's own, and only what is there is removed."""

    def change(part: Part) -> None:
        for name in remove:
            if not part.get(kind, part.number, name):
                refuse()
            part.put(None, kind, part.number, name)
        for name in add:
            if part.own(kind) == name:
                refuse()
            part.put(True, kind, part.number, name)

    return change


def give(name: str, value: str | None) -> Change:
    return lambda part: part.put_own(name, value)


def assign(login: str | None, body: str = "") -> Change:
    def change(part: Part) -> None:
        login_meant = part.act.user if login == "me" else login
        if part.own("owner") == login_meant:
            refuse("unchanged")
        part.put_own("owner", login_meant)
        if body:
            add_note(part, part.number, body)

    return change


def team(name: str | None) -> Change:
    """A queue; an owner who isn't in the team is cleared (behaviour 1.8)."""

    def change(part: Part) -> None:
        part.put_own("team", name)
        if name and not part.get("member", name, part.own("owner")):
            part.put_own("owner", None)

    return change


def status(to: str, wait: int | None = None) -> Change:
    """Another status; a pending ticket may `wait` so many seconds (behaviour 1.1 and 1.5)."""

    def change(part: Part) -> None:
        now, wake = part.own("status"), part.desk.now + wait if wait else None
        if (now, part.own("wake")) == (to, wake):
            refuse("unchanged")
        if now != to and to not in MOVES[now]:
            refuse()
        if now == "closed":
            part.desk.require(part.act.user, "reopen")
            reopen(part)
            return
        if to == "closed":
            part.desk.require(part.act.user, "close")
            refuse()  # for want of a resolution
        part.put_own("status", to)
        part.put_own("wake", wake)

    return change


def close(resolution: str | None, exit_state: str | None, *, several: bool = False) -> Change:
    def change(part: Part) -> None:
        plan, open_plan = part.own("plan"), part.own("plan closed") is None
        if part.own("status") == "closed" or not resolution:
            refuse()
        if plan and open_plan:
            close_plan(part, exit_state)
        if not plan and exit_state and not several:
            refuse()
        part.put_own("status", "closed")
        part.put_own("closed", part.desk.now)
        part.put_own("wake", None)
        part.put_own("resolution", resolution)

    return change


def close_plan(part: Part, exit_state: str | None) -> None:
    if exit_state not in EXITS[part.own("plan")]:
        refuse()
    part.put_own("plan closed", part.desk.now)
    part.put_own("exit state", exit_state)


def reopen(part: Part) -> None:
    if part.own("status") != "closed":
        refuse()
    part.put_own("status", "open")
    part.put_own("closed", None)
    part.put_own("resolution", None)


def action(
    name: str,
    outcome: str | None,
    *,
    closes: bool | None,
    exit_state: str | None,
    resolution: str | None,
    several: bool,
) -> Change:
    """An action of the plan; it may close the plan, and the ticket with that (behaviour 2.1 to 2.3)."""
    outcomes, mode = ACTIONS[name]

    def change(part: Part) -> None:
        plan, number = part.own("plan"), part.number
        if plan is None or part.desk.why_no_action((number, plan, name)):
            refuse()
        if (outcome in outcomes) != bool(outcomes) or (outcome and not outcomes):
            refuse()
        if (mode == "always" and closes is False) or (mode == "no" and closes):
            refuse()
        ends = mode == "always" or bool(closes)
        if exit_state and not ends:
            refuse()
        completed = outcomes[outcome] if outcome else True
        row = (number, plan, name, outcome, part.act.user, part.desk.now, ends, completed)
        part.put(row, "action", part.act.number, number, len(part.changes))
        if ends and CLOSES_TICKET[plan]:
            part.desk.require(part.act.user, "close")
            close(resolution, exit_state)(part)
            return
        if ends:
            close_plan(part, exit_state)
        if resolution and not several:
            refuse()

    return change


def plan(name: str | None) -> Change:
    def change(part: Part) -> None:
        worked = any(part.desk.rows("action", part.number)) or part.own("plan closed") is not None
        if part.own("plan") and worked:
            refuse()
        part.put_own("plan", name)

    return change


def steps(changes: Sequence[Change]) -> Change:
    """A macro: each step, passing over those that would change nothing (X4)."""

    def change(part: Part) -> None:
        for step in changes:
            try:
                step(part)
            except RefusedError as refused:
                if refused.code != "unchanged":
                    raise

    return change
