"""Mappings as people write, keep and give them."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import tomli_w

from casedesk.domain.errors import InvalidInput
from casedesk.intake.mapping import Column, Mapping
from tests.intake.conftest import Open

PLAIN = {
    "kind": "responses",
    "source": "shop",
    "zone": "Europe/Berlin",
    "dates": "day first",
    "columns": [
        {"header": "Nr", "target": "external_id"},
        {"header": "Wann", "target": "answered_at"},
        {"header": "Punkte", "target": "score:rating", "scale": [1, 6]},
        {"header": "Text", "target": "comment"},
        {"header": "Ort", "target": "variable:city"},
        {"header": "Intern", "target": "ignore"},
    ],
}
FILE = "Nr;Wann;Punkte;Text;Ort;Intern;Neu\n007;1.2.2025 10:00;6;gut;Bonn;x;kept\n"


def test_a_mapping_survives_toml() -> None:
    mapping = Mapping(
        format="plain",
        kind="responses",
        columns=(
            Column("q", "score:csat", label="How?", kind="csat", labels=(("good", 5.0),)),
            Column("x", "answer:x", choices=("a b", "c")),
            Column("y", "answer:x", choice="d"),
        ),
        source="s",
        header_lines=2,
        zone="Europe/Paris",
        dates="month first",
        region="FR",
        blanks=("-",),
        partial=True,
    )
    assert Mapping.from_dict(tomllib.loads(tomli_w.dumps(mapping.to_dict()))) == mapping


def test_the_scale_of_a_rating_survives_toml() -> None:
    mapping = Mapping("plain", "tickets", (Column("z", "score:rating", scale=(0.0, 5.0)),))
    assert Mapping.from_dict(tomllib.loads(tomli_w.dumps(mapping.to_dict()))) == mapping


def test_a_given_mapping_is_followed_and_other_columns_are_kept(read: Open) -> None:
    found = read(FILE, mapping=Mapping.from_dict(PLAIN))
    (record,) = found.responses
    assert (record.external_id, record.answered_at, record.score, record.score_kind) == ("007", 1738400400, 6, "rating")
    assert (record.comment, record.person.variables) == ("gut", (("city", "Bonn"),))
    assert record.answers == (("punkte", "6"), ("text", "gut"), ("neu", "kept"))
    assert found.source.certain
    assert found.source.mapping.source == "shop"


def test_headers_are_found_in_any_case_and_spacing(read: Open) -> None:
    mapping = Mapping.from_dict({"columns": [{"header": "my  SCORE", "target": "score:nps"}]})
    assert read("My Score,x\n9,y\n", mapping=mapping).responses[0].score == 9


def test_a_file_without_header_lines_names_columns_by_place(read: Open) -> None:
    mapping = Mapping.from_dict(
        {
            "header_lines": 0,
            "columns": [
                {"header": "Column 1", "target": "person.email"},
                {"header": "Column 2", "target": "score:nps"},
            ],
        }
    )
    records = read("a@b.de,9\nc@d.de,3\n", mapping=mapping).responses
    assert [(record.line, record.person.email, record.score) for record in records] == [
        (1, "a@b.de", 9),
        (2, "c@d.de", 3),
    ]


def test_columns_that_the_file_lacks_are_named(read: Open) -> None:
    found = read("Nr;Punkte\n1;2\n", mapping=Mapping.from_dict(PLAIN))
    assert 'The mapping\'s columns "Wann", "Text", "Ort", "Intern" are not in the file.' in found.source.warnings


def test_a_mapping_made_for_another_file_is_refused(read: Open) -> None:
    with pytest.raises(InvalidInput, match=r"None of the mapping's columns is in survey\.csv"):
        read("a,b\n1,2\n", mapping=Mapping.from_dict(PLAIN))


def test_a_mapping_of_another_kind_is_refused(read: Open) -> None:
    with pytest.raises(InvalidInput, match="The mapping reads responses, not contacts"):
        read(FILE, mapping=Mapping.from_dict(PLAIN), kind="contacts")


def column(**entries: Any) -> dict[str, Any]:
    return {"columns": [{"header": "a", **entries}]}


@pytest.mark.parametrize(
    ("plain", "sentence"),
    [
        ({"colums": []}, r'unknown entry "colums"; did you mean columns\?'),
        ({"kind": "mentions"}, "kind is .mentions.; it can be responses, contacts or tickets"),
        ({"zone": "Nowhere"}, "no time zone .Nowhere."),
        ({"dates": "us"}, "day first"),
        ({"header_lines": "2"}, "header_lines must be a whole number"),
        ({"columns": {}}, "columns must be a list"),
        ({"columns": [{"target": "comment"}]}, "has no header"),
        ({"format": "nope", "columns": []}, 'There is no format "nope"'),
        (column(target="coment"), r"unknown target .coment.; did you mean comment\?"),
        (column(target="answer:"), "unknown target"),
        (column(target="title"), "unknown target"),
        (column(target="score:rating"), "must say its scale"),
        (column(target="score:rating", scale=[5, 1]), "two numbers, the lower first"),
        (column(labels=["good"]), "labels must be a table"),
        (column(choices="x"), "choices must be a list"),
        (column(header=7), "header must be a text"),
        (
            {"columns": [{"header": "a", "target": "score:nps"}, {"header": "b", "target": "score:csat"}]},
            'Two columns of the mapping are "score"',
        ),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said(read: Open, plain: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        read("a,b\n1,2\n", mapping=Mapping.from_dict(plain))
