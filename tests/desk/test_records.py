"""All fields of many tickets at once, and the desk's plans."""

from __future__ import annotations

from casedesk.desk import Desk

PLAN = "Resolution for Detractors"


def test_records_come_in_the_order_asked_without_those_that_are_gone(desk: Desk) -> None:
    for title in ("A", "B", "C"):
        desk.tickets.new(title, "low")
    assert [record.line.title for record in desk.tickets.records([3, 99, 1])] == ["C", "A"]


def test_a_record_agrees_with_the_whole_ticket(desk: Desk) -> None:
    desk.tickets.new("Late delivery", "high", description="Three weeks.", tags=["vip"])
    desk.tickets.classify(1, add=["Tech", "People"])
    desk.tickets.set_helpers(1, add=["carla", "ben"])
    desk.tickets.set_plan(1, PLAN)
    desk.tickets.close(1, resolution="Explained", exit_state="Customer reached")
    record, whole = desk.tickets.records([1])[0], desk.tickets.show(1)
    assert record.line == whole.line
    assert (record.description, record.helpers, record.classifications, record.resolution, record.exit_state) == (
        whole.description, ("ben", "carla"), ("People", "Tech"), "Explained", "Customer reached",
    )  # fmt: skip
    assert whole.plan is not None
    assert record.plan == whole.plan.name


def test_a_plan_counts_the_open_tickets_that_are_worked_by_it(desk: Desk) -> None:
    for title in ("A", "B"):
        desk.tickets.set_plan(desk.tickets.new(title, "low").done[0], PLAN)
    desk.tickets.close(1, resolution="Explained", exit_state="Customer reached")
    [plan] = desk.plans.list()
    assert (plan.name, plan.open_tickets, plan.campaigns) == (PLAN, 1, ())
    assert [action.name for action in plan.actions] == ["Send e-mail", "Call", "Offer compensation", "Close the loop"]
    assert desk.plans.show(PLAN.upper()) == plan
