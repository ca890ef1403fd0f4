"""The demo desk: the shipped sample data, imported as if it had arrived over the last ninety days, and worked on."""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from casedesk.desk.desk import Clock, Desk
from casedesk.desk.identity import login_name
from casedesk.desk.importing.file import ImportFile
from casedesk.domain.errors import CasedeskError, InvalidInput, Unchanged
from casedesk.domain.sla import RESOLUTION
from casedesk.intake import open_file
from casedesk.intake.dates import looks_like_date
from casedesk.intake.records import ContactRecord, Record, Reject, ResponseRecord, TicketRecord
from casedesk.settings.shipped import folder

DAY = 86_400
HOUR = 3_600

Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""


class _Moving:
    """A clock that is set by what is replayed."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def __call__(self) -> float:
        return self.seconds


def make_demo(
    path: str | Path,
    *,
    user: str | None = None,
    clock: Clock = time.time,
    samples: Path | None = None,
    progress: Progress | None = None,
) -> None:
    """Make a desk at `path` from the sample data, with `user` (default: the present one) as an administrator of it.

    Everything is moved by whole days so that the sample's last day is today. Raises StoreUnavailable when the file
    exists, InvalidInput when the sample data is damaged.
    """
    samples = samples or folder("sample_data")
    present = login_name() if user is None else user
    plan = tomllib.loads((samples / "demo.toml").read_text(encoding="utf-8"))
    reference = int(plan["desk"]["reference"].timestamp())
    shift = (int(clock()) - reference) // DAY * DAY
    moving = _Moving(reference + shift - 90 * DAY)
    opener = plan["desk"]["opened_by"]
    with Desk.create(
        path, user=opener, user_name=_name_of(plan, opener), name=plan["desk"]["name"], zone=plan["desk"]["zone"],
        clock=moving,
    ) as desk, desk.store.hasty():  # fmt: skip
        _set_up(desk, plan, present)
        history = (samples / plan["history"]["file"]).read_text(encoding="utf-8").splitlines()
        steps = len(plan["imports"]) * 100 + len(history)
        for done, table in enumerate(plan["imports"]):
            _import(desk, samples / table["file"], table, shift, moving)
            _tell(progress, (done + 1) * 100, steps)
        _replay(desk, history, shift, moving, lambda done: _tell(progress, steps - len(history) + done, steps))
        moving.seconds = clock()
        desk.sweeping.run()
        _show(desk, plan, present)
        _hand_some_to(desk.as_user("ana"), present)


def _name_of(plan: dict[str, Any], login: str) -> str:
    return str(next(user["name"] for user in plan["users"] if user["login"] == login))


def _tell(progress: Progress | None, done: int, steps: int) -> None:
    if progress is not None:
        progress(done, steps)


def _set_up(desk: Desk, plan: dict[str, Any], present: str) -> None:
    logins = {desk.user.login}
    for user in plan["users"]:
        if user["login"] not in logins:
            desk.team.add_user(user["login"], name=user["name"], role=user["role"])
            logins.add(user["login"])
    if present not in logins:
        desk.team.add_user(present, role="administrator")
    else:
        desk.team.set_role(present, "administrator")
    for team in plan["teams"]:
        desk.team.add_team(team["name"], tuple(team["members"]))
    for rule in plan["rules"]:
        with suppress(Unchanged):  # a new desk has it already
            desk.rules.put(rule["name"], rule["condition"], rule["effects"], trigger=rule["trigger"])
    _time(desk, plan)
    for campaign in plan["campaigns"]:
        desk.campaigns.add(campaign["name"], plan=campaign.get("plan"))


def _time(desk: Desk, plan: dict[str, Any]) -> None:
    """Service levels, before the first ticket opens."""
    wanted = plan["service_levels"]
    desk.calendars.change(desk.policies.default().calendar, hours=wanted["hours"], country=wanted["country"])
    desk.policies.set_simple(wanted["resolution"])
    desk.policies.change(desk.policies.default().name, pauses=wanted["pauses"])
    for policy in plan["policies"]:
        targets = [(RESOLUTION, None, policy["resolution"] * HOUR), (RESOLUTION, "urgent", policy["urgent"] * HOUR)]
        desk.policies.add(policy["name"], policy["query"], targets=targets, pauses=wanted["pauses"])
    desk.service_levels.recompute()


def _import(desk: Desk, path: Path, table: dict[str, Any], shift: int, moving: _Moving) -> None:
    source = open_file(path, kind=table["kind"], now=int(moving.seconds) + 400 * DAY)
    run = ImportFile(desk, source, path, table.get("campaign"), table.get("source"), None, None)
    summary = run.whole(batches=lambda records: _as_they_arrived(records, shift, moving))
    if summary.rejected:
        line, reason = summary.rejects[0]
        raise InvalidInput(f"The sample file {path.name} is damaged: line {line}: {reason}")


def _as_they_arrived(
    records: Iterable[Record | Reject], shift: int, moving: _Moving
) -> Iterator[list[Record | Reject]]:
    """The records in order of time, each by itself, with the clock set to a minute after it was answered."""
    moved = [_moved(record, shift) for record in records]
    if moved and isinstance(moved[0][1], ContactRecord):
        yield [record for _, record in moved]
        return
    for at, record in sorted(moved, key=lambda pair: pair[0]):
        moving.seconds = at + 60
        yield [record]


def _moved(record: Record | Reject, shift: int) -> tuple[int, Record | Reject]:
    if isinstance(record, ResponseRecord) and record.answered_at is not None:
        at = record.answered_at + shift
        return at, replace(record, answered_at=at, answers=_undated(record.answers))
    if isinstance(record, TicketRecord):
        instants = {
            name: value + shift
            for name in ("created_at", "updated_at", "closed_at")
            if (value := getattr(record, name)) is not None
        }
        return instants.get("created_at", 0), replace(record, fields=_undated(record.fields), **instants)
    return 0, record


def _undated(cells: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The cells that are kept as they were written, without dates: they would tell of another day than the record."""
    return tuple((name, cell) for name, cell in cells if not looks_like_date(cell))


