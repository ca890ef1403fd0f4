"""The desk's own lists: names, order, retiring and replacing, and what names their entries (behaviour 1.1)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from casedesk.desk import Desk
from casedesk.desk.list_entries import LISTS, same
from casedesk.desk.lists import Place
from casedesk.desk.values import NamedBy
from casedesk.domain.errors import Conflict, InvalidInput, NotPermitted, Unchanged
from casedesk.domain.query.rendering import name_text
from casedesk.domain.query.tree import Name
from tests.conftest import Clock
from tests.examples import examples

KEYS = tuple(LISTS)
ORDERED = tuple(key for key in KEYS if key != "tags")


def names(desk: Desk, key: str, *, retired: bool = False) -> list[str]:
    return [entry.name for entry in desk.lists.entries(key, retired=retired)]


def add(desk: Desk, key: str, name: str) -> None:
    desk.lists.add(key, name, state="closed" if key == "statuses" else None)


@pytest.fixture
def number(desk: Desk) -> int:
    """A ticket that has an entry of every list: open, low, Delivery, tagged vip, of cause Price, closed as Resolved."""
    found = desk.tickets.new("Late", "low", topic="Delivery", tags=["vip"]).done[0]
    desk.tickets.classify(found, ["Price"])
    desk.tickets.close(found, "Resolved")
    return found


HAS = {
    "statuses": "closed",
    "priorities": "low",
    "topics": "Delivery",
    "tags": "vip",
    "classifications": "Price",
    "close options": "Resolved",
}
"""What the ticket has of each list."""


def has(desk: Desk, key: str, number: int) -> object:
    ticket = desk.tickets.show(number)
    return {
        "statuses": ticket.line.status,
        "priorities": ticket.line.priority,
        "topics": ticket.line.topic,
        "tags": ", ".join(ticket.line.tags),
        "classifications": ", ".join(ticket.classifications),
        "close options": ticket.resolution,
    }[key]


# -- every list -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
def test_an_entry_is_added_renamed_retired_and_restored_and_each_is_undone_and_redone(desk: Desk, key: str) -> None:
    add(desk, key, "First")
    steps = [
        lambda: desk.lists.rename(key, "first", "Second"),
        lambda: desk.lists.retire(key, "second"),
        lambda: desk.lists.restore(key, "SECOND"),
    ]
    for step in steps:
        before = desk.lists.entries(key, retired=True)
        step()
        after = desk.lists.entries(key, retired=True)
        assert after != before
        desk.acts.undo()
        assert desk.lists.entries(key, retired=True) == before
        desk.acts.redo()
        assert desk.lists.entries(key, retired=True) == after
    assert "Second" in names(desk, key)


@pytest.mark.parametrize("key", KEYS)
def test_every_change_is_for_those_who_configure(desk: Desk, ben: Desk, key: str) -> None:
    name = HAS[key]
    add(desk, "tags", "vip")
    changes = [
        lambda: add(ben, key, "First"),
        lambda: ben.lists.rename(key, name, "Other"),
        lambda: ben.lists.retire(key, name),
        lambda: ben.lists.restore(key, name),
    ]
    for change in changes:
        with pytest.raises(NotPermitted):
            change()
    assert name in names(ben, key)


@pytest.mark.parametrize("key", KEYS)
def test_a_name_is_taken_in_any_case_and_by_a_retired_entry(desk: Desk, key: str) -> None:
    add(desk, key, "Straße")
    with pytest.raises(InvalidInput, match="“Straße” already"):
        add(desk, key, "  STRASSE ")
    desk.lists.retire(key, "Straße")
    with pytest.raises(InvalidInput, match=r"retired .* “Straße” already; restore it instead"):
        add(desk, key, "straße")


@pytest.mark.parametrize("wrong", ["", "  ", "x" * 61, "a\x1bb", "\u202ename", "\u3164", "none", "None"])
@pytest.mark.parametrize("key", KEYS)
def test_a_name_that_cannot_be_is_refused(desk: Desk, key: str, wrong: str) -> None:
    with pytest.raises(InvalidInput):
        add(desk, key, wrong)


def test_a_name_loses_its_needless_blanks_and_keeps_its_signs(desk: Desk) -> None:
    add(desk, "topics", '  "Ship,  ping" (EU): -x* ')
    assert names(desk, "topics")[-1] == '"Ship, ping" (EU): -x*'


@given(st.text(min_size=1, max_size=20))
@settings(max_examples=examples(100))
def test_a_query_can_name_whatever_a_list_takes(name: str) -> None:
    from casedesk.desk.plan_parts import a_name
    from casedesk.domain.query import parse
    from casedesk.domain.query.names import matcher

    try:
        taken = a_name("A topic", name)
    except InvalidInput:
        return
    root = parse(f"topic:{name_text(Name(taken))}").root
    if same(taken) != "none":
        assert matcher([root.value])(taken)


@pytest.mark.parametrize("key", KEYS)
def test_a_renamed_entry_is_called_so_on_its_tickets_and_the_activity_keeps_the_old_word(
    desk: Desk, number: int, key: str
) -> None:
    told = [(entry.kind, entry.text) for entry in desk.tickets.feed(number)]
    desk.lists.rename(key, HAS[key], "Another name")
    assert has(desk, key, number) == "Another name"
    assert [(entry.kind, entry.text) for entry in desk.tickets.feed(number)] == told
    with pytest.raises(Unchanged):
        desk.lists.rename(key, "another name", "Another name")


@pytest.mark.parametrize("key", KEYS)
def test_tickets_keep_what_is_retired_and_nobody_is_offered_it(desk: Desk, number: int, key: str) -> None:
    add(desk, key, "Spare")
    outcome = desk.lists.retire(key, HAS[key])
    assert outcome.summary.endswith("retired (1 ticket keeps it)")
    assert has(desk, key, number) == HAS[key]
    assert HAS[key] not in names(desk, key)
    assert desk.lists.show(key, HAS[key]).retired
    assert desk.tickets.count(f"{LISTS[key].field}:{HAS[key]}") == 1
    with pytest.raises(Unchanged):
        desk.lists.retire(key, HAS[key])


@pytest.mark.parametrize("key", KEYS)
def test_another_entry_takes_the_place_of_a_retired_one_on_all_tickets_in_one_act(
    desk: Desk, number: int, key: str
) -> None:
    add(desk, key, "Instead")
    seen: list[tuple[int, int]] = []
    outcome = desk.lists.retire(
        key, HAS[key], replace_by="instead", progress=lambda done, total: bool(seen.append((done, total))) or True
    )
    assert (outcome.done, outcome.refused, seen) == ((number,), (), [(1, 1)])
    assert has(desk, key, number) == "Instead"
    assert desk.lists.show(key, HAS[key]).tickets == 0
    assert desk.tickets.feed(number)[0].cause == f"{LISTS[key].one} “{HAS[key]}” retired"
    desk.acts.undo()
    assert has(desk, key, number) == HAS[key]
    assert HAS[key] in names(desk, key)
    desk.acts.redo()
    assert has(desk, key, number) == "Instead"


@pytest.mark.parametrize("key", KEYS)
def test_a_replacement_has_to_be_another_one_that_is_offered(desk: Desk, number: int, key: str) -> None:
    add(desk, key, "Spare")
    desk.lists.retire(key, "Spare")
    before = desk.lists.entries(key, retired=True)
    with pytest.raises(InvalidInput, match="is retired"):
        desk.lists.retire(key, HAS[key], replace_by="Spare")
    with pytest.raises(InvalidInput, match="can't replace itself"):
        desk.lists.retire(key, HAS[key], replace_by=HAS[key])
    with pytest.raises(InvalidInput, match="There is no"):
        desk.lists.retire(key, HAS[key], replace_by="Unheard of")
    assert desk.lists.entries(key, retired=True) == before


def test_what_was_retired_can_be_replaced_later(desk: Desk, number: int) -> None:
    desk.lists.retire("topics", "Delivery")
    desk.lists.retire("topics", "Delivery", replace_by="Product")
    assert has(desk, "topics", number) == "Product"


def test_a_ticket_that_has_both_keeps_one(desk: Desk) -> None:
    number = desk.tickets.new("Late", "low", tags=["old", "new"]).done[0]
    desk.lists.retire("tags", "old", replace_by="new")
    assert desk.tickets.show(number).line.tags == ("new",)
    desk.acts.undo()
    assert desk.tickets.show(number).line.tags == ("new", "old")


def test_merged_tickets_follow_too(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.merge(three[0], three[1])
    desk.lists.retire("priorities", "low", replace_by="high")
    assert [desk.tickets.show(number).line.priority for number in three] == ["high"] * 3
    assert desk.lists.show("priorities", "low").tickets == 0


def test_an_entry_that_was_used_since_is_not_taken_away_by_undo(desk: Desk) -> None:
    act = desk.lists.add("topics", "Returns").act_id
    desk.tickets.new("Back", "low", topic="Returns")
    with pytest.raises(Conflict, match="used by now"):
        desk.acts.undo(act)


def test_mistyped_names_bring_the_nearest(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="There is no topic “Delivry”; did you mean Delivery"):
        desk.lists.show("topics", "Delivry")
    with pytest.raises(InvalidInput, match="There is no list “topic”; there is topics"):
        desk.lists.entries("topic")


# -- statuses ---------------------------------------------------------------------------------------------------------


def test_a_status_stands_among_those_of_its_state(desk: Desk) -> None:
    desk.lists.add("statuses", "in progress", state="open")
    desk.lists.add("statuses", "on hold", state="Pending", place=Place(before="pending"))
    assert names(desk, "statuses") == ["new", "open", "in progress", "on hold", "pending", "closed"]
    desk.lists.move("statuses", "in progress", Place(to=2))
    assert names(desk, "statuses")[1:3] == ["in progress", "open"]
    with pytest.raises(InvalidInput, match="its place is among the statuses that are open"):
        desk.lists.move("statuses", "in progress", Place(after="closed"))


def test_a_new_status_needs_one_of_the_four_states(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="new, open, pending or closed"):
        desk.lists.add("statuses", "odd")
    with pytest.raises(InvalidInput, match="not “done”"):
        desk.lists.add("statuses", "odd", state="done")
    with pytest.raises(InvalidInput, match="Only statuses"):
        desk.lists.add("topics", "odd", state="open")


def test_a_status_is_not_called_as_another_state(desk: Desk) -> None:
    desk.lists.rename("statuses", "open", "in progress")
    with pytest.raises(InvalidInput, match="is one of the four states"):
        desk.lists.add("statuses", "Open", state="closed")
    desk.lists.add("statuses", "Open", state="open")
    assert desk.setup.status("open").name == "Open"


@pytest.mark.parametrize("state", ["new", "open", "pending", "closed"])
def test_the_last_status_of_a_state_stays(desk: Desk, state: str) -> None:
    with pytest.raises(InvalidInput, match=f"the last status that is {state}"):
        desk.lists.retire("statuses", state)
    desk.lists.add("statuses", "another", state=state)
    desk.lists.retire("statuses", state)
    with pytest.raises(InvalidInput, match=f"the last status that is {state}"):
        desk.lists.retire("statuses", "another")


def test_undo_leaves_no_state_without_a_status(desk: Desk) -> None:
    added = desk.lists.add("statuses", "waiting", state="pending").act_id
    desk.lists.retire("statuses", "pending")
    with pytest.raises(Conflict, match="No status would be pending"):
        desk.acts.undo(added)
    assert "waiting" in names(desk, "statuses")


def test_a_status_replaces_only_one_of_its_state(desk: Desk) -> None:
    desk.lists.add("statuses", "waiting", state="pending")
    with pytest.raises(InvalidInput, match="both have to be the same"):
        desk.lists.retire("statuses", "waiting", replace_by="open")


def test_a_status_changes_its_state_only_while_no_ticket_has_it(desk: Desk) -> None:
    desk.lists.add("statuses", "parked", state="open")
    changed = desk.lists.set_state("parked", "pending").act_id
    assert desk.lists.show("statuses", "parked").state == "pending"
    desk.acts.undo()
    assert desk.lists.show("statuses", "parked").state == "open"
    desk.acts.redo()
    number = desk.tickets.new("Late", "low").done[0]
    desk.tickets.set_status(number, "parked")
    with pytest.raises(InvalidInput, match="Tickets have the status “parked”, so it stays pending"):
        desk.lists.set_state("parked", "closed")
    with pytest.raises(Conflict):
        desk.acts.undo(changed)
    assert desk.tickets.show(number).line.state == desk.lists.show("statuses", "parked").state == "pending"


def test_the_last_status_of_a_state_keeps_it(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="the last status that is pending"):
        desk.lists.set_state("pending", "open")
    with pytest.raises(Unchanged):
        desk.lists.set_state("pending", "pending")


# -- order ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [key for key in ORDERED if key != "statuses"])
def test_an_entry_moves_before_behind_or_to_a_place(desk: Desk, key: str) -> None:
    start = names(desk, key)
    first, second, *_, last = start
    moves = [(Place(after=last), [*start[1:], first]), (Place(before=second), start), (Place(to=2), None)]
    for place, wanted in moves:
        desk.lists.move(key, first, place)
        assert wanted is None or names(desk, key) == wanted
    assert names(desk, key)[:2] == [second, first]
    with pytest.raises(Unchanged):
        desk.lists.move(key, first, Place(to=2))
    desk.acts.undo()
    assert names(desk, key) == start


@pytest.mark.parametrize("to", [0, -1, 99])
def test_a_place_that_is_not_there_is_refused(desk: Desk, to: int) -> None:
    with pytest.raises(InvalidInput, match="The places are 1 to"):
        desk.lists.move("topics", "Delivery", Place(to=to))


def test_one_place_is_said_and_not_beside_oneself(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="Say one place"):
        Place()
    with pytest.raises(InvalidInput, match="Say one place"):
        Place(before="App", to=1)
    with pytest.raises(InvalidInput, match="beside itself"):
        desk.lists.move("topics", "Delivery", Place(before="delivery"))
    with pytest.raises(InvalidInput, match="come by name"):
        desk.lists.move("tags", "detractor", Place(to=1))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("sort:-priority", [4, 6, 3, 5, 2, 1, 7]),
        ("sort:priority", [1, 2, 5, 3, 6, 4, 7]),
        ("sort:-priority sort:created", [4, 3, 6, 5, 2, 1, 7]),
        ("sort:-priority is:new", [4, 6, 3, 5, 2, 1]),
        ("sort:-priority number:2..4", [4, 3, 2]),
        ("sort:-status sort:-priority", [7, 4, 6, 3, 5, 2, 1]),
    ],
)
def test_tickets_are_sorted_by_urgency_wherever_a_priority_was_put_in(
    desk: Desk, clock: Clock, query: str, wanted: list[int]
) -> None:
    desk.lists.add("priorities", "raised", place=Place(after="normal"))
    desk.lists.move("priorities", "normal", Place(before="urgent"))
    desk.lists.move("priorities", "high", Place(after="low"))
    assert names(desk, "priorities") == ["low", "high", "raised", "normal", "urgent"]
    for priority in ("low", "high", "normal", "urgent", "raised", "normal", "low"):
        desk.tickets.new("Parcel", priority)
        clock.tick()
    desk.tickets.set_priority(7, None)
    assert desk.tickets.numbers(query) == wanted


# -- rules and macros -------------------------------------------------------------------------------------------------


def test_what_an_active_rule_gives_is_not_retired(desk: Desk) -> None:
    desk.rules.put("Angry", "nps<=3", [{"open_ticket": True}, {"topic": "Billing"}, {"tag": "angry"}])
    with pytest.raises(InvalidInput, match="The rule “Angry” gives the topic “Billing”"):
        desk.lists.retire("topics", "billing")
    desk.rules.switch("Angry", False)
    desk.lists.retire("topics", "billing")
    with pytest.raises(InvalidInput, match="The topic “Billing” is retired"):
        desk.rules.switch("Angry", True)


def test_undo_takes_nothing_away_that_an_active_rule_gives(desk: Desk) -> None:
    added = desk.lists.add("topics", "Returns").act_id
    desk.rules.put("Angry", "nps<=3", [{"open_ticket": True}, {"topic": "Returns"}])
    with pytest.raises(Conflict, match="The rule “Angry” gives the topic “Returns”"):
        desk.acts.undo(added)


def test_rules_and_macros_follow_a_new_name(desk: Desk) -> None:
    desk.tickets.tag(desk.tickets.new("Late", "low").done[0], ["angry", "vip"])
    desk.rules.put("Angry", "topic:Billing OR tag:angry", [{"open_ticket": True}, {"topic": "Billing"}])
    desk.macros.make(
        "Bill", [{"topic": "Billing"}, {"tags": ["+angry", "-vip"]}, {"close": {"resolution": "Resolved"}}]
    )
    desk.lists.rename("topics", "Billing", "Money, due")
    desk.lists.rename("tags", "angry", "furious")
    desk.lists.rename("close options", "Resolved", "Solved")
    rule = next(rule for rule in desk.rules.list() if rule.name == "Angry")
    assert (rule.condition, rule.effects[1]) == ('topic:"Money, due" OR tag:furious', {"topic": "Money, due"})
    macro = desk.macros.list()[0]
    assert macro.steps == (
        {"topic": "Money, due"}, {"tags": ["+furious", "-vip"]}, {"close": {"resolution": "Solved"}},
    )  # fmt: skip
    assert desk.lists.named_by("topics", "Money, due") == NamedBy(("Angry",), ("Bill",))
    for _ in range(3):
        desk.acts.undo()
    assert desk.macros.list()[0].steps[0] == {"topic": "Billing"}


def test_rules_and_macros_follow_a_replacement(desk: Desk) -> None:
    desk.rules.put("Angry", "topic:Billing", [{"open_ticket": True}, {"topic": "Billing"}])
    desk.macros.make("Bill", [{"topic": "billing"}, {"status": "pending"}])
    outcome = desk.lists.retire("topics", "Billing", replace_by="Product")
    assert outcome.notes == ("rule “Angry” follows", "macro “Bill” follows")
    rule = next(rule for rule in desk.rules.list() if rule.name == "Angry")
    assert (rule.condition, rule.effects[1]) == ("topic:Product", {"topic": "Product"})
    assert desk.macros.list()[0].steps[0] == {"topic": "Product"}


def test_the_macros_that_name_what_is_retired_are_told(desk: Desk) -> None:
    desk.macros.make("Bill", [{"topic": "Billing"}])
    outcome = desk.lists.retire("topics", "Billing")
    assert outcome.notes == ("The macro “Bill” names “Billing” and can't run until it is changed.",)


def test_a_retired_tag_is_given_no_longer(desk: Desk) -> None:
    number = desk.tickets.new("Late", "low", tags=["vip"]).done[0]
    other = desk.tickets.new("Late", "low").done[0]
    desk.lists.retire("tags", "VIP")
    with pytest.raises(InvalidInput, match="The tag “vip” is retired"):
        desk.tickets.tag(other, ["Vip"])
    desk.tickets.tag(number, remove=["vip"])
    assert desk.tickets.show(number).line.tags == ()
    with pytest.raises(InvalidInput, match="is retired"):
        desk.rules.put("Angry", "nps<=3", [{"open_ticket": True}, {"tag": "vip"}])


def test_the_last_priority_stays(desk: Desk) -> None:
    for name in ("low", "normal", "high"):
        desk.lists.retire("priorities", name)
    with pytest.raises(InvalidInput, match="“urgent” is the last priority"):
        desk.lists.retire("priorities", "urgent")


def test_an_import_finds_retired_names_again_without_offering_them(desk: Desk, tmp_path: Path) -> None:
    desk.tickets.new("Late", "low", tags=["vip"])
    desk.lists.retire("tags", "vip")
    desk.lists.add("statuses", "parked", state="pending")
    desk.lists.retire("statuses", "parked")
    export = tmp_path / "tickets.csv"
    export.write_text("id,title,status,tags\n7,Broken,Parked,VIP\n", encoding="utf-8")
    summary = desk.imports.run(export, kind="tickets", source="elsewhere")
    assert (summary.imported, summary.rejected) == (1, 0)
    line = desk.tickets.find("external:7")[0]
    assert (line.status, line.state, line.tags) == ("pending", "pending", ("vip",))
