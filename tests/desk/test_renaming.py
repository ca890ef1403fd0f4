"""Rules and policies follow what they name to its new name, in the same act (S13, behaviour 2.4)."""

from __future__ import annotations

import pytest

from casedesk import model
from casedesk.desk import Desk
from casedesk.desk.renaming import renamed_in
from casedesk.domain.errors import Conflict, InvalidInput

EXAMPLE = "Resolution for Detractors"


def condition(desk: Desk, name: str) -> str:
    return next(rule.condition for rule in desk.rules.list() if rule.name == name)


def put(desk: Desk, name: str, text: str, **effect: object) -> None:
    desk.rules.put(name, text, [effect or {"tag": "x"}])


def spoil(desk: Desk, name: str, text: str) -> None:
    """Leave a rule with a condition that the desk would not have taken."""
    with desk.store.write() as session:
        rule = session.get(model.Rule, next(rule.id for rule in desk.rules.list() if rule.name == name))
        assert rule is not None
        rule.condition = text


def test_conditions_follow_a_plan_and_come_back_with_undo(desk: Desk) -> None:
    put(desk, "Angry", f'nps<=3 -plan:other,"{EXAMPLE}" "{EXAMPLE}"', plan=EXAMPLE)
    put(desk, "Other", "plan:Resolution*")
    outcome = desk.plans.edit(EXAMPLE, new_name="Win back")
    assert outcome.summary == f"plan “{EXAMPLE}”: name → “Win back”; rule “Angry” follows"
    assert condition(desk, "Angry") == f'nps<=3 -plan:other,"Win back" "{EXAMPLE}"'
    assert condition(desk, "Other") == "plan:Resolution*"
    desk.acts.undo()
    assert condition(desk, "Angry") == f'nps<=3 -plan:other,"{EXAMPLE}" "{EXAMPLE}"'
    assert desk.plans.show(EXAMPLE).name == EXAMPLE
    desk.acts.redo()
    assert condition(desk, "Angry") == f'nps<=3 -plan:other,"Win back" "{EXAMPLE}"'


def test_every_condition_that_follows_is_a_line_of_activity(desk: Desk) -> None:
    put(desk, "Angry", f'plan:"{EXAMPLE}"')
    act = desk.plans.edit(EXAMPLE, new_name="Win back").act_id
    rows = desk.store.reader().rows(
        "SELECT kind, field, before_text, after_text FROM activity WHERE act_id = ? ORDER BY id", (act,)
    )
    assert ("rule", "condition", f'plan:"{EXAMPLE}"', 'plan:"Win back"') in [tuple(row) for row in rows]


def test_a_rule_changed_since_keeps_the_rename_from_being_taken_back(desk: Desk) -> None:
    put(desk, "Angry", f'plan:"{EXAMPLE}"')
    act = desk.plans.edit(EXAMPLE, new_name="Win back").act_id
    put(desk, "Angry", 'plan:"Win back" nps<=2')
    with pytest.raises(Conflict, match="condition was changed since"):
        desk.acts.undo(act)


def test_another_description_changes_no_rule(desk: Desk) -> None:
    put(desk, "Angry", f'plan:"{EXAMPLE}"')
    assert "follows" not in desk.plans.edit(EXAMPLE, description="New").summary


def test_policies_follow_a_plan(desk: Desk) -> None:
    with desk.store.write() as session:
        calendar = model.Calendar(name="All day of the test", zone="UTC", hours="")
        session.add(calendar)
        session.flush()
        session.add(model.Policy(name="Quick", query=f'plan:"{EXAMPLE}"', calendar_id=calendar.id or 0))
    assert desk.plans.edit(EXAMPLE, new_name="Win back").summary.endswith("policy “Quick” follows")
    assert desk.store.reader().value("SELECT query FROM policy WHERE name = 'Quick'") == 'plan:"Win back"'


def test_an_action_is_meant_by_both_names_as_tickets_keep_the_old_one(desk: Desk) -> None:
    put(desk, "Called", "is:open action:call -action:Mail")
    number = desk.tickets.new("Late", "low").done[0]
    desk.tickets.set_plan(number, EXAMPLE)
    desk.tickets.add_action(number, "Call", status="No response")
    outcome = desk.plans.edit_action("Call", new_name="Ring up")
    assert outcome.summary.endswith("rule “Called” follows")
    assert condition(desk, "Called") == 'is:open action:call,"Ring up" -action:Mail'
    assert desk.tickets.numbers(condition(desk, "Called")) == [number]
    desk.acts.undo()
    assert condition(desk, "Called") == "is:open action:call -action:Mail"


def test_an_exit_state_with_another_in_its_place_is_meant_by_both_names(desk: Desk) -> None:
    first, *others = desk.plans.show(EXAMPLE).exit_states
    put(desk, "Reached", f'exit:"{first}"')
    desk.plans.edit(EXAMPLE, exit_states=["Spoken to", *others])
    assert condition(desk, "Reached") == f'exit:"{first}","Spoken to"'
    desk.acts.undo()
    assert condition(desk, "Reached") == f'exit:"{first}"'


def test_an_exit_state_that_is_added_or_dropped_changes_no_condition(desk: Desk) -> None:
    first, *others = desk.plans.show(EXAMPLE).exit_states
    put(desk, "Reached", f'exit:"{first}"')
    desk.plans.edit(EXAMPLE, exit_states=["One more", first, *others])
    desk.plans.edit(EXAMPLE, exit_states=["One more", *others])
    assert condition(desk, "Reached") == f'exit:"{first}"'


def test_a_condition_that_is_no_query_stays_as_it_is(desk: Desk) -> None:
    put(desk, "Broken", "nps<=3")
    spoil(desk, "Broken", f'plan:"{EXAMPLE}" (')
    desk.plans.edit(EXAMPLE, new_name="Win back")
    assert condition(desk, "Broken") == f'plan:"{EXAMPLE}" ('


def test_a_condition_that_would_get_too_long_refuses_the_rename(desk: Desk) -> None:
    desk.plans.edit(EXAMPLE, new_name="A")
    put(desk, "Long", " ".join(["plan:A"] * 500))
    with pytest.raises(InvalidInput, match="The rule “Long” can't take the new name “BBB"):
        desk.plans.edit("A", new_name="B" * 100)
    assert desk.plans.show("A").name == "A"
    assert condition(desk, "Long").startswith("plan:A plan:A")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abc", "axc", ("b", "x")),
        ("abc", "abc", None),
        ("abc", "bac", None),
        ("abc", "ab", None),
        ("abc", "xyc", None),
        ("", "", None),
    ],
)
def test_one_name_in_the_place_of_one_other_is_a_new_name(
    before: str, after: str, expected: tuple[str, str] | None
) -> None:
    assert renamed_in([*before], [*after]) == expected
