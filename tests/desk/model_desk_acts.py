"""What the acts that belong to no one ticket do on the model of the desk: new tickets, people, the sweep."""

from __future__ import annotations

from collections.abc import Callable, Collection

from tests.desk.model_acts import add_note
from tests.desk.model_of_desk import Act, ModelDesk, Result, refuse
from tests.desk.model_related import put_below

ACCOUNT_OF = {"Rosa": "Acme", "Ken": None}


def new(
    title: str, priority: str, *, contact: str | None, tags: Collection[str], body: str, below: int | None
) -> Callable[[Act, ModelDesk], tuple[int, ...]]:
    """A ticket made by hand."""

    def change(act: Act, desk: ModelDesk) -> tuple[int, ...]:
        number = max(desk.versions, default=0) + 1
        part = act.part(desk, number)
        first = {
            "there": True, "title": title, "status": "new", "priority": priority, "contact": contact,
            "account": ACCOUNT_OF.get(contact or ""), "opened": desk.now,
        }  # fmt: skip
        for name, value in first.items():
            part.put(value, number, name, on=0)
        for tag in tags:
            part.put(True, "tag", number, tag)
        if body:
            add_note(part, number, body)
        if below is not None:
            put_below(part, below)
        desk.versions[number], desk.updated[number] = 1, desk.now
        return (number,)

    return change


def go_away(desk: ModelDesk, user: str, login: str, to: str | None, body: str) -> Result:
    """Behaviour 1.8. `to` is a login, `team:NAME` or `nobody`."""
    login = user if login == "me" else login

    def change(act: Act) -> tuple[int, ...]:
        if user != login:
            desk.require(user, "users")
        heir = to if to not in (None, "nobody") and not to.startswith("team:") else None
        if heir == login or desk.get("away", heir) or (body and not to):
            refuse()
        if desk.get("away", login):
            refuse("unchanged")
        act.part(desk, 0).put(True, "away", login)
        for number in desk.having("owner", login) if to else ():
            if desk.get(number, "status") == "closed":
                continue
            part = act.part(desk, number)
            if to and to.startswith("team:"):
                part.put_own("team", to.removeprefix("team:"))
            part.put_own("owner", heir)
            if body:
                add_note(part, number, body)
        return ()

    return desk.once(user, "away", change)


def come_back(desk: ModelDesk, user: str, login: str) -> Result:
    login = user if login == "me" else login

    def change(act: Act) -> tuple[int, ...]:
        if user != login:
            desk.require(user, "users")
        if not desk.get("away", login):
            refuse("unchanged")
        act.part(desk, 0).put(None, "away", login)
        return ()

    return desk.once(user, "back", change)


def change_member(desk: ModelDesk, user: str, name: str, login: str, *, joins: bool) -> Result:
    """Into a team, or out of it: then the team keeps the tickets without the owner (behaviour 1.8)."""

    def change(act: Act) -> tuple[int, ...]:
        desk.require(user, "users")
        if bool(desk.get("member", name, login)) == joins:
            refuse()
        act.part(desk, 0).put(True if joins else None, "member", name, login)
        for number in () if joins else desk.having("owner", login):
            if desk.get(number, "team") == name and desk.get(number, "status") != "closed":
                act.part(desk, number).put_own("owner", None)
        return ()

    return desk.once(user, "team", change)


def sweep(desk: ModelDesk) -> Result:
    """Pending tickets whose instant has come are open again (behaviour 1.5)."""
    due = [number for number in desk.numbers() if (desk.get(number, "wake") or desk.now + 1) <= desk.now]

    def change(act: Act) -> tuple[int, ...]:
        for number in due:
            act.part(desk, number).put_own("status", "open")
            act.part(desk, number).put_own("wake", None)
        return tuple(due)

    return desk.once("system", "wake up", change) if due else ((), {})
