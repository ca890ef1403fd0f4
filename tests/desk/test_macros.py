"""`desk.macros`: making, running whole or not at all, the difference, undo (X4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN
from casedesk.desk.values import Ticket
from casedesk.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, Unchanged
from tests.conftest import Clock
from tests.examples import examples

NO_ANSWER: list[dict[str, Any]] = [{"note": "rang twice"}, {"status": "pending"}, {"tags": ["+callback"]}]


@pytest.fixture
def three(desk: Desk) -> tuple[int, ...]:
    return tuple(desk.tickets.new(f"Parcel {place}", "low", tags=["vip"]).done[0] for place in (1, 2, 3))


def facts(ticket: Ticket) -> tuple[Any, ...]:
    """What a macro can change of a ticket, but for how often it was changed."""
    line = ticket.line
    return (
        line.status, line.priority, line.topic, line.owner, line.team, line.tags, ticket.classifications,
        ticket.resolution, ticket.exit_state, len(ticket.actions), len(ticket.notes), line.closed_at,
    )  # fmt: skip


def test_names_are_kept_as_the_desk_writes_them(desk: Desk) -> None:
    desk.team.add_team("Riders")
    desk.macros.make(
        "All of it",
        [
            {"status": "PENDING"},
            {"priority": "High"},
            {"topic": "billing"},
            {"team": "riders"},
            {"owner": "Ben"},
            {"tags": "+late"},
            {"classifications": ["price", "-PEOPLE"]},
            {"action": {"name": "call", "status": "no response", "comment": ""}},
            {"close": {"resolution": "resolved", "exit_state": "customer reached"}},
            {"topic": "none"},
            {"owner": "me"},
            {"status": {"name": "pending", "until": "2d"}},
            {"helpers": ["+Ben", "-me"]},
            {"plan": EXAMPLE_PLAN.upper()},
            {"title": " Late   parcel"},
            {"description": " Since Monday\n"},
            {"reopen": True},
        ],
    )
    assert desk.macros.show("all of it").steps == (
        {"status": "pending"},
        {"priority": "high"},
        {"topic": "Billing"},
        {"team": "Riders"},
        {"owner": "ben"},
        {"tags": ["+late"]},
        {"classifications": ["+Price", "-People"]},
        {"action": {"name": "Call", "status": "No response"}},
        {"close": {"resolution": "Resolved", "exit_state": "Customer reached"}},
        {"topic": "none"},
        {"owner": "me"},
        {"status": {"name": "pending", "until": "2d"}},
        {"helpers": ["+ben", "-me"]},
        {"plan": EXAMPLE_PLAN},
        {"title": "Late parcel"},
        {"description": "Since Monday"},
        {"reopen": True},
    )


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([], "The macro has no steps yet."),
        ([{"status": "pendng"}], "Step 1: There is no status “pendng”; did you mean pending"),
        ([{"note": "x"}, {"priority": "hgh"}], "Step 2: There is no priority “hgh”; did you mean high"),
        ([{"owner": "bne"}], "Step 1: There is no active user “bne”"),
        ([{"tags": "-nosuch"}], "Step 1: There is no tag “nosuch”"),
        ([{"tags": []}], "Step 1: the tags are a list"),
        ([{"classifications": 7}], "Step 1: the classifications are a list"),
        ([{"action": {"name": "Cal", "status": "Reached"}}], "Step 1: There is no action “Cal”; did you mean Call"),
        ([{"action": {"name": "Call", "status": "Reachd"}}], "did you mean Reached"),
        ([{"action": "Call"}], "“Call” needs a status: Reached, No response, Left a message."),
        ([{"action": {"name": "Call", "state": "Reached"}}], "There is no answer for an action “state”"),
        ([{"action": {"name": "Send e-mail", "status": "Answered", "close_plan": True}}], "can't close the plan"),
        ([{"close": {}}], "closing needs a resolution: Resolved"),
        ([{"close": {"resolution": "Resolved", "exit_state": "Gone"}}], "There is no exit state “Gone”"),
        ([{"status": "closed"}], "the status closed closes a ticket"),
        ([{"status": {"name": "open", "until": "2d"}}], "only a pending ticket wakes up"),
        ([{"status": {"name": "pending", "until": "never"}}], "Step 1: "),
        ([{"helpers": "+bne"}], "Step 1: There is no active user “bne”"),
        ([{"plan": "Nothing"}], "Step 1: There is no plan “Nothing”"),
        ([{"title": "x" * 301}], "Step 1: The title has 301 characters"),
        ([{"title": " "}], "Step 1: the title is a text"),
        ([{"description": 7}], "Step 1: the description is a text"),
        ([{"description": "x" * 10_001}], "Step 1: the description has 10,001 characters"),
        ([{"reopen": False}], "Step 1: reopen is true"),
        ([{"note": "  "}], "Step 1: the note is a text"),
        ([{"notes": "x"}], "There is no step “notes”; did you mean note"),
        ([{"note": "x", "status": "open"}], "a step is one act"),
        (["note"], "a step is one act"),
        ([{"note": "x"}] * 31, "The macro has 31 steps; 30 are allowed."),
    ],
)
def test_what_cannot_be_a_step_is_refused_when_saved(desk: Desk, steps: Any, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        desk.macros.make("Odd", steps)
    assert said in refused.value.sentence
    assert desk.macros.list() == []


def test_a_run_does_all_steps_as_one_act_with_one_undo(desk: Desk, three: tuple[int, ...]) -> None:
    desk.macros.make("No answer", NO_ANSWER)
    before = [facts(desk.tickets.show(number)) for number in three]
    versions = {line.number: line.version for line in desk.tickets.lines(three)}
    outcome = desk.macros.run("no answer", three)
    assert (outcome.done, outcome.refused) == (three, ())
    for number in three:
        ticket = desk.tickets.show(number)
        assert ticket.line.status == "pending"
        assert set(ticket.line.tags) == {"callback", "vip"}
        assert [note.body for note in ticket.notes] == ["rang twice"]
        assert ticket.line.version == versions[number] + 1
    assert desk.acts.undo().done == tuple(reversed(three))
    assert [facts(desk.tickets.show(number)) for number in three] == before


def test_me_is_whoever_runs_it(desk: Desk, ben: Desk, three: tuple[int, ...]) -> None:
    desk.macros.make("Take", [{"owner": "me"}], shared=True)
    ben.macros.run("Take", three[0])
    assert desk.tickets.show(three[0]).line.owner == "ben"


def test_none_takes_away(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.assign(three[0], "ben")
    desk.macros.make("Free", [{"owner": "none"}, {"priority": "none"}])
    desk.macros.run("Free", three[0])
    line = desk.tickets.show(three[0]).line
    assert (line.owner, line.priority) == (None, None)


def test_a_ticket_on_which_one_step_fails_is_left_whole_and_told(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.close(three[1], "Resolved")
    desk.macros.make("No answer", NO_ANSWER)
    before = facts(desk.tickets.show(three[1]))
    outcome = desk.macros.run("No answer", [*three, 99])
    assert outcome.done == (three[0], three[2])
    assert [(refusal.number, refusal.code) for refusal in outcome.refused] == [(three[1], "invalid"), (99, "not-found")]
    assert facts(desk.tickets.show(three[1])) == before


def test_a_step_that_changes_nothing_is_passed_over(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_status(three[0], "pending")
    desk.tickets.assign(three[0], "ana")
    desk.macros.make("Mine", [{"status": "pending"}, {"owner": "me"}, {"tags": "+vip"}, {"priority": "high"}])
    assert desk.macros.run("Mine", three[0]).done == (three[0],)
    assert desk.tickets.show(three[0]).line.priority == "high"
    with pytest.raises(Unchanged, match="nothing to change"):
        desk.macros.run("Mine", three[0])


def test_its_work_opens_a_new_ticket(desk: Desk, three: tuple[int, ...]) -> None:
    desk.macros.make("Word", [{"note": "seen"}])
    desk.macros.run("Word", three[0])
    assert desk.tickets.show(three[0]).line.state == "open"


def test_a_plan_is_worked_to_its_end(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_plan(three[0], EXAMPLE_PLAN)
    ends = {"name": "Close the loop", "exit_state": "Customer reached", "resolution": "Resolved"}
    desk.macros.make("Done", [{"action": {"name": "Call", "status": "Reached"}}, {"action": ends}])
    assert desk.macros.run("Done", three[:2]).done == (three[0],)
    ticket = desk.tickets.show(three[0])
    assert (ticket.exit_state, ticket.resolution, ticket.line.state) == ("Customer reached", "Resolved", "closed")
    assert [done.action for done in ticket.actions] == ["Call", "Close the loop"]


def test_closing_takes_an_exit_state_only_where_a_plan_is_open(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_plan(three[0], EXAMPLE_PLAN)
    desk.macros.make("Close", [{"close": {"resolution": "Resolved", "exit_state": "Customer reached"}}])
    assert desk.macros.run("Close", three).done == three
    assert [desk.tickets.show(number).exit_state for number in three] == ["Customer reached", None, None]


def test_title_description_plan_and_helpers_are_changed_and_taken_back_in_one_step(
    desk: Desk, three: tuple[int, ...]
) -> None:
    steps = [{"title": "Late"}, {"description": "Since Monday"}, {"plan": EXAMPLE_PLAN}, {"helpers": ["+ben", "+me"]}]
    desk.macros.make("Late", steps)
    differences = desk.macros.difference("Late", three[:2])
    assert [change.words for change in differences[1].changes] == [
        "title: Parcel 2 → Late", "description: none → Since Monday", f"plan: none → {EXAMPLE_PLAN}", "helper: ben",
        "helper: ana", "status: new → open",
    ]  # fmt: skip
    assert desk.macros.run("Late", three[:2]).done == three[:2]
    ticket = desk.tickets.show(three[1])
    assert (ticket.line.title, ticket.description, ticket.plan and ticket.plan.name) == (
        "Late", "Since Monday", EXAMPLE_PLAN,
    )  # fmt: skip
    assert set(ticket.helpers) == {"ana", "ben"}
    desk.acts.undo()
    ticket = desk.tickets.show(three[1])
    assert (ticket.line.title, ticket.description, ticket.plan, ticket.helpers) == ("Parcel 2", "", None, ())


def test_an_empty_description_takes_it_away(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.edit_description(three[0], "Since Monday")
    desk.macros.make("Empty", [{"description": ""}])
    assert desk.macros.show("Empty").words == ("description → none",)
    desk.macros.run("Empty", three[0])
    assert desk.tickets.show(three[0]).description == ""


def test_reopening_fits_closed_tickets_only(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.close(three[0], "Resolved")
    desk.macros.make("Again", [{"reopen": True}, {"owner": "me"}])
    outcome = desk.macros.run("Again", three[:2])
    assert outcome.done == three[:1]
    assert "isn't closed" in outcome.refused[0].reason
    assert desk.tickets.show(three[0]).line.state == "open"


def test_one_that_was_read_is_told_apart_from_another_of_the_same_name(desk: Desk, three: tuple[int, ...]) -> None:
    desk.macros.make("Word", [{"note": "mine"}])
    desk.macros.make("Word", [{"note": "ours"}], shared=True)
    shared = next(macro for macro in desk.macros.list() if macro.shared)
    desk.macros.run(shared, three[0])
    assert [note.body for note in desk.tickets.show(three[0]).notes] == ["ours"]
    desk.macros.retire(shared)
    assert [macro.shared for macro in desk.macros.list()] == [False]
    assert [macro.shared for macro in desk.macros.list(retired=True)] == [True]
    desk.acts.undo()
    assert len(desk.macros.list()) == 2


def test_steps_that_changed_since_they_were_read_are_neither_run_nor_overwritten(
    desk: Desk, three: tuple[int, ...]
) -> None:
    desk.macros.make("Word", [{"note": "first"}])
    read = desk.macros.show("Word")
    desk.macros.change("Word", steps=[{"note": "second"}])
    with pytest.raises(InvalidInput, match="have changed since you saw them; choose it again"):
        desk.macros.run(read, three[0])
    with pytest.raises(Conflict, match="have changed since you saw them"):
        desk.macros.change(read, steps=[{"note": "third"}])
    desk.macros.change(read, key="%")
    assert desk.macros.show("Word").key == "%"


def test_a_wake_up_counts_from_the_run(desk: Desk, clock: Clock, three: tuple[int, ...]) -> None:
    desk.macros.make("Later", [{"status": {"name": "pending", "until": "2d"}}])
    clock.tick(86_400)
    desk.macros.run("Later", three[0])
    wake_at = desk.tickets.show(three[0]).line.wake_at
    assert wake_at is not None
    assert wake_at.timestamp() == clock() + 2 * 86_400


def test_the_difference_says_what_the_run_does_and_changes_nothing(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_status(three[1], "pending")
    desk.tickets.close(three[2], "Resolved")
    desk.macros.make("No answer", [*NO_ANSWER, {"tags": ["-vip"]}])
    before = [(desk.tickets.show(number), desk.tickets.feed(number)) for number in three]
    first, second, third = desk.macros.difference("No answer", three)
    assert [change.words for change in first.changes] == [
        "note: rang twice", "status: new → pending", "tag: callback", "tag removed: vip",
    ]  # fmt: skip
    assert [(change.field, change.before, change.after) for change in second.changes] == [
        ("note", "", "rang twice"), ("tag", "", "callback"), ("tag", "vip", ""),
    ]  # fmt: skip
    assert (third.changes, third.code) == ((), "invalid")
    assert [(desk.tickets.show(number), desk.tickets.feed(number)) for number in three] == before
    assert "callback" not in desk.choices().tags


STEPS = st.sampled_from(
    [
        {"note": "rang"},
        {"status": "open"},
        {"status": "pending"},
        {"priority": "high"},
        {"priority": "none"},
        {"topic": "Billing"},
        {"owner": "me"},
        {"owner": "none"},
        {"owner": "ben"},
        {"tags": ["+late", "-vip"]},
        {"tags": ["+vip"]},
        {"classifications": ["+Price"]},
        {"action": {"name": "Call", "status": "No response"}},
        {"action": {"name": "Close the loop", "exit_state": "Customer reached", "resolution": "Explained"}},
        {"close": {"resolution": "Resolved", "exit_state": "Customer not reached"}},
    ]
)


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(STEPS, max_size=4), steps=st.lists(STEPS, min_size=1, max_size=6))
def test_the_difference_is_what_the_run_then_does(desk: Desk, before: list[Any], steps: list[Any]) -> None:
    numbers = [desk.tickets.new(f"Parcel {place}", "low", tags=["vip"]).done[0] for place in range(2)]
    desk.tickets.set_plan(numbers[0], EXAMPLE_PLAN)
    name = f"Macro {numbers[0]}"
    for place, earlier in enumerate(before):
        desk.macros.make(f"{name} before {place}", [earlier])
        desk.macros.run(f"{name} before {place}", numbers)
    desk.macros.make(name, steps)
    started = [facts(desk.tickets.show(number)) for number in numbers]
    versions = {line.number: line.version for line in desk.tickets.lines(numbers)}

    foretold = desk.macros.difference(name, numbers)
    outcome = desk.macros.run(name, numbers, versions=versions)

    assert outcome.done == tuple(each.number for each in foretold if not each.refusal)
    assert [refusal.reason for refusal in outcome.refused] == [each.refusal for each in foretold if each.refusal]
    for each in foretold:
        last = {change.field: change.after for change in each.changes}
        line = desk.tickets.show(each.number).line
        for field in {"status", "priority", "topic", "owner"} & last.keys():
            assert (getattr(line, field) or "") == last[field]
    if outcome.done:
        desk.acts.undo()
    assert [facts(desk.tickets.show(number)) for number in numbers] == started


def test_a_stale_ticket_is_a_conflict(desk: Desk, ben: Desk, three: tuple[int, ...]) -> None:
    desk.macros.make("Urgent", [{"priority": "urgent"}])
    ben.tickets.set_priority(three[0], "high")
    with pytest.raises(Conflict, match="ben: priority: low → high"):
        desk.macros.run("Urgent", three[0], versions={three[0]: 1})


def test_many_tickets_are_one_act_that_can_be_stopped(desk: Desk) -> None:
    numbers = [desk.tickets.new(f"Parcel {place}", "low").done[0] for place in range(205)]
    desk.macros.make("Urgent", [{"priority": "urgent"}, {"tags": "+now"}])
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return False

    outcome = desk.macros.run("Urgent", numbers, progress=progress)
    assert outcome.stopped
    assert told == [(200, 205)]
    assert desk.tickets.count("priority:urgent tag:now") == 200
    desk.acts.undo()
    assert desk.tickets.count("priority:urgent OR tag:now") == 0


def test_own_macros_are_seen_by_nobody_else(desk: Desk, ben: Desk) -> None:
    desk.macros.make("Mine", [{"note": "x"}])
    assert ben.macros.list() == []
    with pytest.raises(NotFound, match="There is no macro “Mine”"):
        ben.macros.run("Mine", 1)


def test_own_ones_go_before_shared_ones_of_the_same_name(desk: Desk, ben: Desk) -> None:
    desk.macros.make("Note", [{"note": "all"}], shared=True)
    ben.macros.make("Note", [{"note": "ben"}])
    assert ben.macros.show("note").steps == ({"note": "ben"},)
    assert [macro.owner for macro in ben.macros.list()] == ["ben", None]


def test_sharing_is_a_right_of_its_own(desk: Desk, ben: Desk) -> None:
    desk.macros.make("Ours", [{"note": "x"}], shared=True)
    with pytest.raises(NotPermitted):
        ben.macros.make("Mine", [{"note": "x"}], shared=True)
    with pytest.raises(NotPermitted):
        ben.macros.change("Ours", new_name="Theirs")
    with pytest.raises(NotPermitted):
        ben.macros.retire("Ours")
    ben.macros.make("Mine", [{"note": "x"}])
    with pytest.raises(NotPermitted):
        ben.macros.change("Mine", shared=True)


def test_a_run_needs_the_right_to_each_step(desk: Desk, three: tuple[int, ...]) -> None:
    desk.macros.make("Urgent", [{"note": "x"}, {"priority": "urgent"}], shared=True)
    limited = desk.as_user("ben")
    object.__setattr__(limited.user, "rights", limited.user.rights - {"tickets.priority"})
    for ask in (limited.macros.run, limited.macros.difference):
        with pytest.raises(NotPermitted, match="The macro “Urgent” can't run: ben may not change the priority"):
            ask("Urgent", [three[0]])
    assert desk.tickets.show(three[0]).notes == ()


def test_names_that_the_desk_has_lost_stop_the_run(desk: Desk, three: tuple[int, ...]) -> None:
    desk.team.add_user("dora", role="agent")
    desk.macros.make("To dora", [{"owner": "dora"}])
    desk.team.set_active("dora", False)
    with pytest.raises(InvalidInput, match=r"The macro “To dora” can't run. Step 1: There is no active user “dora”"):
        desk.macros.run("To dora", three[0])


def test_change_renames_and_gives_other_steps_key_and_owner(desk: Desk, ben: Desk) -> None:
    desk.macros.make("Old", [{"note": "x"}], key="F6")
    desk.macros.change("old", new_name="New", steps=[{"status": "pending"}], key="%", shared=True)
    (macro,) = ben.macros.list()
    assert (macro.name, macro.owner, macro.key, macro.steps) == ("New", None, "%", ({"status": "pending"},))
    desk.acts.undo()
    (macro,) = desk.macros.list()
    assert (macro.name, macro.owner, macro.key, macro.steps) == ("Old", "ana", "f6", ({"note": "x"},))
    with pytest.raises(Unchanged):
        desk.macros.change("Old", key="f6")


def test_making_and_retiring_are_undone_and_redone(desk: Desk) -> None:
    desk.macros.make("Word", [{"note": "x"}])
    desk.acts.undo()
    assert desk.macros.list() == []
    desk.acts.redo()
    desk.macros.retire("Word")
    assert desk.macros.list() == []
    desk.acts.undo()
    assert [macro.name for macro in desk.macros.list()] == ["Word"]


def test_a_retired_name_may_be_used_again(desk: Desk) -> None:
    desk.macros.make("Word", [{"note": "x"}], key="%")
    desk.macros.retire("Word")
    desk.macros.make("word", [{"note": "y"}])
    assert [(macro.name, macro.key, macro.steps) for macro in desk.macros.list()] == [("word", "", ({"note": "y"},))]


@pytest.mark.parametrize("name", ["Word", " word ", "", "x" * 61, "a\x1bb"])
def test_a_name_is_short_printable_and_free(desk: Desk, name: str) -> None:
    desk.macros.make("Word", [{"note": "x"}])
    with pytest.raises(InvalidInput):
        desk.macros.make(name, [{"note": "x"}])


@pytest.mark.parametrize("key", ["ctrl+alt+x", "f13", "enter", "é", "ab"])
def test_a_key_is_a_character_a_function_key_or_one_with_ctrl(desk: Desk, key: str) -> None:
    with pytest.raises(InvalidInput, match="can't be a macro's key"):
        desk.macros.make("Word", [{"note": "x"}], key=key)


def test_a_key_runs_one_macro(desk: Desk) -> None:
    desk.macros.make("Word", [{"note": "x"}], key="F6")
    with pytest.raises(InvalidInput, match="The key f6 runs the macro “Word” already"):
        desk.macros.make("Other", [{"note": "x"}], key="f6")


def test_an_unknown_name_brings_the_nearest(desk: Desk) -> None:
    desk.macros.make("No answer", NO_ANSWER)
    with pytest.raises(NotFound, match="did you mean No answer"):
        desk.macros.show("No anser")


def test_words_say_each_step(desk: Desk) -> None:
    steps: list[Mapping[str, Any]] = [
        {"note": "rang\ntwice"},
        {"status": {"name": "pending", "until": "2d"}},
        {"tags": ["+a", "-b"]},
        {"action": {"name": "Call", "status": "Reached", "comment": "glad"}},
        {"close": {"resolution": "Resolved", "exit_state": "Customer reached"}},
        {"dance": True},
    ]
    assert desk.macros.words(steps) == (
        "note “rang twice”",
        "status → pending until 2d",
        "tags +a -b",
        "action: Call – Reached, “glad”",
        "close: Resolved – Customer reached",
        '{"dance": true}',
    )
