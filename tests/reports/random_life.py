"""Random lives of a desk: months of acts by several people, some of them taken back, and files of another system."""

from __future__ import annotations

import csv
import random
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from casedesk.desk import Desk
from casedesk.domain.errors import CasedeskError
from tests.conftest import Clock

MINUTE, HOUR, DAY = 60, 3600, 86_400
PEOPLE = ("ana", "ben", "carla")
TAGS = ("callback", "late")
CAUSES = ("Price", "People")
ANSWER_IN, REPLY_IN, RESOLVE_IN = 2 * HOUR, HOUR, 9 * HOUR
"""What is promised in an `OrderlyLife`, in working time."""
_HEADER = ("Ticket ID", "Subject", "Status", "Priority", "Created at", "Closed at")


class Life:
    """A desk on which something or other is done, at instants that all differ."""

    def __init__(self, desk: Desk, clock: Clock, folder: Path, seed: int) -> None:
        self.desk = desk
        self.clock = clock
        self.chance = random.Random(seed)
        self._folder = folder
        self._answered = 0
        self._people = [desk, *(desk.as_user(login) for login in PEOPLE[1:])]
        self._prepare()

    def _prepare(self) -> None:
        desk = self.desk
        desk.team.add_team("North", ("ben", "carla"))
        desk.policies.set_simple(9)
        desk.service_levels.recompute()
        for _ in range(5):
            self.clock.tick(MINUTE)
            desk.tickets.new("Parcel", "high", tags=TAGS)

    def go_on(self, acts: int) -> None:
        """Do so many acts; what the desk refuses isn't done."""
        for _ in range(acts):
            self.clock.tick(self.chance.choice([1, MINUTE, HOUR, 7 * HOUR, 20 * HOUR, 3 * DAY]))
            with suppress(CasedeskError):
                self._act()

    def _act(self) -> None:
        chance, desk = self.chance, self.chance.choice(self._people)
        numbers = desk.tickets.numbers("") or [1]
        number, other = chance.choice(numbers), chance.choice(numbers)
        what = chance.randrange(21)
        if what < 3:
            desk.tickets.new("Parcel", chance.choice(["low", "urgent"]))
        elif what < 4:
            desk.tickets.set_status(number, chance.choice(["open", "pending"]))
        elif what < 7:
            desk.tickets.close([number, other], chance.choice(["Resolved", "Explained"]))
        elif what < 9:
            desk.tickets.reopen(chance.choice(desk.tickets.numbers("is:closed") or [number]))
        elif what < 10:
            desk.tickets.assign([number, other], chance.choice([None, *PEOPLE]))
        elif what < 11:
            desk.tickets.set_team(number, chance.choice([None, "North"]))
        elif what < 12:
            desk.tickets.tag(number, [chance.choice(TAGS)])
        elif what < 13:
            desk.tickets.classify(number, [chance.choice(CAUSES)])
        elif what < 14:
            desk.tickets.merge(number, other)
        elif what < 15:
            desk.tickets.add_note([number, other], "I'll see to it.")
            self.clock.tick(1)
            desk.tickets.log_message(other, "We are sorry.", direction=chance.choice(["in", "out"]))
        elif what < 16:
            self._import()
        elif what < 17:
            self.hear()
        elif what < 18:
            desk.acts.redo()
        else:
            desk.acts.undo()

    def hear(self) -> None:
        """A campaign's answers; a detractor's opens a ticket."""
        now = int(self.clock())
        campaign, kind, scale = self.chance.choice([("Winter", "NPS", (0, 10)), ("Spring", "CSAT", (1, 5))])
        rows: list[tuple[str, ...]] = [("Response ID", "Date", "Email", kind, "Comment")]
        for _ in range(self.chance.randint(1, 6)):
            self._answered += 1
            at = now - self.chance.choice([HOUR, 3 * DAY, 40 * DAY])
            score = str(self.chance.randint(*scale))
            rows.append((f"R{self._answered}", _iso(at), "", score, "It came late."))
        self._write("answers.csv", rows)
        self.desk.imports.run(self._folder / "answers.csv", campaign=campaign)

    def _write(self, name: str, rows: list[tuple[str, ...]]) -> None:
        with (self._folder / name).open("w", newline="") as file:
            csv.writer(file).writerows(rows)

    def _import(self) -> None:
        """The other system's file, with tickets that it has changed or closed since, some of them nonsense."""
        now = int(self.clock())
        rows: list[tuple[str, ...]] = [_HEADER]
        for key in range(self.chance.randint(1, 4)):
            opened = now - self.chance.choice([-2 * DAY, HOUR, 9 * DAY, 40 * DAY])
            closed = opened + self.chance.choice([-HOUR, 0, HOUR, 30 * HOUR, 8 * DAY])
            is_closed = self.chance.random() < 0.6
            status = "closed" if is_closed else self.chance.choice(["new", "open", "pending"])
            rows.append((f"Z{key}", "Lamp", status, "low", _iso(opened), _iso(closed) if is_closed else ""))
        self._write("other.csv", rows)
        self.desk.imports.run(self._folder / "other.csv", kind="tickets", source="helpdesk")


class OrderlyLife(Life):
    """One in which nothing that lies behind becomes another: acts are taken back at once, nobody writes on what is
    closed, and no other system has a say. So how a target was met, which is judged once (behaviour 3.6), follows from
    the history as it is in the end."""

    def _prepare(self) -> None:
        super()._prepare()
        targets = (("first response", ANSWER_IN), ("next reply", REPLY_IN), ("resolution", RESOLVE_IN))
        self.desk.policies.change("Standard", targets=[(kind, None, seconds) for kind, seconds in targets])
        self.desk.service_levels.recompute()

    def _act(self) -> None:
        chance, desk = self.chance, self.chance.choice(self._people)
        unclosed = desk.tickets.numbers("-is:closed")
        number, other = (chance.choice(unclosed or desk.tickets.numbers("")) for _ in range(2))
        what = chance.randrange(16)
        if what < 2:
            desk.tickets.new("Parcel", chance.choice(["low", "urgent"]))
        elif what < 4:
            desk.tickets.close([number, other], "Resolved")
        elif what < 6:
            desk.tickets.reopen(chance.choice(desk.tickets.numbers("is:closed") or [number]))
        elif what < 7:
            desk.tickets.assign([number, other], chance.choice([None, *PEOPLE]))
        elif what < 8:
            desk.tickets.merge(number, other)
        elif what < 9:
            desk.tickets.classify(number, [chance.choice(CAUSES)])
        elif what < 13 and unclosed:
            desk.tickets.log_message(number, "Well?", direction=chance.choice(["in", "out"]))
        elif what < 15:
            desk.service_levels.sweep()
        else:
            self.hear()
            return
        if chance.random() < 0.15:
            desk.acts.undo()


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
