"""Picking by digits, first letters and arrows."""

from __future__ import annotations

from casedesk.tui.forms import Choice, Ticks, choices_of
from casedesk.tui.widgets.choice_list import ChoiceList, TickList
from casedesk.tui.widgets.name_list import NameList

NAMES = ("People", "Process", "Policy", "Price", "Tech")


def pressed(choices: ChoiceList, *keys: str) -> list[bool]:
    return [choices.press(key, key if len(key) == 1 else None) for key in keys]


def test_a_digit_picks() -> None:
    choices = ChoiceList(choices_of(NAMES))
    assert pressed(choices, "3") == [True]
    assert choices.current == Choice("Policy", "Policy")
    assert pressed(choices, "9") == [False]


def test_letters_pick_as_soon_as_only_one_label_begins_so() -> None:
    choices = ChoiceList(choices_of(NAMES))
    assert pressed(choices, "p", "r", "i") == [False, False, True]
    assert choices.current == Choice("Price", "Price")
    assert pressed(ChoiceList(choices_of(NAMES)), "T") == [True]


def test_arrows_move_and_stop_at_the_ends() -> None:
    choices = ChoiceList(choices_of(NAMES))
    pressed(choices, "down", "down", "up")
    assert choices.cursor == 1
    pressed(choices, "end", "down")
    assert choices.cursor == 4
    pressed(choices, "home", "up")
    assert choices.cursor == 0


def test_a_letter_prefers_what_can_be_chosen() -> None:
    choices = ChoiceList([Choice(1, "Call", refusal="done before"), Choice(2, "Close")])
    assert pressed(choices, "c") == [True]
    assert choices.current == Choice(2, "Close")


def test_picking_what_cannot_be_chosen_goes_there_so_that_the_reason_can_be_told() -> None:
    choices = ChoiceList([Choice(1, "Call", refusal="done before"), Choice(2, "Close")])
    assert pressed(choices, "1") == [True]
    assert choices.current == Choice(1, "Call", refusal="done before")


def test_ticks_tell_what_was_changed() -> None:
    ticks = TickList(choices_of(NAMES), frozenset({"People", "Price"}), frozenset())
    pressed(ticks, "1", "5")
    assert ticks.ticks() == Ticks(added=("Tech",), removed=("People",), ticked=("Price", "Tech"))


def test_a_mixed_name_left_alone_is_not_changed() -> None:
    ticks = TickList(choices_of(NAMES), frozenset(), frozenset({"Price", "Tech"}))
    pressed(ticks, "5", "5")
    assert ticks.ticks() == Ticks(added=(), removed=("Tech",), ticked=())


def test_a_new_name_can_be_typed() -> None:
    names = NameList(choices_of(("vip",)), frozenset(), frozenset())
    pressed(names, "c", "a", "l", "l")
    assert names.take_typed()
    assert names.ticks().added == ("call",)
    assert not names.take_typed()
