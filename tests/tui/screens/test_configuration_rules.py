"""Rules in the configuration: made, changed, ordered, switched, tried and read about, all from the keyboard (X7)."""

from __future__ import annotations

from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.desk.values import RuleLine
from casedesk.tui.modals.form_modal import FormModal
from casedesk.tui.modals.message import MessageModal
from casedesk.tui.modals.text_page import TextPage
from casedesk.tui.screens.configuration import ConfigurationScreen
from casedesk.tui.screens.counted_tickets import CountedTicketsScreen
from casedesk.tui.screens.responses import ResponsesScreen
from tests.tui.driving import lines_of, press, text_of, told, until
from tests.tui.screens.test_configuration import SMALL, configuring, go_to, typed

DETRACTORS = ({"open_ticket": True}, {"tag": "detractor"})


def rule(desk: Desk, name: str) -> RuleLine:
    return next(each for each in desk.rules.list() if each.name == name)


def names(desk: Desk) -> list[str]:
    return [each.name for each in desk.rules.list()]


def empty(desk: Desk) -> Desk:
    """The desk without the rules that it was made with."""
    for each in desk.rules.list():
        desk.rules.remove(each.name)
    return desk


async def into_rules(pilot: Pilot[None]) -> None:
    """The cursor into the tree, on the section of rules."""
    await press(pilot, "slash", *"outcome rule", "enter")


async def fill_in(pilot: Pilot[None], name: str, trigger: str, condition: str) -> None:
    """A new rule, up to its effects."""
    await press(pilot, "n", *typed(name), "enter", trigger, *typed(condition), "enter")


def flowing(pilot: Pilot[None]) -> str:
    """The form's text without its lines and borders."""
    lines = [line.partition("│")[2].rpartition("│")[0] for line in lines_of(pilot)]
    return " ".join(" ".join(lines).replace("│", " ").split())


def field(pilot: Pilot[None]) -> str:
    """The field that is asked."""
    screen = pilot.app.screen
    assert isinstance(screen, FormModal)
    assert screen.state is not None
    return screen.state.current


async def test_the_section_shows_rules_in_order_with_trigger_condition_and_effects(desk: Desk) -> None:
    empty(desk).rules.add("Low scores", "nps<=6", DETRACTORS)
    desk.rules.add("Nobody cared", "is:open", [{"priority": "urgent"}], trigger="idle 48h", active=False)
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "low scores")
        text = text_of(pilot)
        assert "response received: nps<=6 → open a ticket, tag detractor" in text
        assert "off · idle 48h: is:open" in text
        assert text.index("Low scores") < text.index("Nobody cared")
        assert "It never ran yet." in text
        assert "changed by ana" in text


async def test_a_rule_that_ran_says_how_often_and_when(full_desk: Desk) -> None:
    full_desk.rules.add("Hurry", "priority:urgent", [{"tag": "hurry"}], trigger="ticket opened")
    full_desk.tickets.new("It burns", "urgent")
    async with configuring(full_desk) as (pilot, _screen):
        await go_to(pilot, "automation hurry")
        assert "Ran once; last" in text_of(pilot)


async def test_a_rule_that_names_what_is_gone_is_shown_with_its_mistake(desk: Desk) -> None:
    desk.lists.add("topics", "Lamps")
    desk.rules.add("North", "nps<=6", [{"open_ticket": True}, {"topic": "Lamps"}], active=False)
    desk.lists.retire("topics", "Lamps")
    async with configuring(desk) as (pilot, screen):
        await go_to(pilot, "north")
        assert screen.item is not None
        assert screen.item.role == "bad"
        assert "Lamps" in screen.item.value
        assert "response received: nps<=6" in screen.item.about


async def test_a_rule_is_made_with_several_effects_and_taken_back(desk: Desk) -> None:
    before = names(desk)
    async with configuring(desk) as (pilot, _screen):
        await into_rules(pilot)
        await fill_in(pilot, "Low scores", "1", "nps<=6 has:comment")
        assert field(pilot) == "effects"
        await press(pilot, "enter", "1")
        await press(pilot, "a", *"pr", *"urg")
        await press(pilot, "a", *"ta", *"low", "enter", "enter")
        assert "Open" in text_of(pilot)
        await press(pilot, "enter")
        made = rule(desk, "Low scores")
        assert made.trigger == "response received"
        assert made.condition == "nps<=6 has:comment"
        assert made.effects == ({"open_ticket": True}, {"priority": "urgent"}, {"tag": "low"})
        assert made.active
        assert told(pilot)[-1] == "rule “Low scores” made · undo: u"
        await press(pilot, "u")
        assert names(desk) == before
        await press(pilot, "U")
        assert rule(desk, "Low scores").effects == made.effects


