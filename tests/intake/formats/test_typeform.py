"""Typeform exports and events."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from casedesk.intake.records import ResponseRecord
from tests.intake.conftest import Open

CSV = (
    '#,"How likely are you to recommend the gym?",Other,Yoga,Boxing,Other,"What would you change?",'
    '"Start Date (UTC)","Submit Date (UTC)","Network ID"\n'
    "0a1b2c3d4e5f60718293a4b5c6d7e8f9,8,,Yoga,,,More mats please,"
    '"2025-03-29 21:21:23","2025-03-29 21:23:43",5f57f20d14\n'
    '1a1b2c3d4e5f60718293a4b5c6d7e8f9,,,,,dance,,"2025-03-29 21:30:00",,6f57f20d14\n'
)


def event(**response: Any) -> dict[str, Any]:
    fields = [
        {"id": "f1", "ref": "r1", "title": "How likely are you to recommend the gym?", "type": "nps"},
        {"id": "f2", "ref": "r2", "title": "What would you change?", "type": "long_text"},
        {"id": "f3", "ref": "r3", "title": "Which classes?", "type": "multiple_choice"},
        {"id": "f4", "ref": "r4", "title": "Which classes?", "type": "multiple_choice"},
        {"id": "f5", "ref": "r5", "title": "Your e-mail?", "type": "email"},
    ]
    answers = [
        {"type": "number", "number": 6, "field": {"id": "f1"}},
        {"type": "text", "text": "More mats, longer hours and showers", "field": {"id": "f2"}},
        {"type": "choices", "choices": {"labels": ["Yoga", "Boxing"], "other": "Judo"}, "field": {"id": "f3"}},
        {"type": "choice", "choice": {"label": "Evening"}, "field": {"id": "f4"}},
        {"type": "email", "email": "Kim@Example.com", "field": {"id": "f5"}},
        {"type": "boolean", "boolean": True, "field": {"id": "gone", "ref": "terms"}},
    ]
    form = {
        "form_id": "gym",
        "token": "tok1",
        "landed_at": "2025-03-29T21:21:23Z",
        "submitted_at": "2025-03-29T21:23:43Z",
        "hidden": {"user_id": "u9", "plan": "Gold"},
        "calculated": {"score": 9},
        "variables": [{"key": "level", "type": "number", "number": 4}],
        "definition": {"id": "gym", "title": "Gym survey", "fields": fields},
        "answers": answers,
    }
    return {"event_id": "e1", "event_type": "form_response", "form_response": form | response}


def test_the_csv_export_is_read(read: Open) -> None:
    found = read(CSV)
    assert found.source.format == "typeform"
    first, second = found.responses
    assert (first.external_id, first.score, first.comment) == (
        "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        8,
        "More mats please",
    )
    assert (first.answered_at, first.complete) == (1743283423, True)
    assert (second.answered_at, second.complete) == (None, False)
    assert dict(second.answers)["other_2"] == "dance"
    assert found.kinds["network_id"] == "meta"


def test_a_webhooks_event_is_read(one: Callable[..., ResponseRecord]) -> None:
    record = one(json.dumps(event()))
    assert (record.external_id, record.answered_at, record.campaign) == ("tok1", 1743283423, "Gym survey")
    assert (record.score, record.score_kind) == (6, "nps")
    assert record.comment == "More mats, longer hours and showers"
    assert (record.person.external_id, record.person.email) == ("u9", "kim@example.com")
    assert record.person.variables == (("plan", "Gold"),)
    answers = dict(record.answers)
    assert (answers["which_classes"], answers["which_classes_2"]) == ("Yoga | Boxing | Judo", "Evening")
    assert (answers["terms"], answers["calculated_score"], answers["variables_level"]) == ("true", "9", "4")


def test_a_question_defined_as_a_rating_has_its_steps(one: Callable[..., ResponseRecord]) -> None:
    fields = [
        {"id": "a", "title": "How many visits a week?", "type": "number"},
        {"id": "b", "title": "The showers", "type": "rating", "properties": {"steps": 7}},
    ]
    answers = [
        {"type": "number", "number": 3, "field": {"id": "a"}},
        {"type": "number", "number": 6, "field": {"id": "b"}},
    ]
    record = one(json.dumps(event(definition={"fields": fields}, answers=answers)))
    assert (record.score, record.score_kind) == (6, "rating")


def test_questions_that_were_skipped_are_left_out(one: Callable[..., ResponseRecord]) -> None:
    record = one(json.dumps(event(answers=[])))
    assert (record.score, record.comment, record.person.email) == (None, "", None)


def test_a_list_of_responses_is_read(read: Open) -> None:
    items = [event(token=f"t{n}")["form_response"] for n in range(3)]
    found = read(json.dumps({"total_items": 3, "items": items}), "responses.json")
    assert [record.external_id for record in found.responses] == ["t0", "t1", "t2"]


def test_parts_of_another_shape_than_expected_do_no_harm(one: Callable[..., ResponseRecord]) -> None:
    record = one(json.dumps(event(hidden=[], definition="x", variables={"a": 1}, calculated=None)))
    assert dict(record.answers)["f2"] == "More mats, longer hours and showers"
