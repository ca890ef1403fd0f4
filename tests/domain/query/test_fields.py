"""The registry of fields: what help, completion and documentation are made from."""

from __future__ import annotations

import pytest

from casedesk.domain.query import FIELDS, SYNTAX, Query, parse, reference
from casedesk.domain.query.fields import find_field
from casedesk.domain.query.parsing import sort_words


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_the_example_of_every_field_is_a_query_that_names_it(field):
    assert field.name in repr(parse(field.example).root) or field.since in repr(parse(field.example).root)


def test_no_name_stands_for_two_fields():
    names = [name for field in FIELDS for name in (field.name, *field.aliases)]

    assert len(names) == len(set(names))
    assert all(find_field(name) is not None for name in names)
    assert not {"is", "has", "sort", "or", "and", "not"} & set(names)


def test_the_reference_has_a_line_with_a_sentence_for_every_field():
    lines = reference()

    assert [line.name.partition(".")[0] for line in lines] == [field.name for field in FIELDS]
    assert all(line.about and line.example and line.kind for line in lines)


def test_every_sortable_field_sorts_both_ways():
    for word in sort_words():
        assert parse(f"sort:{word}").sort != parse(f"sort:-{word}").sort


@pytest.mark.parametrize("example", [example for example, _ in SYNTAX])
def test_the_examples_of_the_syntax_are_queries(example):
    assert parse(example) != Query()