async def test_a_timed_rule_asks_for_its_length_and_is_not_offered_to_open_a_ticket(desk: Desk) -> None:
    async with configuring(desk, SMALL) as (pilot, _screen):
        await into_rules(pilot)
        await press(pilot, "n", *typed("Left alone"), "enter", "7", *"2x", "enter")
        assert field(pilot) == "length"
        assert "such as 48h" in text_of(pilot)
        await press(pilot, "backspace", "d", "enter", *"is:open", "enter", "enter")
        assert field(pilot) == "effect"
        assert "Open a ticket" not in text_of(pilot)
        await press(pilot, *"ta", *"late", "enter", "enter", "enter")
        assert rule(desk, "Left alone").trigger == "idle 2d"


async def test_effects_are_changed_moved_and_removed(desk: Desk) -> None:
    desk.rules.add("Low scores", "nps<=6", [*DETRACTORS, {"priority": "urgent"}])
    async with configuring(desk, SMALL) as (pilot, _screen):
        await go_to(pilot, "low scores")
        await press(pilot, "enter", "enter", "enter", "enter")
        assert field(pilot) == "effects"
        await press(pilot, "end", "K", "e", "enter", *"low")
        await press(pilot, "down", "d", "enter")
        assert rule(desk, "Low scores").effects == ({"open_ticket": True}, {"priority": "low"})
        await press(pilot, "u")
        assert rule(desk, "Low scores").effects == (*DETRACTORS, {"priority": "urgent"})


async def test_several_tags_are_added_at_once_each_an_effect(desk: Desk) -> None:
    desk.lists.add("tags", "alpha")
    desk.lists.add("tags", "beta")
    desk.rules.add("Low scores", "nps<=6", DETRACTORS)
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "low scores")
        await press(pilot, "enter", "enter", "enter", "enter", "a", *"ta")
        await press(pilot, *"alpha", "enter", *"beta", "enter", "enter", "enter")
        assert rule(desk, "Low scores").effects == (*DETRACTORS, {"tag": "alpha"}, {"tag": "beta"})


async def test_an_effect_without_a_value_stays_in_its_form(desk: Desk) -> None:
    desk.rules.add("Low scores", "nps<=6", DETRACTORS)
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "low scores")
        await press(pilot, "enter", "enter", "enter", "enter", "a", *"ta", "enter")
        assert field(pilot) == "tag."
        assert "Tag is needed." in text_of(pilot)


async def test_an_effect_that_a_rule_has_once_is_not_offered_twice(desk: Desk) -> None:
    desk.rules.add("Low scores", "nps<=6", DETRACTORS)
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "low scores")
        await press(pilot, "enter", "enter", "enter", "enter", "a", "1", "enter")
        assert field(pilot) == "effect"
        assert "the rule does so already" in text_of(pilot)


async def test_effects_that_exclude_each_other_are_said_at_the_effects(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        await into_rules(pilot)
        await fill_in(pilot, "Over", "2", "is:open")
        await press(pilot, "enter", *"st", "enter", "a", *"clo", "down", "enter", "enter")
        before = names(desk)
        await press(pilot, "enter")
        assert field(pilot) == "effects"
        assert "exclude each other" in text_of(pilot)
        assert names(desk) == before


async def test_a_closing_effect_takes_a_resolution_and_may_leave_out_the_exit_state(desk: Desk) -> None:
    resolution = desk.lists.entries("close options")[0].name
    async with configuring(desk) as (pilot, _screen):
        await into_rules(pilot)
        await fill_in(pilot, "Over", "2", "is:open")
        await press(pilot, "enter", *"clo", "1", "enter", "enter")
        assert rule(desk, "Over").effects == ({"close": {"resolution": resolution}},)


async def test_a_rule_without_effects_is_refused_at_its_field(desk: Desk) -> None:
    desk.rules.add("Low scores", "nps<=6", DETRACTORS)
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "low scores")
        await press(pilot, "enter", "enter", "enter", "enter", "d", "d", "enter")
        assert "Add an effect" in text_of(pilot)
        assert rule(desk, "Low scores").effects == DETRACTORS


async def test_a_changed_trigger_that_an_effect_does_not_suit_is_said_at_the_effects(desk: Desk) -> None:
    desk.rules.add("Low scores", "nps<=6", DETRACTORS)
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "low scores")
        await press(pilot, "enter", "enter", "2", "enter")
        assert "not with this trigger" in text_of(pilot)
        await press(pilot, "enter")
        assert field(pilot) == "effects"
        assert "it can't open one" in text_of(pilot)
        assert rule(desk, "Low scores").trigger == "response received"


