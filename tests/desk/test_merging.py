"""Merging tickets, and taking a merge back (behaviour 1.6)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN
from casedesk.desk.doctor import examine
from casedesk.desk.values import Ticket
from casedesk.domain.errors import CasedeskError, Conflict, InvalidInput, NotFound, NotPermitted
from tests.desk.related_desk import related_of, without
from tests.examples import examples


def state_of(ticket: Ticket) -> object:
    """Everything about a ticket that a merge may move or change."""
    line = ticket.line
    return (
        line.state, line.status, line.closed_at, line.tags, line.contact, line.account, line.merged_into,
        ticket.helpers, ticket.classifications, ticket.notes, ticket.actions, ticket.plan,
        [(record.kind, record.id) for record in ticket.related],
    )  # fmt: skip


@pytest.fixture
def rich(desk: Desk, three: tuple[int, ...], people: None) -> Desk:
    """Ticket 4, of Rosa, has one of everything, and 5 as its part; ticket 1 has a tag of it already."""
    desk.tickets.new("Late lamp", "high", contact="Rosa", tags=["late", "lamp"])
    desk.tickets.new("A part", "low", parent=4)
    desk.tickets.tag(1, add=["late"])
    desk.tickets.classify(4, add=["Price"])
    desk.tickets.set_helpers(4, add=["ben"])
    desk.tickets.set_contacts(4, add=["Ken"])
    desk.tickets.set_plan(4, EXAMPLE_PLAN)
    desk.tickets.add_action(4, "Call", status="No response", comment="Nobody there")
    desk.tickets.add_note(4, "Promised a voucher")
    return desk


def test_everything_moves_and_the_source_is_closed_and_says_where_it_went(rich: Desk) -> None:
    outcome = rich.tickets.merge(4, 1)
    assert (outcome.summary, outcome.done) == ("#4 merged into #1", (4,))
    source, target = rich.tickets.show(4), rich.tickets.show(1)
    assert (source.line.state, source.line.merged_into, source.notes, source.line.tags) == ("closed", 1, (), ())
    assert target.line.tags == ("lamp", "late")
    assert (target.classifications, target.helpers, target.line.contact) == (("Price",), ("ben",), "Rosa")
    assert ([note.body for note in target.notes], [done.action for done in target.actions]) == (
        ["Promised a voucher"],
        ["Call"],
    )
    assert target.plan is not None
    assert [record.said for record in target.related if record.kind == "contact"] == ["Ken"]
    assert related_of(rich, 1)[0] == ("sub-ticket", 5)
    assert ("merged", 4) in related_of(rich, 1)


def test_both_feeds_say_it(rich: Desk) -> None:
    rich.tickets.merge(4, 1)
    assert rich.tickets.feed(4)[0].text == "merged into: none → #1 Parcel 1"
    merged = next(entry.text for entry in rich.tickets.feed(1) if entry.kind == "merged ticket")
    assert merged == (
        "merged ticket: #4 Late lamp (1 note, 1 action, 1 contact, 1 tag, 1 classification, 1 helper, 1 sub-ticket)"
    )


def test_one_undo_brings_everything_back_and_redo_merges_again(rich: Desk) -> None:
    before = [state_of(rich.tickets.show(number)) for number in (1, 4, 5)]
    rich.tickets.merge(4, 1)
    after = [state_of(rich.tickets.show(number)) for number in (1, 4, 5)]
    assert rich.acts.undo().summary == "undo: #4 merged into #1"
    assert [state_of(rich.tickets.show(number)) for number in (1, 4, 5)] == before
    rich.acts.redo()
    assert [state_of(rich.tickets.show(number)) for number in (1, 4, 5)] == after
    assert rich.acts.undo().done == (4,)
    assert [state_of(rich.tickets.show(number)) for number in (1, 4, 5)] == before


def test_an_undo_after_somebody_worked_on_the_target_says_so_and_changes_nothing(rich: Desk, ben: Desk) -> None:
    act = rich.tickets.merge(4, 1).act_id
    ben.tickets.add_note(1, "I have called her")
    after = [state_of(rich.tickets.show(number)) for number in (1, 4, 5)]
    with pytest.raises(Conflict, match=r"#1 was worked on since by ben; .*#4 merged into #1"):
        rich.acts.undo(act)
    assert [state_of(rich.tickets.show(number)) for number in (1, 4, 5)] == after
    ben.acts.undo()
    assert rich.acts.undo(act).done == (4,)


def test_a_merge_is_not_done_again_over_what_was_done_meanwhile(rich: Desk, ben: Desk) -> None:
    rich.tickets.merge(4, 1)
    rich.acts.undo()
    ben.tickets.add_note(4, "on it")
    with pytest.raises(Conflict, match="#4 was worked on since by ben"):
        rich.acts.redo()


def test_a_ticket_is_not_merged_into_itself(desk: Desk, three: tuple[int, ...]) -> None:
    with pytest.raises(InvalidInput, match="#1 can't be merged into itself"):
        desk.tickets.merge(1, 1)


def test_a_ticket_is_not_merged_into_one_that_was_merged_into_it(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.merge(2, 1)
    with pytest.raises(InvalidInput, match="#2 was merged into #1 itself"):
        desk.tickets.merge(1, 2)
    with pytest.raises(InvalidInput, match="#2 was merged into #1; merge into that one"):
        desk.tickets.merge(3, 2)
    with pytest.raises(NotFound):
        desk.tickets.merge(3, 9)


def test_earlier_merges_are_pointed_to_the_end_of_the_chain(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.merge(3, 2)
    desk.tickets.merge(2, 1)
    assert [desk.tickets.show(number).line.merged_into for number in (1, 2, 3)] == [None, 1, 1]
    assert [desk.tickets.end_of_merges(number) for number in (1, 2, 3)] == [1, 1, 1]
    desk.acts.undo()
    assert [desk.tickets.end_of_merges(number) for number in (1, 2, 3)] == [1, 2, 2]


def test_a_merged_ticket_refuses_acts_and_names_where_it_went(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.merge(2, 1)
    for act in (
        lambda: desk.tickets.add_note(2, "hello"),
        lambda: desk.tickets.reopen(2),
        lambda: desk.tickets.merge(2, 3),
        lambda: desk.tickets.set_parent(2, 3),
    ):
        with pytest.raises(InvalidInput, match="#2 was merged into #1; work on that one"):
            act()
    with pytest.raises(InvalidInput, match="#2 was merged into #1"):
        desk.tickets.set_parent(3, 2)


def test_the_query_finds_merged_tickets_as_closed(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.merge(2, 1)
    assert desk.tickets.numbers("is:closed") == [2]
    assert desk.tickets.numbers("merged:1") == [2]
    assert desk.tickets.numbers("has:merged") == [2]


def test_what_was_written_is_found_on_the_target_alone_and_the_index_is_sound(rich: Desk) -> None:
    rich.tickets.merge(4, 1)
    assert rich.tickets.numbers("voucher") == [1]
    assert examine(rich.path).sound
    rich.acts.undo()
    assert rich.tickets.numbers("voucher") == [4]
    assert examine(rich.path).sound


def test_several_are_merged_as_one_act_and_one_undo(rich: Desk) -> None:
    before = [state_of(rich.tickets.show(number)) for number in range(1, 6)]
    outcome = rich.tickets.merge([4, 5, 2, 1], 1)
    assert outcome.done == (4, 5, 2)
    assert [refusal.reason for refusal in outcome.refused] == ["#1 can't be merged into itself."]
    assert rich.acts.undo().refused == ()
    assert [state_of(rich.tickets.show(number)) for number in range(1, 6)] == before


def test_a_parent_merged_into_its_own_part_leaves_no_cycle(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_parent(2, 1)
    desk.tickets.set_parent(3, 2)
    desk.tickets.merge(1, 3)
    assert related_of(desk, 3) == [("parent", 2), ("merged", 1)]
    assert related_of(desk, 2) == [("sub-ticket", 3)]
    desk.acts.undo()
    assert related_of(desk, 1) == [("sub-ticket", 2)]


def test_a_part_merged_into_its_parent_is_no_part_any_more(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_parent(2, 1)
    desk.tickets.merge(2, 1)
    assert related_of(desk, 1) == [("merged", 2)]


def test_a_closed_ticket_keeps_how_it_was_closed(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.close(2, "Explained")
    desk.tickets.merge(2, 1)
    assert desk.tickets.show(2).resolution == "Explained"


def test_a_target_that_moved_on_since_it_was_seen_is_a_conflict(desk: Desk, three: tuple[int, ...]) -> None:
    seen = desk.tickets.show(1).version
    desk.as_user("ben").tickets.set_priority(1, "urgent")
    with pytest.raises(Conflict, match="#1 has changed since you saw it: ben"):
        desk.tickets.merge(2, 1, versions={1: seen})


def test_a_target_that_moved_on_refuses_every_one_of_several(desk: Desk, three: tuple[int, ...]) -> None:
    seen = {number: desk.tickets.show(number).version for number in three}
    desk.as_user("ben").tickets.set_priority(1, "urgent")
    outcome = desk.tickets.merge([2, 3], 1, versions=seen)
    assert [(refusal.number, refusal.code) for refusal in outcome.refused] == [(2, "conflict"), (3, "conflict")]
    assert desk.tickets.merge([2, 3], 1, versions=seen | {1: 2}).done == (2, 3)


def test_a_contact_that_becomes_the_targets_own_is_no_other_one_of_it(rich: Desk) -> None:
    rich.tickets.set_contacts(1, add=["Rosa"])
    rich.tickets.set_accounts(1, add=["Acme"])
    rich.tickets.merge(4, 1)
    target = rich.tickets.show(1)
    assert (target.line.contact, target.line.account) == ("Rosa", "Acme")
    assert [record.said for record in target.related if record.kind in ("contact", "account")] == ["Ken"]


def test_merging_is_a_right_of_its_own(desk: Desk, three: tuple[int, ...]) -> None:
    with pytest.raises(NotPermitted):
        without(desk, "tickets.merge").tickets.merge(2, 1)


def test_a_merge_is_shown_before_it_is_done(rich: Desk) -> None:
    assert rich.tickets.would_move([4]) == (
        "1 note, 1 action, 2 tags, 1 classification, 1 helper, 1 sub-ticket, 2 contacts, 1 account"
    )
    assert rich.tickets.would_move([2]) == ""


@settings(deadline=None, max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from("mpt"), st.integers(1, 5), st.integers(1, 5)), max_size=8))
def test_any_acts_and_merges_are_undone_one_by_one(desk: Desk, steps: list[tuple[str, int, int]]) -> None:
    first = max(desk.tickets.numbers(""), default=0)
    for _ in range(5):
        desk.tickets.new("Part", "low")
    numbers = range(first + 1, first + 6)
    states = [[state_of(desk.tickets.show(number)) for number in numbers]]
    for what, one, other in steps:
        try:
            if what == "m":
                desk.tickets.merge(first + one, first + other)
            elif what == "p":
                desk.tickets.set_parent(first + one, first + other)
            else:
                desk.tickets.tag(first + one, add=[f"t{other}"])
        except CasedeskError:
            continue
        states.append([state_of(desk.tickets.show(number)) for number in numbers])
    for state in reversed(states[:-1]):
        desk.acts.undo()
        assert [state_of(desk.tickets.show(number)) for number in numbers] == state
