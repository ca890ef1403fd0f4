"""What rules do to tickets, and how values that can't be are said (behaviour 4.1)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casedesk.desk import Desk
from casedesk.desk.rule_effects import EFFECTS
from casedesk.domain.errors import InvalidFields
from tests.desk.rules.answers import write

PLAN = "Resolution for Detractors"
EVERY: dict[str, Any] = {
    "priority": "urgent",
    "topic": "Delivery",
    "team": "Care",
    "owner": "ben",
    "tag": "hurry",
    "classification": "Price",
    "plan": PLAN,
    "status": "pending",
}


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    desk.team.add_team("Care", ("ben",))
    return desk


def values(desk: Desk, number: int) -> tuple[object, ...]:
    shown = desk.tickets.show(number)
    line, record = shown.line, desk.tickets.records([number])[0]
    return (
        line.priority, line.topic, line.team, line.owner, line.tags, record.classifications,
        shown.plan and shown.plan.name, line.state,
    )  # fmt: skip


def test_every_effect_on_a_ticket_that_is_there(staffed: Desk) -> None:
    staffed.rules.add("All", "is:new", [{key: value} for key, value in EVERY.items()], trigger="ticket opened")
    number = staffed.tickets.new("Parcel", "low").done[0]
    assert values(staffed, number) == (
        "urgent", "Delivery", "Care", "ben", ("hurry",), ("Price",), PLAN, "pending",
    )  # fmt: skip
    (run,) = staffed.rules.log()
    assert run.text == (
        "priority → urgent, topic → Delivery, team → Care, owner → ben, tag hurry, classification Price, "
        f"plan → {PLAN}, status → pending"
    )


def test_every_effect_on_a_ticket_that_a_response_opens(staffed: Desk, tmp_path: Path) -> None:
    effects = [{"open_ticket": True}, *({key: value} for key, value in EVERY.items())]
    staffed.rules.add("All", "nps:0", effects)
    staffed.imports.run(write(tmp_path / "winter.csv"))
    number = staffed.tickets.numbers("nps:0")[0]
    tags = ("detractor", "hurry")
    assert values(staffed, number) == ("urgent", "Delivery", "Care", "ben", tags, ("Price",), PLAN, "pending")
    assert "status: new → pending" in [entry.text for entry in staffed.tickets.feed(number)]


def test_closing_with_a_resolution_and_the_exit_state_of_an_open_plan(desk: Desk) -> None:
    exit_state = desk.plans.show(PLAN).exit_states[0]
    effect = {"close": {"resolution": "Resolved", "exit_state": exit_state}}
    desk.rules.add("Close", "is:pending", [effect], trigger="status changed")
    plain, planned = (desk.tickets.new("Parcel", "low").done[0] for _ in range(2))
    desk.tickets.set_plan(planned, PLAN)
    desk.tickets.set_status([plain, planned], "pending")
    assert [line.state for line in desk.tickets.lines([plain, planned])] == ["closed", "closed"]
    assert [record.exit_state for record in desk.tickets.records([plain, planned])] == [None, exit_state]


def test_closing_a_ticket_with_a_plan_without_its_exit_state_fails_and_leaves_it_as_it_is(desk: Desk) -> None:
    desk.rules.add("Close", "is:pending", [{"tag": "half"}, {"close": "Resolved"}], trigger="status changed")
    number = desk.tickets.new("Parcel", "low").done[0]
    desk.tickets.set_plan(number, PLAN)
    desk.tickets.set_status(number, "pending")
    line = desk.tickets.lines([number])[0]
    assert (line.state, line.tags) == ("pending", ())
    (run,) = desk.rules.log()
    assert run.outcome == "failed"
    assert "needs an exit state" in run.text


def test_a_response_opens_a_closed_ticket_or_none_where_closing_fails(desk: Desk, tmp_path: Path) -> None:
    desk.rules.switch("Detractors", False)
    desk.rules.add("File", "nps:9", [{"open_ticket": True}, {"close": "Resolved"}])
    desk.rules.add("Half", "nps:7", [{"open_ticket": True}, {"plan": PLAN}, {"close": "Resolved"}])
    summary = desk.imports.run(write(tmp_path / "winter.csv"))
    assert summary.tickets_opened == 1
    line = desk.tickets.find("is:closed")[0]
    assert (line.score, desk.tickets.show(line.number).line.state) == (9, "closed")
    assert {(run.rule, run.outcome, run.ticket) for run in desk.rules.log()} == {
        ("File", "ran", line.number),
        ("Half", "failed", None),
    }


def test_a_status_reopens_a_closed_ticket(desk: Desk, three: tuple[int, ...]) -> None:
    desk.rules.add("Back", "-tag:x", [{"status": "open"}], trigger="ticket closed")
    desk.tickets.close(1, "Resolved")
    assert desk.tickets.lines([1])[0].state == "open"


def test_the_closer_of_what_a_rule_closes_is_nobody(desk: Desk, three: tuple[int, ...]) -> None:
    desk.rules.add("Close", "-tag:x", [{"close": "Resolved"}], trigger="agent message sent")
    desk.tickets.log_message(1, "Done.", direction="out")
    assert desk.tickets.numbers("closer:none is:closed") == [1]


@pytest.mark.parametrize(
    ("effects", "field", "said"),
    [
        ([{"tag": "ok"}, {"priority": "urgnt"}], "effect 2", "urgent"),
        ([{"topic": ""}], "effect 1", "needs a name"),
        ([{"owner": "zoe"}], "effect 1", "no active user “zoe”"),
        ([{"status": "closed"}], "effect 1", "use the effect close"),
        ([{"close": {}}], "effect 1", "needs a resolution: "),
        ([{"close": {"resolution": "Resolved", "exit_state": "Eaten"}}], "effect 1", "No plan has the exit state"),
        ([{"close": {"reason": "x"}}], "effect 1", "takes a resolution and an exit_state"),
        ([{"open_ticket": "yes"}], "effect 1", "takes no value but true"),
        ([{"tagg": "x"}], "effect 1", "did you mean tag?"),
        ([{"priority": "low"}, {"priority": "high"}], "effect 2", "exclude each other"),
        ([{"status": "open"}, {"close": "Resolved"}], "effect 2", "exclude each other"),
        ([], "effects", "needs an effect"),
    ],
)
def test_a_mistake_is_said_at_its_effect(desk: Desk, effects: list[dict[str, Any]], field: str, said: str) -> None:
    with pytest.raises(InvalidFields) as caught:
        desk.rules.add("Wrong", "nps<3", effects)
    ((where, sentence),) = caught.value.mistakes
    assert where == field
    assert said in sentence


def test_names_are_kept_as_the_desk_writes_them(desk: Desk) -> None:
    desk.rules.add("Tidy", "nps<3", [{"priority": " URGENT "}, {"close": "resolved"}])
    assert desk.rules.list()[-1].effects == ({"priority": "urgent"}, {"close": {"resolution": "Resolved"}})


def test_each_effect_says_what_a_form_needs(desk: Desk) -> None:
    kinds = {kind.id: kind for kind in desk.rules.effect_kinds()}
    assert list(kinds) == list(EFFECTS)
    assert kinds["priority"].parts[0].choices == desk.choices().priorities
    assert kinds["tag"].parts[0].free
    assert "closed" not in kinds["status"].parts[0].choices
    assert [part.id for part in kinds["close"].parts] == ["resolution", "exit_state"]
    assert [kind.id for kind in kinds.values() if kind.of_responses] == ["open_ticket"]
    assert all(kind.label and kind.about for kind in kinds.values())


def test_what_rules_name_follows_its_new_name(desk: Desk) -> None:
    desk.rules.add("Close", "is:pending", [{"close": "Resolved"}], trigger="status changed")
    desk.lists.rename("close options", "Resolved", "Done with")
    assert desk.rules.list()[-1].effects == ({"close": {"resolution": "Done with"}},)