def _replay(desk: Desk, history: list[str], shift: int, moving: _Moving, progress: Callable[[int], None]) -> None:
    desks = {user.login: desk.as_user(user.login) for user in desk.team.users()}
    numbers = _numbers_by_origin(desk)
    for done, line in enumerate(history, 1):
        step = json.loads(line)
        at = int(datetime.fromisoformat(step.pop("at")).timestamp()) + shift
        if at // HOUR > moving.seconds // HOUR:
            # As an open interface does: what was missed since is found before the next act.
            moving.seconds = at // HOUR * HOUR
            desk.sweeping.run()
        moving.seconds = at
        try:
            _act(desks[step.pop("user")], step, numbers)
        except CasedeskError as error:
            raise InvalidInput(f"The sample history, line {done}: {error.sentence}") from error
        if done % 50 == 0:
            progress(done)


def _numbers_by_origin(desk: Desk) -> dict[str, int]:
    rows = desk.store.reader().rows(
        """SELECT coalesce(r.external_id, t.external_id), t.id
           FROM ticket t LEFT JOIN response r ON r.id = t.response_id
           WHERE coalesce(r.external_id, t.external_id) IS NOT NULL"""
    )
    return dict(rows)


def _act(desk: Desk, step: dict[str, Any], numbers: dict[str, int]) -> None:
    act = step.pop("act")
    if act == "undo":
        desk.acts.undo()
        return
    if act == "new":
        reference = step.pop("ref")
        numbers[reference] = desk.tickets.new(**step).done[0]
        return
    number = numbers[step.pop("ticket_of")]
    if act == "assign":
        desk.tickets.assign(number, step["to"])
    elif act in {"set_status", "set_priority", "set_topic"}:
        getattr(desk.tickets, act)(number, step[act.removeprefix("set_")])
    else:
        getattr(desk.tickets, act)(number, **step)


def _show(desk: Desk, plan: dict[str, Any], present: str) -> None:
    """The views that all share, and the dashboards with some of them, which the present user sees, too."""
    for view in plan["views"]:
        given = {name: value for name, value in view.items() if name != "name"}
        desk.views.add(view["name"], shared=True, **given)
    for table in plan["dashboards"]:
        dashboards = desk.as_user(table["owner"]).dashboards
        dashboards.make(table["name"], period=table["period"])
        for widget in table["widgets"]:
            dashboards.add_widget(table["name"], **widget)
        others = () if present == table["owner"] else (present,)
        dashboards.share(table["name"], users=others, teams=table["teams"])
        for login in table["pinned_for"]:
            desk.as_user(login).dashboards.pin(table["name"])


def _hand_some_to(desk: Desk, login: str) -> None:
    """A few of the waiting tickets become the present user's, so that the demo has something of their own to do."""
    waiting = desk.tickets.numbers("is:unassigned is:new sort:-created", limit=6)
    if waiting and login != desk.user.login:
        desk.tickets.assign(waiting, login)
