"""Acts of the interface as the steps of a macro (X4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casedesk.desk import Desk
from casedesk.tui import acts
from casedesk.tui.acts import Request, Target
from casedesk.tui.forms import Ticks
from casedesk.tui.macro_recording import Recording, steps_of
from casedesk.tui.modals.add_action import ActionTaken
from casedesk.tui.modals.change_status import Change
from casedesk.tui.modals.choosing import Chosen, HandOver
from casedesk.tui.modals.close import Closing

HOUR = timedelta(hours=1)
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


def done(desk: Desk, action_id: str, result: Any) -> Request:
    return Request(acts.load(action_id), target=Target((1,), {}, (), None, desk.choices(), desk.user), result=result)


@pytest.mark.parametrize(
    ("action_id", "result", "steps"),
    [
        ("ticket.note", "Seen", [{"note": "Seen"}]),
        ("ticket.status", Change("open"), [{"status": "open"}]),
        ("ticket.status", Change("pending", NOW + 72 * HOUR), [{"status": {"name": "pending", "until": "3d"}}]),
        ("ticket.status", Change("pending", NOW + 5 * HOUR), [{"status": {"name": "pending", "until": "5h"}}]),
        (
            "ticket.status",
            Closing("Resolved", None, "closed"),
            [{"close": {"resolution": "Resolved", "status": "closed"}}],
        ),
        ("ticket.close", Closing("Resolved", "Gone"), [{"close": {"resolution": "Resolved", "exit_state": "Gone"}}]),
        (
            "ticket.action",
            ActionTaken("Call", "Reached", "", True, "Reached", "Resolved"),
            [{"action": {"name": "Call", "status": "Reached", "close_plan": True, "exit_state": "Reached",
                         "resolution": "Resolved"}}],
        ),
        ("ticket.owner", HandOver("ana"), [{"owner": "me"}]),
        ("ticket.owner", HandOver("ben", "Yours"), [{"owner": "ben"}, {"note": "Yours"}]),
        ("ticket.owner", HandOver(None), [{"owner": "none"}]),
        ("ticket.team", HandOver("Riders"), [{"team": "Riders"}]),
        ("ticket.priority", Chosen("high"), [{"priority": "high"}]),
        ("ticket.topic", Chosen(None), [{"topic": "none"}]),
        ("ticket.tag", Ticks(("a",), ("b",)), [{"tags": ["+a", "-b"]}]),
        ("ticket.classify", Ticks(), []),
        ("ticket.helpers", Ticks(("ana", "ben"), ("carol",)), [{"helpers": ["+me", "+ben", "-carol"]}]),
        ("ticket.helpers", Ticks(), []),
        ("ticket.plan", Chosen("Detractors"), [{"plan": "Detractors"}]),
        ("ticket.plan", Chosen(None), [{"plan": "none"}]),
        ("ticket.title", "Another", [{"title": "Another"}]),
        ("ticket.description", "", [{"description": ""}]),
        ("ticket.reopen", True, [{"reopen": True}]),
        ("ticket.new", None, None),
    ],
)  # fmt: skip
def test_an_act_as_steps(desk: Desk, action_id: str, result: Any, steps: Any) -> None:
    assert steps_of(done(desk, action_id, result), NOW) == steps


def test_what_is_taken_back_is_no_part_of_it() -> None:
    recording = Recording()
    recording.start()
    recording.take([{"note": "a"}])
    recording.take([])
    recording.take([{"note": "b"}, {"owner": "me"}])
    recording.undo()
    recording.undo()
    assert recording.steps == [{"note": "a"}]
    recording.redo()
    recording.redo()
    recording.redo()
    assert recording.steps == [{"note": "a"}, {"note": "b"}, {"owner": "me"}]
    recording.undo()
    recording.take([{"note": "c"}])
    recording.redo()
    assert recording.steps == [{"note": "a"}, {"note": "c"}]
    recording.stop()
    recording.undo()
    assert (recording.steps, recording.running) == ([], False)
