"""Keys of one's own: they win over the defaults, no key means two things, and there is always a way out."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from casedesk.domain.errors import InvalidInput
from casedesk.tui.actions import ACTIONS, BY_ID, UNBOUND, meet
from casedesk.tui.keys import NEEDED, check_macro_key, clashes, rebound, resolve

DEFAULT = resolve({})


def test_own_keys_take_the_place_of_the_defaults() -> None:
    keymap = resolve({"ticket.note": ["ctrl+n"]})
    assert keymap.keys["ticket.note"] == ("ctrl+n",)
    assert keymap.changed() == {"ticket.note": "ctrl+n"}
    assert keymap.problems == ()


def test_own_keys_win_over_defaults_and_it_is_said() -> None:
    keymap = resolve({"ticket.note": ["c"]})
    assert keymap.keys["ticket.note"] == ("c",)
    assert keymap.keys["ticket.close"] == ()
    assert keymap.changed()["ticket.close"] == UNBOUND
    assert keymap.problems == ("c now means ticket.note; ticket.close has lost it.",)


def test_swapping_two_keys_is_no_clash() -> None:
    keymap = resolve({"ticket.note": ["c"], "ticket.close": ["n"]})
    assert (keymap.keys["ticket.note"], keymap.keys["ticket.close"]) == (("c",), ("n",))
    assert keymap.problems == ()


def test_one_key_given_twice_goes_to_the_first() -> None:
    keymap = resolve({"ticket.note": ["f17"], "ticket.close": ["f17"]})
    assert (keymap.keys["ticket.note"], keymap.keys["ticket.close"]) == (("f17",), ())
    assert keymap.problems == ("F17 is given to both ticket.note and ticket.close; ticket.note keeps it.",)


def test_unknown_actions_and_keys_that_never_arrive_are_said() -> None:
    problems = resolve({"ticket.nothing": ["n"], "ticket.note": ["ctrl+s"]}).problems
    assert problems == (
        "There is no action 'ticket.nothing' to give keys to; did you mean 'ticket.note'?",
        "ticket.note: ctrl+s can't be used: it stops what the terminal shows.",
    )


def test_an_action_can_lose_its_key() -> None:
    keymap = resolve({"ticket.note": []})
    assert keymap.shown("ticket.note") == ""
    assert keymap.changed() == {"ticket.note": UNBOUND}


@pytest.mark.parametrize("name", ["program.quit", "program.palette", "program.help", "plans.back", "pane.back"])
def test_what_leads_out_keeps_a_key(name: str) -> None:
    assert name in NEEDED
    keymap = resolve({name: []})
    assert keymap.keys[name] == BY_ID[name].keys
    assert keymap.problems == (f"{name} needs a key, so it keeps its own.",)
    with pytest.raises(InvalidInput, match="no way out"):
        rebound(DEFAULT, name, [])


def test_the_last_key_of_what_leads_out_is_not_taken_away() -> None:
    keymap = resolve({"ticket.note": ["q"]})
    assert keymap.keys["program.quit"] == ("q",)
    assert keymap.keys["ticket.note"] == ()
    with pytest.raises(InvalidInput, match="“Quit” needs a key"):
        rebound(DEFAULT, "ticket.note", ["q"], take=True)


def test_a_key_with_no_name_of_its_own_is_found_where_it_clashes() -> None:
    keymap = resolve({"ticket.note": ["question_mark", "n"]})
    assert keymap.keys["ticket.note"] == ("n",)
    assert "program.help keeps it" in keymap.problems[0]


def test_several_keys_for_one_action_are_fine() -> None:
    assert rebound(DEFAULT, "ticket.note", ["n", "Ctrl+N", "f17"]) == {"ticket.note": ("n", "ctrl+n", "f17")}


def test_one_key_for_two_actions_is_refused_with_the_other_ones_title() -> None:
    assert [(clash.key, clash.action_id) for clash in clashes(DEFAULT, "ticket.note", ["c", "f17"])] == [
        ("c", "ticket.close")
    ]
    with pytest.raises(InvalidInput, match="c means “Close” already"):
        rebound(DEFAULT, "ticket.note", ["c"])


def test_one_key_for_two_actions_that_never_meet_is_fine() -> None:
    assert clashes(DEFAULT, "plans.new", ["c"]) != ()
    assert clashes(DEFAULT, "plans.new", ["m", "t"]) == clashes(DEFAULT, "plans.new", ["m"])
    assert rebound(DEFAULT, "plans.new", ["t"]) == {"plans.new": ("t",)}


def test_keys_can_be_taken_from_the_action_that_has_them() -> None:
    assert rebound(DEFAULT, "ticket.note", ["c"], take=True) == {"ticket.note": ("c",), "ticket.close": ()}


def test_the_key_of_a_macro_is_never_taken() -> None:
    macros = {"f18": "Call back"}
    with pytest.raises(InvalidInput, match="F18 means the macro “Call back” already"):
        rebound(DEFAULT, "ticket.note", ["f18"], macros=macros, take=True)
    assert rebound(DEFAULT, "plans.new", ["f18"], macros=macros) == {"plans.new": ("f18",)}


def test_the_default_keys_need_no_line_of_their_own() -> None:
    keymap = resolve({"ticket.note": ["f17"]})
    assert rebound(keymap, "ticket.note", ["n"]) == {"ticket.note": None}


@pytest.mark.parametrize(
    ("keys", "said"), [(["ctrl+m"], "sends Enter"), (["f17", "F17"], "twice"), (["foo"], "no key")]
)
def test_keys_that_will_not_do_are_refused(keys: list[str], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        rebound(DEFAULT, "ticket.note", keys)


def test_an_action_that_is_not_there_gets_no_keys() -> None:
    with pytest.raises(InvalidInput, match="There is no action"):
        rebound(DEFAULT, "ticket.nothing", ["n"])


def test_a_macro_gets_a_key_that_means_nothing_where_tickets_are_worked_on() -> None:
    check_macro_key(DEFAULT, "f18")
    check_macro_key(DEFAULT, "")
    for key in ("n", "question_mark", "space", "ctrl+s"):
        with pytest.raises(InvalidInput):
            check_macro_key(DEFAULT, key)


ASKED = st.lists(st.sampled_from([*"cnqjx?/", "f17", "escape", "enter"]), max_size=3)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(BY_ID)), ASKED, max_size=6))
def test_whatever_is_asked_for_no_key_means_two_things_and_there_is_a_way_out(asked: dict[str, list[str]]) -> None:
    keymap = resolve(asked)
    assert all(keymap.keys[name] for name in NEEDED)
    changed = [BY_ID[name] for name in {**asked, **keymap.changed()}]
    for one, other in product(changed, ACTIONS):
        if one != other and meet(one, other):
            assert not set(keymap.keys[one.id]) & set(keymap.keys[other.id])
