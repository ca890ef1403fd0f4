"""What the acts between tickets do on the model of the desk, after behaviour 1.6 and 1.7."""

from __future__ import annotations

from tests.desk.model_of_desk import Change, Part, refuse


def parent(to: int | None) -> Change:
    """A part of another ticket, never of itself or its own parts (behaviour 1.7)."""

    def change(part: Part) -> None:
        put_below(part, to)

    return change


def put_below(part: Part, to: int | None) -> None:
    desk, before = part.desk, part.own("parent")
    if to is not None and to != part.number and not desk.get(to, "there"):
        refuse("not-found")
    if to is not None and (desk.get(to, "merged into") or part.number in desk.above(to)):
        refuse()
    if before != to:
        part.put_own("parent", to)
        part.told |= {number for number in (before, to) if number is not None}


def merge(into: int, seen: int | None) -> Change:
    """All that hangs on the ticket goes to another, which is at version `seen` as long as nothing was merged yet."""

    def change(part: Part) -> None:
        desk = part.desk
        if into == part.number:
            refuse()
        if not desk.get(into, "there"):
            refuse("not-found")
        if desk.get(into, "merged into"):
            refuse()
        if seen is not None and not part.act.parts and seen != desk.versions[into]:
            refuse("conflict")
        _move_all(part, into)
        _move_parts(part, into)
        source_plan = part.own("plan") if part.own("plan closed") is None else None
        if desk.get(into, "plan") is None and source_plan and desk.get(into, "status") != "closed":
            part.put(source_plan, into, "plan", on=into)
        for earlier in desk.having("merged into", part.number):
            part.put(into, earlier, "merged into", on=earlier)
        if part.own("status") != "closed":
            part.put_own("status", "closed")
            part.put_own("closed", desk.now)
            part.put_own("wake", None)
        part.put_own("merged into", into)
        part.put(True, "has merged", into, part.number, on=into)

    return change


def _move_all(part: Part, into: int) -> None:
    desk, source = part.desk, part.number
    for kind in ("note", "action"):
        for cell, row in list(desk.rows(kind, source)):
            part.put((into, *row[1:]), *cell, on=into)
    for kind in ("tag", "class", "helper", "contact", "account"):
        own = {"helper": "owner", "contact": "contact", "account": "account"}.get(kind)
        has = desk.get(into, own) if own else None
        moving = desk.linked(kind, source)
        if kind in ("contact", "account") and part.own(kind):
            if has is None:
                has = part.own(kind)
                part.put(has, into, kind, on=into)
                part.put(None, kind, into, has, on=into)  # its own needs no link
            moving.append(part.own(kind))
        for name in moving:
            part.put(None, kind, source, name)
            if name != has:
                part.put(True, kind, into, name, on=into)


def _move_parts(part: Part, into: int) -> None:
    """Parts of the source become parts of the target, and the target a part of what the source was a part of."""
    desk, source, over = part.desk, part.number, part.own("parent")
    line = desk.above(into)
    for each in desk.having("parent", source):
        part.put(over if each in line else into, each, "parent", on=each)
    if over is None:
        return
    if over in (into, desk.get(into, "parent")):
        part.put_own("parent", None)
    elif desk.get(into, "parent") is None and into not in desk.above(over):
        part.put_own("parent", None)
        part.put(over, into, "parent", on=into)
