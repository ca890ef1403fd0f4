"""JSON in its shapes, JSON Lines, and what damage costs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from casedesk.domain.errors import InvalidInput
from casedesk.intake.json_walk import JsonWalk
from tests.examples import examples
from tests.intake.conftest import Open

RECORDS = [
    {"id": 1, "nps": 9, "comment": "first"},
    {"id": 2, "nps": 3, "comment": "second", "extra": {"city": "Bonn", "tags": ["a", "b"]}},
]
LINES = "\n".join(map(json.dumps, RECORDS))


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(RECORDS),
        json.dumps(RECORDS, indent=2),
        LINES,
        LINES + "\n",
        "\n\n".join(json.dumps(record, indent=1) for record in RECORDS),
        json.dumps({"total": 2, "data": RECORDS}),
        json.dumps({"list_of_mine": RECORDS, "next": None}),
        "\ufeff" + json.dumps(RECORDS),
    ],
)
def test_every_shape_gives_the_same_records(read: Open, content: str) -> None:
    found = read(content, "answers.json")
    assert [(record.external_id, record.score, record.comment) for record in found.responses] == [
        ("1", 9, "first"),
        ("2", 3, "second"),
    ]
    assert dict(found.responses[1].answers) == {
        "nps": "3",
        "comment": "second",
        "extra_city": "Bonn",
        "extra_tags": "a | b",
    }


def test_columns_that_come_late_are_kept(read: Open) -> None:
    many = [{"id": number, "nps": 9} for number in range(1500)]
    found = read(json.dumps([*many, {"id": 1500, "nps": 3, "late": "here"}]), "answers.json")
    assert found.responses[-1].answers == (("nps", "3"), ("late", "here"))
    assert "late" in found.kinds


def test_numbers_stay_as_they_are_written(read: Open) -> None:
    found = read('[{"id": 12345678901234567890123, "rating": 4.50, "comment": "x"}]', "answers.json")
    assert found.responses[0].external_id == "12345678901234567890123"
    assert dict(found.responses[0].answers)["rating"] == "4.50"


def test_a_record_has_the_line_it_begins_on(read: Open) -> None:
    found = read(json.dumps(RECORDS, indent=1), "answers.json")
    assert [record.line for record in found.responses] == [2, 7]


def test_a_bad_line_of_json_lines_costs_only_itself(read: Open) -> None:
    found = read('{"id": 1, "nps": 9}\nnope\n[1]\n{"id": 2, "nps": "open\n{"id": 3, "nps": 4}\n', "answers.jsonl")
    assert [record.external_id for record in found.responses] == ["1", "3"]
    assert [(reject.line, reject.reason) for reject in found.rejects] == [
        (2, "this is not JSON: expecting value"),
        (3, "this is not a JSON object"),
        (4, "this is not JSON: unterminated string starting at"),
    ]


@pytest.mark.parametrize("begin", ["[", '{"total": 9, "responses": ['])
def test_a_list_cut_off_keeps_its_whole_records(read: Open, begin: str) -> None:
    found = read(begin + '{"id": 1, "nps": 9},\n{"id": 2, "np', "answers.json")
    assert [record.external_id for record in found.responses] == ["1"]
    assert [(reject.line, reject.reason) for reject in found.rejects] == [
        (2, "the file ends in the middle of this record")
    ]


def test_damage_inside_a_list_ends_it_and_says_so(read: Open) -> None:
    found = read('[{"id": 1, "nps": 9},\n{"id": 2 "nps": 3},\n{"id": 3, "nps": 4}]', "answers.json")
    assert [record.external_id for record in found.responses] == ["1"]
    assert found.rejects[0].line == 2
    assert "the rest could not be read" in found.rejects[0].reason


def test_a_record_longer_than_a_row_may_be_costs_only_itself(read: Open) -> None:
    long = '{"id": 2, "comment": "' + '\\"x' * 6_000_000 + '"}'
    for content, name in (
        (f'[{{"id": 1, "nps": 9}},\n{long},\n{{"id": 3, "nps": 4}}]', "answers.json"),
        (f'{{"id": 1, "nps": 9}}\n{long}\n{{"id": 3, "nps": 4}}', "answers.jsonl"),
    ):
        found = read(content, name)
        assert [record.external_id for record in found.responses] == ["1", "3"]
        assert [(reject.line, reject.reason) for reject in found.rejects] == [
            (2, "the record is longer than 12 million characters")
        ]


def test_a_long_envelope_is_found_without_reading_it_whole(read: Open) -> None:
    found = read(
        json.dumps({"page": {"n": 1}, "x": "y" * 3_000_000, "rows": [{"id": n, "nps": 9} for n in range(3)]}), "a.json"
    )
    assert len(found.responses) == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('["a", "b"]', "is JSON without any records"),
        ("[]", "is JSON without any records"),
        ("{}", "is JSON whose records are empty"),
        ('{"sent": 5, "opened": 3}', "nothing in it looks like a response"),
        ('{"nps": "64.5"}', "nothing in it looks like a response"),
        ('[{"month": "8", "promoters": 1, "detractors": 0, "nps": "50.0"}]', "holds the totals of a survey"),
        ('{"id": 1} trailing', "something follows the JSON document"),
        ('{"id": 1, ', "can't be read as JSON: line 1"),
    ],
)
def test_json_without_responses_is_refused_with_its_reason(read: Open, content: str, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        read(content, "answers.json")


plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.text(max_size=10), st.integers().map(str)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=examples(50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(plain, max_size=6), st.booleans())
def test_a_walk_meets_every_element_or_passes_over_it(tmp_path: Path, values: list[object], escaped: bool) -> None:
    path = tmp_path / "walk.json"
    path.write_text(json.dumps(values, ensure_ascii=escaped, indent=1), encoding="utf-8", errors="surrogatepass")
    with JsonWalk(path, "utf-8") as walk:
        assert [walk.value() for _ in walk.elements()] == values
    passable = [value for value in values if isinstance(value, str | list | dict)]
    path.write_text(json.dumps(passable), encoding="utf-8")
    with JsonWalk(path, "utf-8") as walk:
        assert sum(1 for _ in walk.elements() if walk.pass_over() is None) == len(passable)  # type: ignore[func-returns-value]