async def test_a_mistake_in_the_condition_is_said_at_the_field_with_its_place(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        await into_rules(pilot)
        await fill_in(pilot, "Low scores", "1", "npss<=6")
        assert field(pilot) == "condition"
        assert "npss" in text_of(pilot)
        form = pilot.app.screen
        assert isinstance(form, FormModal)
        bar = form.current.bar
        assert bar is not None
        await until(pilot, lambda: bar.input.mistake_mark.place == (0, 4))


async def test_the_condition_says_for_how_many_it_holds(full_desk: Desk) -> None:
    async with configuring(full_desk) as (pilot, _screen):
        await into_rules(pilot)
        await press(pilot, "n", "x", "enter", "1", *"nps<=6")
        await until(pilot, lambda: "holds for 3 of 4 responses now" in text_of(pilot))
        await press(pilot, "shift+tab", "2")
        await until(pilot, lambda: "of 6 tickets now" in text_of(pilot))


async def test_a_name_that_is_taken_or_too_long_is_refused_at_its_field(desk: Desk) -> None:
    desk.rules.add("Low scores", "nps<=6", DETRACTORS)
    async with configuring(desk, SMALL) as (pilot, _screen):
        await into_rules(pilot)
        await press(pilot, "n", *typed("LOW  scores"), "enter")
        assert field(pilot) == "name"
        assert "already" in text_of(pilot)
        await press(pilot, *"x" * 100, "enter")
        assert field(pilot) == "name"
        assert "may have 100 characters" in text_of(pilot)


async def test_a_rule_for_everything_has_to_be_meant(desk: Desk) -> None:
    async with configuring(desk) as (pilot, _screen):
        await into_rules(pilot)
        await fill_in(pilot, "Every one", "1", "")
        await press(pilot, "enter", "1", "enter")
        assert "Every one" not in names(desk)
        assert "Enter makes it all the same." in flowing(pilot)
        await press(pilot, "enter")
        assert rule(desk, "Every one").condition == ""


async def test_everything_is_asked_again_for_another_condition(desk: Desk) -> None:
    for place in range(12):
        desk.tickets.new(f"Ticket {place}", "low")
    async with configuring(desk) as (pilot, _screen):
        await into_rules(pilot)
        await fill_in(pilot, "Every one", "2", "")
        await press(pilot, "enter", *"ta", *"all", "enter", "enter", "enter")
        await press(pilot, "shift+tab", *"is:new", "enter", "enter")
        assert "Every one" not in names(desk)
        assert "every one of the 12 tickets" in flowing(pilot)


async def test_a_rule_is_renamed_and_changed_as_one_act(desk: Desk) -> None:
    desk.rules.add("Low scores", "nps<=6", DETRACTORS)
    async with configuring(desk) as (pilot, screen):
        await go_to(pilot, "low scores")
        await press(pilot, "enter", *typed(" now"), "enter", "enter", *["backspace"], "5", "enter", "enter")
        changed = rule(desk, "Low scores now")
        assert changed.condition == "nps<=5"
        assert screen.item is not None
        assert screen.item.label == "Low scores now"
        await press(pilot, "u")
        assert rule(desk, "Low scores").condition == "nps<=6"


async def test_a_copy_begins_switched_off(desk: Desk) -> None:
    desk.rules.add("Low scores", "nps<=6", DETRACTORS)
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "low scores")
        await press(pilot, "c", *"Other", "enter", "enter", "enter", "enter")
        assert rule(desk, "Other").effects == DETRACTORS
        assert not rule(desk, "Other").active


async def test_rules_are_ordered_switched_and_removed(desk: Desk) -> None:
    empty(desk).rules.add("First", "nps<=6", DETRACTORS)
    desk.rules.add("Second", "nps<=5", DETRACTORS)
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "second")
        await press(pilot, "K")
        assert names(desk) == ["Second", "First"]
        await press(pilot, "J", "u")
        assert names(desk) == ["Second", "First"]
        await press(pilot, "o")
        assert not rule(desk, "Second").active
        await press(pilot, "o")
        assert rule(desk, "Second").active
        await press(pilot, "d")
        assert names(desk) == ["First"]
        await press(pilot, "u")
        assert names(desk) == ["Second", "First"]


async def test_a_rule_that_opened_tickets_stays_and_it_is_said_why(full_desk: Desk) -> None:
    name = next(each.name for each in full_desk.rules.list() if full_desk.rules.show(each.name).tickets_opened)
    async with configuring(full_desk) as (pilot, _screen):
        await go_to(pilot, f"automation {name}")
        await press(pilot, "d")
        assert name in names(full_desk)
        assert "switch it off instead" in told(pilot)[-1]


