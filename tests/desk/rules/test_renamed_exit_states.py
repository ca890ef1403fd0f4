"""What closes with an exit state follows when a plan calls it otherwise."""

from __future__ import annotations

from casedesk.desk import Desk

EXAMPLE = "Resolution for Detractors"
CLOSES = {"close": {"resolution": "Resolved", "exit_state": "Customer reached"}}


def renamed(desk: Desk, plan: str = EXAMPLE) -> list[str]:
    states = next(each for each in desk.plans.list() if each.name == plan).exit_states
    return ["Spoken to" if name == "Customer reached" else name for name in states]


def test_rules_and_macros_follow_and_an_undo_takes_them_back(desk: Desk) -> None:
    desk.rules.add("Over", "tag:over", [CLOSES], trigger="status changed")
    desk.macros.make("Over", [CLOSES])
    desk.plans.edit(EXAMPLE, exit_states=renamed(desk))
    assert desk.rules.show("Over").rule.effects[0]["close"] == {**CLOSES["close"], "exit_state": "Spoken to"}
    assert desk.macros.show("Over").steps[0]["close"]["exit_state"] == "Spoken to"
    desk.acts.undo()
    assert desk.rules.show("Over").rule.effects == (CLOSES,)
    assert desk.macros.show("Over").steps == (CLOSES,)


def test_they_stay_while_another_plan_has_the_old_name(desk: Desk) -> None:
    desk.plans.add("Other", exit_states=["Customer reached"])
    desk.rules.add("Over", "tag:over", [CLOSES], trigger="status changed")
    desk.plans.edit(EXAMPLE, exit_states=renamed(desk))
    assert desk.rules.show("Over").rule.effects == (CLOSES,)
