"""What a file would change, in words: of lists what they have more and less, not the whole of both."""

from __future__ import annotations

from casedesk.desk import Desk


def fields(desk: Desk, text: str) -> dict[str, tuple[str, str]]:
    (change,) = desk.set_up.difference(text).changes
    return {field.name: (field.before, field.after) for field in change.fields}


def test_of_a_roles_rights_those_are_said_that_it_gains_and_loses(desk: Desk) -> None:
    text = desk.set_up.export()
    desk.roles.withhold("agent", "close tickets")
    desk.roles.grant("agent", "see reports")
    assert fields(desk, text) == {"rights added": ("", "tickets.close"), "rights removed": ("reports.view", "")}


def test_of_a_teams_members_those_are_said_that_come_and_go(desk: Desk) -> None:
    desk.team.add_team("Riders", ("ana", "ben"))
    text = desk.set_up.export()
    desk.team.change_members("Riders", remove=("ben",))
    assert fields(desk, text) == {"members added": ("", "ben")}


def test_a_list_that_has_the_same_in_another_order_says_the_order(desk: Desk) -> None:
    plan = desk.plans.list()[0]
    text = desk.set_up.export()
    desk.plans.edit(plan.name, exit_states=list(reversed(plan.exit_states)))
    (name,) = fields(desk, text)
    assert name.endswith("order")
