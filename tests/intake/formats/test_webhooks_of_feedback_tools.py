"""Delighted, AskNicely, Formbricks, Survicate and Help Scout: their lists and events."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from casedesk.domain.errors import InvalidInput
from casedesk.intake.records import ResponseRecord
from tests.intake.conftest import Open

One = Callable[..., ResponseRecord]


def delighted(**changes: Any) -> dict[str, Any]:
    return {
        "id": "81",
        "person": {"id": "7", "email": "Zoe@Example.com", "name": "Zoe Ng", "created_at": 1700000000},
        "survey_type": "nps",
        "score": 4,
        "comment": "Slow reply",
        "permalink": "https://delighted.example/r/81",
        "created_at": 1700000100,
        "updated_at": 1700000200,
        "person_properties": {"Plan": "Gold"},
        "notes": [{"text": "called back"}],
        "tags": ["vip", "late"],
        "additional_answers": [
            {"value": {"select_many": [{"text": "Price"}, {"text": "Speed"}]}, "question": {"text": "What matters?"}},
            {"value": {"scale": 3}, "question": {"text": "How clear was it?"}},
            {"value": {"free_response": "no"}, "question": {"id": "q9"}},
        ],
    } | changes


def test_delighteds_event_is_read(one: One) -> None:
    record = one(json.dumps({"event_type": "survey_response.updated", "event_data": delighted()}))
    assert (record.external_id, record.score, record.score_kind, record.comment) == ("81", 4, "nps", "Slow reply")
    assert record.answered_at == 1700000100
    assert (record.person.external_id, record.person.email, record.person.variables) == (
        "7",
        "zoe@example.com",
        (("plan", "Gold"),),
    )
    answers = dict(record.answers)
    assert (answers["what_matters"], answers["how_clear_was_it"], answers["q9"]) == ("Price | Speed", "3", "no")
    assert (answers["tags"], answers["notes"]) == ("vip | late", "called back")


def test_delighteds_list_with_bare_person_ids_is_read(read: Open) -> None:
    found = read(json.dumps([delighted(person="7", comment=None, person_properties=None)]), "delighted.json")
    assert (found.source.format, found.responses[0].person.external_id) == ("delighted", "7")
    assert found.responses[0].comment == ""


@pytest.mark.parametrize(
    ("survey_type", "score", "kind"),
    [("csat", 5, "csat"), ("ces7", 7, "ces"), ("stars", 3, "rating"), ("nps", 0, "nps")],
)
def test_delighteds_survey_type_says_what_its_score_is(one: One, survey_type: str, score: int, kind: str) -> None:
    record = one(json.dumps([delighted(survey_type=survey_type, score=score)]))
    assert (record.score, record.score_kind) == (score, kind)


def test_delighteds_table_is_read(read: Open) -> None:
    found = read(
        "Response ID,Survey type,Score,Comment,Created at,Person ID,Email,Name,Region\n"
        "81,nps,4,Slow reply,2025-01-02 10:00:00,7,zoe@example.com,Zoe Ng,North\n"
    )
    assert found.source.format == "delighted"
    assert (found.responses[0].external_id, found.responses[0].score) == ("81", 4)
    assert dict(found.responses[0].answers)["region"] == "North"


def asknicely(**changes: Any) -> dict[str, Any]:
    return {
        "response_id": "0542",
        "person_id": "12",
        "name": "Uma Rao",
        "email": "Uma@Example.com",
        "answer": "9",
        "answerlabel": "9",
        "comment": "",
        "sent": "1614192000",
        "responded": "1614192119",
        "segment": None,
        "question_type": "nps",
    } | changes


def test_asknicelys_list_is_read(read: Open) -> None:
    found = read(json.dumps({"success": True, "total": "2", "data": [asknicely(), asknicely(responded="0")]}), "a.json")
    first, second = found.responses
    assert (found.source.format, first.external_id, first.score, first.answered_at) == (
        "asknicely",
        "0542",
        9,
        1614192119,
    )
    assert (first.person.email, first.comment, second.answered_at) == ("uma@example.com", "", None)
    assert found.kinds["sent"] == "meta"


def test_asknicelys_event_is_read(one: One) -> None:
    question = {"id": "77", "score": "3", "comment": "Nobody answered", "responded": "1614192119"}
    record = one(json.dumps({"count": 1, "person": {"id": "12", "email": "uma@example.com"}, "question": question}))
    assert (record.external_id, record.score, record.comment) == ("77", 3, "Nobody answered")
    assert record.person.external_id == "12"


def formbricks(event: str, **changes: Any) -> dict[str, Any]:
    data = {
        "id": "resp1",
        "surveyId": "s1",
        "finished": event == "responseFinished",
        "createdAt": "2025-07-24T07:47:29.507Z",
        "updatedAt": "2025-07-24T07:50:00.000Z",
        "data": {"how_likely_to_recommend": 2, "what_went_wrong": "The form lost my text twice", "colours": ["a", "b"]},
        "contactAttributes": {"email": "Lee@Example.com", "userId": "u5", "plan": "Free"},
        "language": "en",
        "meta": {"country": "DE", "userAgent": {"os": "Linux"}},
        "survey": {"title": "After checkout"},
        "tags": [{"name": "beta"}],
        "variables": {},
    }
    return {"webhookId": "w", "event": event, "data": data | changes}


def test_formbricks_event_is_read(one: One) -> None:
    record = one(json.dumps(formbricks("responseUpdated")))
    assert (record.external_id, record.complete, record.campaign) == ("resp1", False, "After checkout")
    assert (record.score, record.score_kind, record.comment) == (2, "nps", "The form lost my text twice")
    assert record.answered_at == 1753343400
    assert (record.person.external_id, record.person.email, record.person.variables) == (
        "u5",
        "lee@example.com",
        (("plan", "Free"),),
    )
    assert dict(record.answers)["colours"] == "a | b"
    assert one(json.dumps(formbricks("responseFinished")), "finished.json").complete


def test_formbricks_events_of_several_responses_as_lines(read: Open) -> None:
    lines = "\n".join(json.dumps(formbricks("responseFinished", id=f"r{n}")) for n in range(3))
    assert [record.external_id for record in read(lines, "events.jsonl").responses] == ["r0", "r1", "r2"]


def survicate(question: str, **choice: Any) -> dict[str, Any]:
    answered = {
        "responseUuid": "3f-1",
        "survey": {"id": "b9", "name": "Help pages"},
        "timestamp": "2024-05-10T06:46:02+00:00",
        "respondent": {"id": "5", "uuid": "27-9", "attributes": [{"name": "email", "value": "Jo@Example.com"}]},
        "question": {"id": 1, "body": question},
        "choice": choice,
    }
    return {"messageId": "m", "event": {"questionAnswered": answered}}


def test_survicates_event_is_a_part_of_its_response(one: One) -> None:
    record = one(json.dumps(survicate("How likely are you to recommend us?", id=9, body="9", comment="Quick help")))
    assert (record.external_id, record.partial, record.campaign) == ("3f-1", True, "Help pages")
    assert (record.score, record.comment) == (9, "Quick help")
    assert (record.person.external_id, record.person.email) == ("27-9", "jo@example.com")
    word = one(json.dumps(survicate("How was it?", id=4, body="Great", comment=None)), "word.json")
    assert (word.score, dict(word.answers)["how_was_it"]) == (None, "Great")


@pytest.mark.parametrize(
    ("name", "value", "score", "kind"),
    [("promoter", "9", 9, "nps"), ("Happy", "😀", 5, "csat"), ("Meh", "😐", 3, "csat")],
)
def test_help_scouts_survey_answers_are_read(one: One, name: str, value: str, score: int, kind: str) -> None:
    record = one(json.dumps({"name": name, "value": value, "comment": "Fine", "timestamp": "2024-09-05T12:00:00Z"}))
    assert (record.score, record.score_kind, record.comment) == (score, kind, "Fine")
    assert record.answered_at == 1725537600


def test_help_scouts_ratings_are_read(read: Open) -> None:
    ratings = [
        {"id": 1, "rating": "Great", "comments": "thanks", "customer": {"email": "A@b.de"}},
        {"id": 2, "rating": "Not Good", "comments": "", "customer": {"email": "c@d.de"}},
    ]
    records = read(json.dumps(ratings), "ratings.json").responses
    assert [(record.external_id, record.score, record.person.email) for record in records] == [
        ("1", 5, "a@b.de"),
        ("2", 1, "c@d.de"),
    ]


def test_an_event_that_is_no_response_is_refused(read: Open) -> None:
    with pytest.raises(InvalidInput, match="nothing in it looks like a response"):
        read(json.dumps({"event_type": "ping", "sent": "yes"}), "ping.json")
