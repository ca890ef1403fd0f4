"""Making and changing the actions of plans (S2, S3, behaviour 2.4)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from casedesk.desk import Desk
from casedesk.desk.values import ActionDefinition
from casedesk.domain.errors import Conflict, InvalidInput, Unchanged
from tests.examples import examples

EXAMPLE = "Resolution for Detractors"


def action(desk: Desk, name: str) -> ActionDefinition:
    return next(each for each in desk.plans.actions() if each.name == name)


def names(desk: Desk, plan: str = EXAMPLE) -> list[str]:
    return [each.name for each in desk.plans.show(plan).actions]


def test_an_action_is_made_at_the_end_of_its_plan(desk: Desk) -> None:
    outcome = desk.plans.add_action(
        "Send a parcel",
        plans=[EXAMPLE],
        description="With a card.",
        closes_plan="ask",
        comment_allowed=False,
        statuses=[("Sent", False), ("Arrived", True)],
    )
    assert outcome.summary == f"action “Send a parcel” made in “{EXAMPLE}”"
    assert names(desk)[-1] == "Send a parcel"
    made = action(desk, "Send a parcel")
    assert (made.description, made.closes_plan, made.comment_allowed) == ("With a card.", "ask", False)
    assert made.statuses == (("Sent", False), ("Arrived", True))
    desk.acts.undo()
    assert "Send a parcel" not in [each.name for each in desk.plans.actions()]
    desk.acts.redo()
    assert action(desk, "Send a parcel") == made


def test_an_action_by_itself_may_always_close_a_plan_and_is_linked_later(desk: Desk) -> None:
    desk.plans.add("Call back")
    desk.plans.add_action("Finish", closes_plan="always")
    assert action(desk, "Finish").plans == ()
    outcome = desk.plans.link_action("finish", ["Call back", EXAMPLE])
    assert outcome.summary == f"action “Finish” linked to “Call back”, “{EXAMPLE}”"
    assert action(desk, "Finish").plans == ("Call back", EXAMPLE)
    desk.plans.unlink_action("Finish", EXAMPLE)
    assert action(desk, "Finish").plans == ("Call back",)
    desk.acts.undo()
    desk.acts.undo()
    assert action(desk, "Finish").plans == ()


def test_a_plan_has_a_name_once_in_any_case(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match=f"The plan “{EXAMPLE}” has an action “CALL” already"):
        desk.plans.add_action("CALL", plans=[EXAMPLE])
    with pytest.raises(InvalidInput, match="has an action “Call” already"):
        desk.plans.edit_action("Send e-mail", new_name="call")
    with pytest.raises(InvalidInput, match="has an action “Call” already"):
        desk.plans.link_action("Call", [EXAMPLE])
    desk.plans.add_action("Ring")
    with pytest.raises(InvalidInput, match="“ring” in no plan already"):
        desk.plans.add_action("ring")


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "a\nb\x00"])
def test_names_that_cannot_be_are_refused(desk: Desk, name: str) -> None:
    with pytest.raises(InvalidInput, match="An action needs a name"):
        desk.plans.add_action(name)
    with pytest.raises(InvalidInput, match="A status needs a name"):
        desk.plans.edit_action("Call", statuses=[(name, True)])


def test_an_unknown_mode_or_action_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="no, ask, always; “maybe” is none of these"):
        desk.plans.edit_action("Call", closes_plan="maybe")
    with pytest.raises(InvalidInput, match="no action “Cal”; did you mean Call"):
        desk.plans.edit_action("Cal", description="x")
    with pytest.raises(InvalidInput, match="no action “Cal”"):
        desk.plans.edit(EXAMPLE, actions=["Cal"])


def test_an_edit_says_what_it_changed(desk: Desk) -> None:
    outcome = desk.plans.edit_action("Call", new_name="Ring", description="", closes_plan="no", comment_allowed=False)
    assert outcome.summary == (
        "action “Call”: name → “Ring”; description changed; doesn't close the plan; takes no comment"
    )
    with pytest.raises(Unchanged):
        desk.plans.edit_action("Ring", new_name="Ring", closes_plan="no")
    desk.acts.undo()
    assert action(desk, "Call").closes_plan == "ask"


def test_statuses_are_changed_as_a_whole(desk: Desk) -> None:
    desk.plans.edit_action("Call", statuses=[("No response", True), ("Reached", True), ("Wrong number", False)])
    assert action(desk, "Call").statuses == (("No response", True), ("Reached", True), ("Wrong number", False))
    desk.acts.undo()
    assert action(desk, "Call").statuses == (("Reached", True), ("No response", False), ("Left a message", False))


def test_a_dropped_status_is_kept_by_tickets_and_can_be_chosen_no_longer(desk: Desk) -> None:
    number = desk.tickets.new("Late", "low").done[0]
    desk.tickets.set_plan(number, EXAMPLE)
    desk.tickets.add_action(number, "Call", status="No response")
    outcome = desk.plans.edit_action("Call", statuses=[("Reached", True)])
    assert "status “No response” retired (1 ticket keeps it); status “Left a message” retired" in outcome.summary
    assert [each.status for each in desk.tickets.show(number).actions] == ["No response"]
    with pytest.raises(InvalidInput, match="no status “No response”; it has Reached"):
        desk.tickets.add_action(number, "Call", status="No response")


def test_whether_a_status_completes_the_action_counts_for_what_is_recorded_from_now_on(desk: Desk) -> None:
    number = desk.tickets.new("Late", "low").done[0]
    desk.tickets.set_plan(number, EXAMPLE)
    desk.tickets.add_action(number, "Call", status="No response")
    desk.plans.edit_action("Call", statuses=[("Reached", True), ("No response", True)])
    assert [each.completed for each in desk.tickets.show(number).actions] == [False]
    desk.tickets.add_action(number, "Call", status="No response")
    assert [each.completed for each in desk.tickets.show(number).actions] == [False, True]


def test_a_retired_action_is_offered_in_no_plan_until_it_is_brought_back(desk: Desk) -> None:
    outcome = desk.plans.retire_action("Call")
    assert outcome.summary == f"action “Call” retired (it was in “{EXAMPLE}”)"
    assert "Call" not in names(desk)
    desk.plans.restore_action("call")
    assert names(desk) == ["Send e-mail", "Call", "Offer compensation", "Close the loop"]
    with pytest.raises(Unchanged, match="isn't retired"):
        desk.plans.restore_action("Call")


def test_a_retired_action_comes_back_only_where_its_name_is_free(desk: Desk) -> None:
    old = action(desk, "Call").id
    desk.plans.retire_action("Call")
    desk.plans.add_action("call", plans=[EXAMPLE])
    with pytest.raises(InvalidInput, match="has an action “call” already"):
        desk.plans.restore_action(old)
    desk.plans.retire_action("call")
    desk.plans.link_action(old, ["Resolution for Detractors"])
    assert names(desk)[1] == "Call"


def test_of_several_actions_with_a_name_the_plan_or_the_number_tells_which(desk: Desk) -> None:
    desk.plans.add("Call back")
    desk.plans.add_action("Call", plans=["Call back"])
    first, second = sorted(each.id for each in desk.plans.actions() if each.name == "Call")
    with pytest.raises(InvalidInput, match=f"2 actions are called “Call”; say which by its number: {first} in"):
        desk.plans.edit_action("Call", description="x")
    desk.plans.edit_action("Call", plan="call back", description="by plan")
    desk.plans.edit_action(str(first), description="by number")
    with pytest.raises(InvalidInput, match="no plan “Call bakc”; did you mean Call back"):
        desk.plans.edit_action("Call", plan="Call bakc", description="nowhere")
    found = {each.id: each.description for each in desk.plans.actions()}
    assert (found[first], found[second]) == ("by number", "by plan")


def test_an_edit_of_what_has_changed_since_is_a_conflict(desk: Desk) -> None:
    seen = action(desk, "Call")
    desk.plans.edit_action("Call", statuses=[("Reached", True)])
    with pytest.raises(Conflict, match="has changed since you saw it"):
        desk.plans.edit_action("Call", statuses=[*seen.statuses, ("Wrong number", False)], seen=seen)


def test_unlinking_what_is_not_linked_is_refused(desk: Desk) -> None:
    desk.plans.add("Call back")
    with pytest.raises(InvalidInput, match="no action “Call” in “Call back”"):
        desk.plans.unlink_action("Call", "Call back")
    with pytest.raises(InvalidInput, match="at least one plan"):
        desk.plans.link_action("Call", [])


@given(
    rounds=st.lists(
        st.lists(st.tuples(st.sampled_from("ABCDE"), st.booleans()), unique_by=lambda each: each[0]), max_size=6
    )
)
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_row_of_edits_of_statuses_is_what_was_asked_for_and_is_taken_back(
    desk: Desk, rounds: list[list[tuple[str, bool]]]
) -> None:
    seen = [action(desk, "Call").statuses]
    for wanted in rounds:
        if tuple(wanted) != seen[-1]:
            desk.plans.edit_action("Call", statuses=wanted)
            seen.append(tuple(wanted))
            assert action(desk, "Call").statuses == seen[-1]
    for before in reversed(seen[:-1]):
        desk.acts.undo()
        assert action(desk, "Call").statuses == before
