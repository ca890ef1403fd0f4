"""Making and changing plans (S1, S4, S13, behaviour 2.4)."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.desk.values import PlanDefinition
from casedesk.domain.errors import Conflict, InvalidInput, NotPermitted, Unchanged

EXAMPLE = "Resolution for Detractors"


@pytest.fixture
def number(desk: Desk) -> int:
    """A ticket worked by the example plan: a call that reached nobody."""
    number = desk.tickets.new("Late delivery", "high").done[0]
    desk.tickets.set_plan(number, EXAMPLE)
    desk.tickets.add_action(number, "Call", status="No response", comment="rang twice")
    return number


def close_plan(desk: Desk, number: int, exit_state: str = "Customer reached") -> None:
    desk.tickets.close(number, resolution="Resolved", exit_state=exit_state)


def the(desk: Desk, name: str = EXAMPLE) -> PlanDefinition:
    return next(plan for plan in desk.plans.list(retired=True) if plan.name == name)


def test_a_plan_is_made_with_exit_states_in_order(desk: Desk) -> None:
    outcome = desk.plans.add("  Call  back ", description=" soon ", closes_ticket=False, exit_states=["Yes", "No"])
    assert outcome.summary == "plan “Call back” made"
    plan = the(desk, "Call back")
    assert (plan.description, plan.closes_ticket, plan.exit_states, plan.actions) == ("soon", False, ("Yes", "No"), ())


def test_a_plan_is_made_with_shared_actions_and_campaigns_in_one_act(desk: Desk) -> None:
    desk.campaigns.add("Parcels")
    desk.plans.add("Call back", actions=["call", "Send e-mail"], campaigns=["parcels"])
    plan = the(desk, "Call back")
    assert [action.name for action in plan.actions] == ["Call", "Send e-mail"]
    assert plan.actions[0].plans == ("Call back", EXAMPLE)
    assert plan.campaigns == ("Parcels",)
    desk.acts.undo()
    assert [plan.name for plan in desk.plans.list(retired=True)] == [EXAMPLE]
    assert desk.campaigns.list()[0].plan is None
    desk.acts.redo()
    assert the(desk, "Call back") == plan


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "a\x1b[31m", "None"])
def test_a_name_that_cannot_be_is_refused(desk: Desk, name: str) -> None:
    with pytest.raises(InvalidInput):
        desk.plans.add(name)
    with pytest.raises(InvalidInput):
        desk.plans.edit(EXAMPLE, new_name=name)


def test_a_name_that_is_taken_is_refused_in_any_case(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match=f"There is a plan “{EXAMPLE}” already"):
        desk.plans.add("resolution FOR detractors")
    desk.plans.retire(EXAMPLE)
    with pytest.raises(InvalidInput, match=f"There is a retired plan “{EXAMPLE}” already; bring that back"):
        desk.plans.add("resolution FOR detractors")


def test_an_exit_state_named_twice_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="“yes” is named twice"):
        desk.plans.add("Call back", exit_states=["Yes", "yes"])
    with pytest.raises(InvalidInput, match="An exit state needs a name"):
        desk.plans.edit(EXAMPLE, exit_states=["Yes", " "])
    assert [plan.name for plan in desk.plans.list(retired=True)] == [EXAMPLE]


def test_an_unknown_plan_is_refused_with_the_nearest(desk: Desk) -> None:
    for attempt in (
        lambda: desk.plans.edit("Resolution for Detractor", description="x"),
        lambda: desk.plans.copy("Resolution for Detractor", "x"),
        lambda: desk.plans.retire("Resolution for Detractor"),
        lambda: desk.plans.restore("Resolution for Detractor"),
        lambda: desk.plans.link_campaigns("Resolution for Detractor"),
    ):
        with pytest.raises(InvalidInput, match=f"did you mean {EXAMPLE}"):
            attempt()


def test_an_edit_says_what_it_changed(desk: Desk) -> None:
    outcome = desk.plans.edit(EXAMPLE, new_name="Win back", description="Soon.", closes_ticket=False)
    assert outcome.summary == f"plan “{EXAMPLE}”: name → “Win back”; description changed; leaves the ticket open"
    plan = the(desk, "Win back")
    assert (plan.description, plan.closes_ticket) == ("Soon.", False)
    with pytest.raises(Unchanged, match="nothing to change"):
        desk.plans.edit("Win back", new_name="Win back", closes_ticket=False, exit_states=plan.exit_states)


def test_exit_states_are_added_dropped_and_put_in_order(desk: Desk) -> None:
    outcome = desk.plans.edit(EXAMPLE, exit_states=["No contact wanted", "Given up", "Customer reached"])
    assert outcome.summary == (
        f"plan “{EXAMPLE}”: exit state “Given up” added; exit state “Customer not reached” retired; "
        "exit state order: No contact wanted, Given up, Customer reached"
    )
    assert the(desk).exit_states == ("No contact wanted", "Given up", "Customer reached")
    desk.acts.undo()
    assert the(desk).exit_states == ("Customer reached", "Customer not reached", "No contact wanted")
    desk.acts.redo()
    assert the(desk).exit_states == ("No contact wanted", "Given up", "Customer reached")


def test_a_closed_plan_keeps_its_exit_state_when_that_is_renamed_or_dropped(desk: Desk, number: int) -> None:
    close_plan(desk, number)
    outcome = desk.plans.edit(EXAMPLE, exit_states=["Reached", "Customer not reached"])
    assert "exit state “Customer reached” retired (1 ticket keeps it)" in outcome.summary
    assert desk.tickets.show(number).exit_state == "Customer reached"
    assert desk.tickets.numbers('exit:"Customer reached"') == [number]


def test_a_dropped_exit_state_is_used_again_when_it_comes_back(desk: Desk, number: int) -> None:
    before = the(desk).exit_states
    close_plan(desk, number)
    desk.plans.edit(EXAMPLE, exit_states=[])
    desk.plans.edit(EXAMPLE, exit_states=before)
    assert the(desk).exit_states == before
    assert desk.tickets.show(number).exit_state == "Customer reached"


def test_what_was_recorded_stays_through_every_edit(desk: Desk, number: int) -> None:
    recorded, feed = desk.tickets.show(number).actions, [entry.text for entry in desk.tickets.feed(number)]
    desk.plans.edit_action("Call", new_name="Ring", statuses=[("Spoken to", True)], comment_allowed=False)
    desk.plans.unlink_action("Ring", EXAMPLE)
    desk.plans.edit(EXAMPLE, new_name="Win back", actions=[], exit_states=["Done"])
    assert desk.tickets.show(number).actions == recorded
    assert [entry.text for entry in desk.tickets.feed(number)] == feed
    assert desk.tickets.numbers("action:call") == [number]


def test_an_act_on_a_ticket_can_still_be_redone_after_its_exit_state_was_dropped(desk: Desk, number: int) -> None:
    close_plan(desk, number)
    undone = desk.acts.undo().act_id
    desk.plans.edit(EXAMPLE, exit_states=["Done"])
    desk.acts.undo(undone)
    assert desk.tickets.show(number).exit_state == "Customer reached"


def test_the_actions_of_a_plan_are_put_in_order(desk: Desk) -> None:
    outcome = desk.plans.edit(EXAMPLE, actions=["Close the loop", "Call", "Send e-mail"])
    assert "action “Offer compensation” unlinked" in outcome.summary
    assert "action order: Close the loop, Call, Send e-mail" in outcome.summary
    assert [action.name for action in the(desk).actions] == ["Close the loop", "Call", "Send e-mail"]
    desk.acts.undo()
    names = [action.name for action in the(desk).actions]
    assert names == ["Send e-mail", "Call", "Offer compensation", "Close the loop"]


def test_a_copy_has_actions_of_its_own(desk: Desk) -> None:
    desk.plans.copy(EXAMPLE, "Win back")
    copy, first = the(desk, "Win back"), the(desk)
    assert (copy.description, copy.exit_states, copy.campaigns) == (first.description, first.exit_states, ())
    assert [(a.name, a.statuses, a.closes_plan) for a in copy.actions] == [
        (a.name, a.statuses, a.closes_plan) for a in first.actions
    ]
    desk.plans.edit_action("Call", plan="Win back", new_name="Ring")
    assert "Call" in [action.name for action in the(desk).actions]


def test_a_copy_may_share_the_actions(desk: Desk) -> None:
    desk.plans.copy(EXAMPLE, "Win back", share_actions=True)
    outcome = desk.plans.edit_action("Call", new_name="Ring")
    assert outcome.summary == "action “Call” in 2 plans: name → “Ring”"
    assert [a.name for a in the(desk).actions] == [a.name for a in the(desk, "Win back").actions]


def test_a_copy_needs_a_free_name(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="already"):
        desk.plans.copy(EXAMPLE, EXAMPLE.upper())


def test_a_retired_plan_goes_to_no_new_ticket_and_those_that_have_it_go_on(desk: Desk, number: int) -> None:
    desk.campaigns.add("Parcels", plan=EXAMPLE)
    outcome = desk.plans.retire(EXAMPLE)
    assert outcome.summary == f"plan “{EXAMPLE}” retired (1 open ticket keeps it; no longer given by Parcels)"
    assert desk.plans.list() == []
    assert desk.campaigns.list()[0].plan is None
    with pytest.raises(InvalidInput, match="is retired"):
        desk.tickets.set_plan(desk.tickets.new("Another", "low").done[0], EXAMPLE)
    close_plan(desk, number)
    assert desk.tickets.show(number).exit_state == "Customer reached"


def test_a_retired_plan_comes_back(desk: Desk) -> None:
    desk.plans.retire(EXAMPLE)
    with pytest.raises(InvalidInput, match="is retired; bring it back first"):
        desk.plans.edit(EXAMPLE, description="x")
    desk.plans.restore(EXAMPLE)
    assert not the(desk).retired
    with pytest.raises(Unchanged, match="isn't retired"):
        desk.plans.restore(EXAMPLE)
    desk.acts.undo()
    assert the(desk).retired


def test_a_plan_that_a_rule_gives_stays_and_takes_the_rule_along_when_renamed(desk: Desk) -> None:
    desk.rules.put("Angry", "nps<=3", [{"open_ticket": True}, {"plan": EXAMPLE}])
    with pytest.raises(InvalidInput, match="The rule “Angry” gives the plan"):
        desk.plans.retire(EXAMPLE)
    desk.plans.edit(EXAMPLE, new_name="Win back")
    assert desk.rules.list()[-1].effects == ({"open_ticket": True}, {"plan": "Win back"})
    desk.acts.undo()
    assert desk.rules.list()[-1].effects == ({"open_ticket": True}, {"plan": EXAMPLE})
    desk.rules.switch("Angry", False)
    desk.plans.retire(EXAMPLE)
    assert the(desk).retired


def test_campaigns_are_linked_and_unlinked_as_one_act(desk: Desk) -> None:
    desk.plans.add("Call back")
    desk.campaigns.add("Parcels", plan="Call back")
    desk.campaigns.add("Shops")
    outcome = desk.plans.link_campaigns(EXAMPLE, ["parcels", "Shops"])
    assert outcome.summary == f"plan “{EXAMPLE}”: campaign “Parcels” linked; campaign “Shops” linked"
    assert the(desk).campaigns == ("Parcels", "Shops")
    desk.plans.link_campaigns(EXAMPLE, remove=["Shops"])
    assert the(desk).campaigns == ("Parcels",)
    with pytest.raises(Unchanged):
        desk.plans.link_campaigns("Call back", remove=["Parcels"])
    with pytest.raises(InvalidInput, match="no campaign “Shop”; did you mean Shops"):
        desk.plans.link_campaigns(EXAMPLE, ["Shop"])
    desk.acts.undo()
    desk.acts.undo()
    assert the(desk, "Call back").campaigns == ("Parcels",)


def test_an_edit_of_what_has_changed_since_is_a_conflict(desk: Desk) -> None:
    seen = the(desk)
    desk.plans.edit(EXAMPLE, exit_states=["Done"])
    with pytest.raises(Conflict, match="has changed since you saw it"):
        desk.plans.edit(EXAMPLE, exit_states=[*seen.exit_states, "Given up"], seen=seen)
    assert the(desk).exit_states == ("Done",)


def test_making_a_plan_is_not_taken_back_once_a_ticket_uses_it(desk: Desk) -> None:
    made = desk.plans.add("Call back").act_id
    desk.tickets.set_plan(desk.tickets.new("Late", "low").done[0], "Call back")
    with pytest.raises(Conflict, match="is used by now, so it can't be taken away"):
        desk.acts.undo(made)


def test_a_renaming_is_not_taken_back_once_another_plan_has_the_name(desk: Desk) -> None:
    renamed = desk.plans.edit(EXAMPLE, new_name="Win back").act_id
    desk.plans.add(EXAMPLE)
    with pytest.raises(Conflict, match="would clash with what was made since"):
        desk.acts.undo(renamed)


def test_only_who_may_change_the_set_up_changes_plans(desk: Desk, ben: Desk) -> None:
    for attempt in (
        lambda: ben.plans.add("X"),
        lambda: ben.plans.edit(EXAMPLE, description="x"),
        lambda: ben.plans.copy(EXAMPLE, "X"),
        lambda: ben.plans.retire(EXAMPLE),
        lambda: ben.plans.restore(EXAMPLE),
        lambda: ben.plans.link_campaigns(EXAMPLE, ["X"]),
        lambda: ben.plans.add_action("X"),
        lambda: ben.plans.edit_action("Call", description="x"),
        lambda: ben.plans.retire_action("Call"),
        lambda: ben.plans.restore_action("Call"),
        lambda: ben.plans.link_action("Call", [EXAMPLE]),
        lambda: ben.plans.unlink_action("Call", EXAMPLE),
    ):
        with pytest.raises(NotPermitted, match="ben may not change action plans and campaigns"):
            attempt()
