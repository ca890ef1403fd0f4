"""The desk beside the model of it: random acts on both, and whether they agree.

`python -m tests.desk.model_run --seeds 200 --acts 500` runs more of them than the tests do.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from casedesk import model
from casedesk.desk import Desk
from casedesk.desk.doctor import examine
from casedesk.desk.values import Outcome
from casedesk.domain import rights
from casedesk.domain.errors import CasedeskError
from tests.conftest import Clock
from tests.desk import model_acts as m, model_desk_acts
from tests.desk.model_draws import ACCOUNTS, CONTACTS, MACROS, PEOPLE, TAGS, TEAMS, Dice
from tests.desk.model_of_desk import ALL_RIGHTS, ModelDesk, Result

ROLES = {"ana": "administrator", "ben": "agent", "carla": "supervisor", "eve": "agent"}
MAY = {
    "ana": ALL_RIGHTS,
    "ben": frozenset({"close", "reopen", "merge"}),
    "carla": ALL_RIGHTS - {"users"},
    "eve": frozenset[str](),
}
EVE_MAY_NOT = frozenset({rights.TICKETS_CLOSE, rights.TICKETS_REOPEN, rights.TICKETS_MERGE})
STATES = ("new", "open", "pending", "closed")


class Pair:
    """A desk and the model of it, through one random life."""

    def __init__(self, path: Path, seed: int) -> None:
        self.clock = Clock()
        self.desk = Desk.create(path, user="olga", zone="Europe/Berlin", clock=self.clock)
        self._set_up()
        self.people = {login: self.desk.as_user(login) for login in PEOPLE}
        eve = self.people["eve"]
        eve.user = replace(eve.user, rights=eve.user.rights - EVE_MAY_NOT)
        self.plain = ModelDesk(MAY, self.desk.acts.journal(1)[0].id + 1)
        for team, members in TEAMS.items():
            for login in members:
                self.plain.cells["member", team, login] = (True, 0)
        self.dice = Dice(seed, self.plain)
        self.outcomes: Counter[str] = Counter()
        self._open_tickets()

    def _set_up(self) -> None:
        desk = self.desk
        for login, role in ROLES.items():
            desk.team.add_user(login, role=role)
        for team, members in TEAMS.items():
            desk.team.add_team(team, members)
        actions = [action.id for action in desk.plans.show(m.DETRACTORS).actions if action.name in m.ACTIONS]
        desk.plans.add(m.LIGHT, closes_ticket=False, exit_states=m.EXITS[m.LIGHT], actions=actions)
        with desk.store.write() as session:
            accounts = {name: model.Account(name=name, created_at=1) for name in ACCOUNTS}
            session.add_all(accounts.values())
            session.flush()
            for name in CONTACTS:
                account = accounts.get(model_desk_acts.ACCOUNT_OF[name] or "")
                session.add(model.Contact(name=name, account_id=account.id if account else None, created_at=1))
            session.add_all(model.Tag(name=tag) for tag in TAGS)
        for name, (steps, *_) in MACROS.items():
            desk.macros.make(name, steps, shared=True)

    def _open_tickets(self) -> None:
        """Five tickets; the first two have a plan without having been opened by that, as those of a campaign have."""
        for place in range(1, 6):
            contact = (None, "Rosa", "Ken", "Rosa", None)[place - 1]
            change = model_desk_acts.new(f"Ticket {place}", "low", contact=contact, tags=[], body="", below=None)
            self.desk.tickets.new(f"Ticket {place}", "low", contact=contact)
            self.plain.now = int(self.clock())
            self.plain.once("olga", "new ticket", lambda act, change=change: change(act, self.plain))
        with self.desk.store.write() as session:
            for number in (1, 2):
                ticket = session.get(model.Ticket, number)
                assert ticket is not None
                ticket.plan_id = 1
                self.plain.cells[number, "plan"] = (m.DETRACTORS, 0)

    def go_on(self, acts: int, look_at_all: int = 25) -> None:
        """Do so many acts and compare: the outcome and a ticket each time, everything every so often and at the end."""
        for turn in range(1, acts + 1):
            self.clock.tick(self.dice.pick(1, 1, 1, 600))
            self.plain.now = int(self.clock())
            if self.dice.chance(0.05):
                said, who, expected, got = "sweep", "system", model_desk_acts.sweep(self.plain), self._swept()
            else:
                who, drawn = self.dice.act()
                said, expected = drawn.said, drawn.plain(self.plain, who)
                got = result(lambda: drawn.real(self.people[who]))  # noqa: B023  # called at once
            self.outcomes[f"{said.split()[0]}: {_word(got)}"] += 1
            where = f"turn {turn}, {who}: {said}"
            assert got == expected, f"{where}: the desk says {got}, the model {expected}"
            numbers = self.plain.numbers()
            looked_at = numbers if turn % look_at_all == 0 or turn == acts else self._done(got)
            for number in looked_at:
                seen, held = seen_of(self.desk, number), held_by(self.plain, number)
                assert seen == held, f"{where}; #{number}: " + "; ".join(
                    f"{key}: the desk has {seen[key]}, the model {held[key]}" for key in held if seen[key] != held[key]
                )
            if looked_at is numbers:
                self._compare_desks(where)
        assert examine(self.desk.path).sound

    def _done(self, got: Result) -> list[int]:
        done = got[0] if not isinstance(got, str) else ()
        return [number for number in done if self.plain.get(number, "there")]

    def _swept(self) -> Result:
        return tuple(sorted(self.desk.sweeping.run().woken)), {}

    def _compare_desks(self, where: str) -> None:
        """The queries, who is away, the teams, and who did what and whether it was taken back."""
        plain, desk = self.plain, self.desk
        for state in STATES:
            assert sorted(desk.tickets.numbers(f"is:{state}")) == plain.having("status", state), where
        away = {user.login for user in desk.team.users() if user.away}
        assert away == {login for login in PEOPLE if plain.get("away", login)}, where
        members = {team: tuple(login for login in PEOPLE if plain.get("member", team, login)) for team in TEAMS}
        assert {team: tuple(desk.team.teams()[team]) for team in TEAMS} == members, where
        journal = [
            (line.id, line.actor, line.name, line.undoes, line.undone)
            for line in desk.acts.journal(len(plain.acts))
            if line.id >= plain.first
        ]
        acts = [(act.number, act.user, act.name, act.undoes, plain.undone(act)) for act in reversed(plain.acts)]
        assert journal == acts, where


def result(act: Callable[[], Outcome]) -> Result:
    """What came of an act, in the words of the model."""
    try:
        outcome = act()
    except CasedeskError as error:
        return error.code
    return tuple(sorted(outcome.done)), {refusal.number: refusal.code for refusal in outcome.refused}


def _word(came_of_it: Result) -> str:
    if isinstance(came_of_it, str):
        return came_of_it
    done, refused = came_of_it
    return "partly done" if done and refused else "all refused" if refused else "done"


def seen_of(desk: Desk, number: int) -> dict[str, Any]:
    """What the desk tells of a ticket, in the words of the model."""
    ticket = desk.tickets.show(number)
    line, plan = ticket.line, ticket.plan
    return {
        "title": line.title,
        "state": (line.state, line.status, seconds(line.closed_at), seconds(line.wake_at), ticket.resolution),
        "entries": (line.priority, line.topic),
        "people": (line.owner, line.team, line.contact, line.account),
        "merged into": line.merged_into,
        "version": line.version,
        "instants": (seconds(line.created_at), seconds(line.updated_at)),
        "tags": list(line.tags),
        "classifications": sorted(ticket.classifications),
        "helpers": list(ticket.helpers),
        "plan": plan and (plan.name, seconds(plan.closed_at)),
        "exit state": ticket.exit_state,
        "may act": plan and sorted(each.name for each in plan.actions if each.name in m.ACTIONS and not each.refusal),
        "notes": [(seconds(note.at), note.author, note.body) for note in ticket.notes],
        "actions": [
            (done.action, done.status, done.actor, seconds(done.at), done.closed_plan, done.completed)
            for done in ticket.actions
        ],
        "related": sorted(
            (record.kind, record.id if record.line else record.title) for record in ticket.related
        ),
    }  # fmt: skip


def held_by(plain: ModelDesk, number: int) -> dict[str, Any]:
    """The same of the model."""

    def own(name: str) -> Any:
        return plain.get(number, name)

    closer = {
        "merged into": [own("merged into")] if own("merged into") else [],
        "parent": [own("parent")] if own("parent") else [],
        "sub-ticket": plain.having("parent", number),
        "merged": plain.having("merged into", number),
    }
    near = {each for numbers in closer.values() for each in numbers}
    same = [each for each in plain.having("contact", own("contact")) if own("contact") and each not in near | {number}]
    newest = sorted(same, key=lambda each: (plain.get(each, "opened"), each))[-20:]
    related = {
        **closer,
        "same contact": newest,
        "contact": plain.linked("contact", number),
        "account": plain.linked("account", number),
    }
    plan = own("plan")
    return {
        "title": own("title"),
        "state": (own("status"), own("status"), own("closed"), own("wake"), own("resolution")),
        "entries": (own("priority"), own("topic")),
        "people": (own("owner"), own("team"), own("contact"), own("account")),
        "merged into": own("merged into"),
        "version": plain.versions[number],
        "instants": (own("opened"), plain.updated[number]),
        "tags": plain.linked("tag", number),
        "classifications": plain.linked("class", number),
        "helpers": plain.linked("helper", number),
        "plan": plan and (plan, own("plan closed")),
        "exit state": own("exit state"),
        "may act": plan and sorted(name for name in m.ACTIONS if not plain.why_no_action((number, plan, name))),
        "notes": [row[1:] for _cell, row in plain.rows("note", number)],
        "actions": [(*row[2:6], *row[6:]) for _cell, row in plain.rows("action", number)],
        "related": sorted((kind, record) for kind, records in related.items() for record in records),
    }


def seconds(instant: Any) -> int | None:
    return int(instant.timestamp()) if instant is not None else None


def run(seed: int, acts: int, folder: Path) -> Counter[str]:
    """One life of a desk; how often each kind of act had which outcome. Raises AssertionError where they differ."""
    pair = Pair(folder / f"{seed}.desk", seed)
    try:
        pair.go_on(acts)
    finally:
        pair.desk.close()
    return pair.outcomes


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.desk.model_run", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="how many lives, each from its own seed")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--acts", type=int, default=300, help="acts in each life")
    options = parser.parse_args()
    outcomes: Counter[str] = Counter()
    failed = 0
    for seed in range(options.first, options.first + options.seeds):
        with tempfile.TemporaryDirectory() as folder:
            try:
                outcomes += run(seed, options.acts, Path(folder))
            except AssertionError as error:
                failed += 1
                print(f"seed {seed}: {error}", flush=True)
    for outcome, count in sorted(outcomes.items()):
        print(f"{count:8,}  {outcome}")
    print(f"{sum(outcomes.values()):,} acts, {options.seeds} lives, {failed} differ")
    raise SystemExit(failed > 0)


if __name__ == "__main__":
    main()