async def test_trying_tells_what_would_have_been_and_leads_to_the_tickets(full_desk: Desk) -> None:
    full_desk.rules.add("Low scores", "nps<=2", [{"open_ticket": True}, {"tag": "low"}], active=False)
    async with configuring(full_desk, SMALL) as (pilot, screen):
        await go_to(pilot, "low scores")
        await press(pilot, "t", *"all")
        assert isinstance(pilot.app.screen, TextPage)
        text = text_of(pilot)
        assert "would have run on 2 of 4 responses." in text
        assert "tag low" in text
        await press(pilot, "r")
        assert isinstance(pilot.app.screen, CountedTicketsScreen)
        tickets = pilot.app.screen.tickets
        await until(pilot, lambda: len(tickets.numbers) == 2)
        await press(pilot, "q")
        assert isinstance(pilot.app.screen, TextPage)
        await press(pilot, "v")
        assert isinstance(pilot.app.screen, ResponsesScreen)
        await press(pilot, "q")
        await press(pilot, "escape")
        assert pilot.app.screen is screen
        assert not rule(full_desk, "Low scores").active


async def test_trying_asks_since_when_and_checks_the_date(full_desk: Desk) -> None:
    full_desk.rules.add("Hurry", "priority:urgent", [{"tag": "hurry"}], trigger="ticket opened", active=False)
    async with configuring(full_desk) as (pilot, _screen):
        await go_to(pilot, "hurry")
        await press(pilot, "t", "6", *"never", "enter")
        assert field(pilot) == "since"
        assert "is no date" in text_of(pilot)
        await press(pilot, *["backspace"] * 5, *"2026-01", "enter")
        assert isinstance(pilot.app.screen, TextPage)
        assert "since 2026-01-01" in text_of(pilot)


async def test_a_rule_is_tried_before_it_is_saved(full_desk: Desk) -> None:
    async with configuring(full_desk) as (pilot, _screen):
        await into_rules(pilot)
        await fill_in(pilot, "Low scores", "1", "nps<=2")
        await press(pilot, "enter", "1", "t", *"all")
        assert isinstance(pilot.app.screen, TextPage)
        assert "would have run on 2 of 4 responses." in text_of(pilot)
        await press(pilot, "escape")
        assert field(pilot) == "effects"
        assert "Low scores" not in names(full_desk)
        await press(pilot, "enter")
        assert "Low scores" in names(full_desk)


async def test_a_draft_that_can_not_run_says_why_when_it_is_tried(full_desk: Desk) -> None:
    async with configuring(full_desk) as (pilot, _screen):
        await into_rules(pilot)
        await fill_in(pilot, "Low scores", "1", "nps<=2")
        await press(pilot, "t", *"all")
        assert isinstance(pilot.app.screen, MessageModal)
        assert "A rule needs an effect" in text_of(pilot)
        await press(pilot, "escape")
        assert field(pilot) == "effects"


async def test_the_log_shows_what_a_rule_did_and_what_followed_from_it(full_desk: Desk) -> None:
    full_desk.rules.add("Hurry", "priority:urgent", [{"status": "pending"}], trigger="ticket opened")
    full_desk.rules.add("Waits", "is:pending", [{"tag": "waits"}], trigger="status changed")
    full_desk.tickets.new("It burns", "urgent")
    async with configuring(full_desk) as (pilot, _screen):
        await into_rules(pilot)
        await press(pilot, "L")
        text = text_of(pilot)
        assert "Log of the rules" in text
        assert "#7  Hurry" in text
        assert "└ " in text
        assert "tag waits" in text
        await press(pilot, "escape")
        await go_to(pilot, "automation waits")
        await press(pilot, "L")
        text = text_of(pilot)
        assert "Log of the rule Waits" in text
        assert "set off by “Hurry”" in text
        assert "#7  Hurry" not in text


async def test_a_rule_that_never_ran_has_an_empty_log(desk: Desk) -> None:
    empty(desk).rules.add("Low scores", "nps<=6", DETRACTORS)
    async with configuring(desk) as (pilot, _screen):
        await go_to(pilot, "low scores")
        await press(pilot, "L")
        assert "No run is recorded." in text_of(pilot)


async def test_leaving_the_form_of_a_rule_asks_before_typed_words_are_lost(desk: Desk) -> None:
    desk.rules.add("Low scores", "nps<=6", DETRACTORS)
    async with configuring(desk) as (pilot, screen):
        await go_to(pilot, "low scores")
        await press(pilot, "enter", "enter", "enter", "enter", "d", "escape")
        assert "Throw away what you entered?" in text_of(pilot)
        await press(pilot, "y")
        assert pilot.app.screen is screen
        assert isinstance(screen, ConfigurationScreen)
        assert rule(desk, "Low scores").effects == DETRACTORS


async def test_those_who_may_not_configure_do_not_see_rules(ben: Desk) -> None:
    async with configuring(ben) as (_pilot, screen):
        assert "rules" not in {section.id for section in screen.sections}
