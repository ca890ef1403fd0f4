"""Forms as data: which field is asked, what it offers, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from casedesk.tui.forms import (
    Choice,
    ChoiceField,
    FieldError,
    Form,
    FormState,
    TextField,
    Values,
    YesNoField,
    choices_of,
    tickets_said,
)


@dataclass(frozen=True)
class Acted:
    action: str
    status: str | None
    comment: str


STATUSES = {"Call": ("Reached", "No response"), "Close the loop": ()}


def statuses(values: Values) -> list[Choice]:
    return list(choices_of(STATUSES.get(values["action"], ())))


def form() -> Form[Acted]:
    return Form(
        title="Add an action",
        fields=[
            ChoiceField(name="action", label="Action", choices=choices_of(tuple(STATUSES))),
            ChoiceField(name="status", label="Status", choices=statuses, when=lambda values: bool(statuses(values))),
            TextField(name="comment", label="Comment", required=False, longest=10),
        ],
        submit="Add",
        build=lambda values: Acted(values["action"], values.get("status"), values["comment"]),
    )


def filled(**values: Any) -> FormState[Acted]:
    state = FormState(form())
    for name, value in values.items():
        state.put(name, value)
    return state


def test_a_field_is_asked_only_when_the_ones_before_it_call_for_it() -> None:
    assert [field.name for field in filled(action="Call").asked()] == ["action", "status", "comment"]
    assert [field.name for field in filled(action="Close the loop").asked()] == ["action", "comment"]


def test_a_value_that_an_earlier_change_made_impossible_is_forgotten() -> None:
    state = filled(action="Call", status="Reached")
    state.put("action", "Close the loop")
    assert "status" not in state.known()
    assert state.finish() == Acted("Close the loop", None, "")


def test_steps_go_through_the_fields_that_are_asked() -> None:
    state = filled(action="Close the loop")
    assert state.current == "action"
    assert state.step(1)
    assert state.current == "comment"
    assert state.is_last("")
    assert not state.step(1)
    assert state.step(-1)
    assert state.current == "action"
    assert not state.step(-1)


def test_a_needed_field_complains_when_it_is_empty() -> None:
    with pytest.raises(FieldError, match="Status is needed") as caught:
        filled(action="Call").finish()
    assert caught.value.name == "status"


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(FieldError, match="may have 10 characters; this has 11"):
        filled(action="Close the loop", comment="x" * 11).finish()


def test_a_choice_that_is_refused_can_not_be_taken() -> None:
    field = ChoiceField(name="one", label="One", choices=[Choice("a", "A", refusal="done before")])
    state = FormState(Form(title="", fields=[field], submit="Go"))
    state.put("one", "a")
    with pytest.raises(FieldError):
        state.finish()


def test_yes_and_no_are_values() -> None:
    state = FormState(Form(title="", fields=[YesNoField(name="close", label="Close?")], submit="Go"))
    state.put("close", False)
    assert state.finish() == {"close": False}


def test_the_count_is_said() -> None:
    assert [tickets_said(count) for count in (1, 2, 1204)] == ["ticket", "2 tickets", "1,204 tickets"]
