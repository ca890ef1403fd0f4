"""However a ticket came to stand as it does, its timers are those that its history makes (behaviour 3.4 to 3.6)."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from casedesk import model
from casedesk.desk import Desk
from casedesk.desk.recording import Recorder
from casedesk.desk.service_levels import begin_again
from casedesk.domain.errors import CasedeskError
from casedesk.domain.rights import TICKETS_NOTE
from tests.conftest import Clock

HOUR = 3600
_TIMERS = """
    SELECT m.ticket_id, m.kind, m.started_at, m.policy_id, m.target, m.pauses, m.due_at, m.warn_at, m.met_at,
           m.stopped_at
    FROM ticket_timer m JOIN ticket t ON t.id = m.ticket_id WHERE state <> 'closed' ORDER BY 1, 2, 3"""


def act(desk: Desk, clock: Clock, chance: random.Random) -> None:
    """Do something or other; what the desk refuses isn't done."""
    number, other = chance.randint(1, 8), chance.randint(1, 8)
    clock.tick(chance.choice([0, 60, HOUR, 7 * HOUR, 20 * HOUR]))
    with suppress(CasedeskError):
        what = chance.randrange(14)
        if what == 0:
            desk.tickets.new("Parcel", chance.choice(["low", "urgent"]))
        elif what == 1:
            desk.tickets.set_status(number, chance.choice(["open", "pending"]))
        elif what == 2:
            desk.tickets.close([number, other], "Resolved")
        elif what == 3:
            desk.tickets.reopen(number)
        elif what == 4:
            desk.tickets.set_priority(number, chance.choice(["low", "high", "urgent"]))
        elif what == 5:
            desk.tickets.tag(number, ["detractor"])
        elif what == 6:
            desk.tickets.merge(number, other)
        elif what == 7:
            desk.acts.redo()
        elif what < 11:
            wrote(desk, number, chance.choice(["in", "out"]))
        else:
            desk.acts.undo()


def wrote(desk: Desk, number: int, direction: str) -> None:
    """A message, as an act on the ticket."""

    def change(recorder: Recorder, ticket: model.Ticket) -> None:
        author_id = desk.user.id if direction == "out" else None
        row = model.Message(
            ticket_id=number, direction=direction, channel="phone", author_id=author_id, at=recorder.at,
            recorded_at=recorder.at, body="…",
        )  # fmt: skip
        recorder.add(row, ticket=ticket, kind="message", text="…")

    desk.acts.on_tickets("message", number, change, right=TICKETS_NOTE, summary="message")


@pytest.mark.parametrize("seed", range(6))
def test_timers_are_what_working_them_out_anew_makes_them(desk: Desk, clock: Clock, seed: int) -> None:
    every = [
        (kind, None, hours * HOUR) for kind, hours in (("first response", 2), ("next reply", 4), ("resolution", 9))
    ]
    desk.policies.set_simple(9)
    desk.policies.change("Standard", targets=[*every, ("resolution", "urgent", 3 * HOUR)], pauses=["resolution"])
    desk.policies.add("Detractors", "tag:detractor", targets=[("next reply", None, HOUR)])
    desk.service_levels.recompute()
    chance = random.Random(seed)
    for _ in range(5):
        desk.tickets.new("Parcel", "high")
    for _ in range(60):
        act(desk, clock, chance)
        if chance.random() < 0.1:
            desk.sweeping.run()
    reader = desk.store.reader()
    stood, due = reader.rows(_TIMERS), reader.rows("SELECT id, due_at FROM ticket WHERE state <> 'closed'")
    with desk.store.bulk() as connection:
        # What has ended is never judged again, so only what runs is forgotten.
        connection.execute("DELETE FROM ticket_timer WHERE met_at IS NULL AND stopped_at IS NULL")
        connection.execute("UPDATE ticket SET due_at = NULL")
        begin_again(connection)
    desk.service_levels.recompute()
    assert reader.rows(_TIMERS) == stood
    assert reader.rows("SELECT id, due_at FROM ticket WHERE state <> 'closed'") == due
