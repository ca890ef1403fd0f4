"""What the query language says (behaviour 6.1, 6.3)."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given, settings, strategies as st

from casedesk.domain.query import Query, QueryError, parse, render
from casedesk.domain.query.tree import (
    And,
    Compare,
    Date,
    Duration,
    FieldRef,
    Has,
    In,
    Is,
    Me,
    Name,
    Not,
    Number,
    Op,
    Or,
    Range,
    Sort,
    Text,
)
from tests.examples import examples


def field(name: str, key: str = "") -> FieldRef:
    return FieldRef(name, key)


def named(name: str, value: str) -> Compare:
    return Compare(FieldRef(name), Op.EQ, Name(value))


def test_the_example_of_the_language():
    query = parse(
        'is:open nps<=6 tag:callback -class:price assignee:me created>=2026-01-01 answer.contact_me:"Yes, please"'
        ' "late delivery" sort:due'
    )

    assert query == Query(
        And(
            (
                Is("open"),
                Compare(field("nps"), Op.LE, Number(6)),
                named("tag", "callback"),
                Not(named("class", "price")),
                Compare(field("owner"), Op.EQ, Me()),
                Compare(field("created"), Op.GE, Date("2026-01-01")),
                Compare(field("answer", "contact_me"), Op.EQ, Name("Yes, please")),
                Text("late delivery"),
            )
        ),
        (Sort("due"),),
    )


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "!!!", "-", "- , ."])
def test_nothing_to_look_for_is_everything(text):
    assert parse(text).root is None


def test_an_empty_query_does_not_load_the_grammar():
    code = "import sys; from casedesk.domain.query import parse; parse(''); sys.exit('lark' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "leaf"),
    [
        ("refund", Text("refund")),
        ("refun*", Text("refun", prefix=True)),
        ('"late delivery"', Text("late delivery")),
        ('"late deliv"*', Text("late deliv", prefix=True)),
        (r'"say \"no\" \\ please"', Text(r'say "no" \ please')),
        ("退款*", Text("退款", prefix=True)),
        ("or", Text("or")),
        ("ORDER", Text("ORDER")),
        ("e-mail", Text("e-mail")),
        ("14:02", Text("14:02")),
        ("https://example.com/a", Text("https://example.com/a")),
        ("don't", Text("don't")),
        ("#10412", Compare(field("number"), Op.EQ, Number(10412))),
        ('"#10412"', Text("#10412")),
    ],
)
def test_words_phrases_and_beginnings(text, leaf):
    assert parse(text).root == leaf


@pytest.mark.parametrize(
    ("text", "leaf"),
    [
        ("status:new", named("status", "new")),
        ("Status = new", named("status", "new")),
        ("status: new", named("status", "new")),
        ('contact.region:"North West"', Compare(field("contact", "region"), Op.EQ, Name("North West"))),
        ('answer."May we contact you?":Yes', Compare(field("answer", "may we contact you?"), Op.EQ, Name("Yes"))),
        ("nps<=6", Compare(field("nps"), Op.LE, Number(6))),
        ("nps <= 6", Compare(field("nps"), Op.LE, Number(6))),
        ("created:>=2026", Compare(field("created"), Op.GE, Date("2026"))),
        ("score>-0.5", Compare(field("score"), Op.GT, Number(-0.5))),
        ("contact.seats>10", Compare(field("contact", "seats"), Op.GT, Number(10))),
        ("title!=refund", Not(named("title", "refund"))),
        ("score:0..6", Range(field("score"), Number(0), Number(6))),
        ("score:..6", Range(field("score"), None, Number(6))),
        ("score:6..", Range(field("score"), Number(6), None)),
        ("created:2026-01-01..2026-02-01", Range(field("created"), Date("2026-01-01"), Date("2026-02-01"))),
        ("status:new,open", In(field("status"), (Name("new"), Name("open")))),
        ('status:new, "in progress"', In(field("status"), (Name("new"), Name("in progress")))),
        ("nps:detractor", Range(field("nps"), Number(0), Number(6))),
        ("csat:positive", Range(field("csat"), Number(4), Number(5))),
        ("nps:detractor,10", Or((Range(field("nps"), Number(0), Number(6)), Compare(field("nps"), Op.EQ, Number(10))))),
        ("due<2h", Compare(field("due"), Op.LT, Duration(2, "h"))),
        ("due:-2h", Compare(field("due"), Op.EQ, Duration(2, "h", "-"))),
        ("age>3mo", Compare(field("age"), Op.GT, Duration(3, "mo"))),
        ("owner:me", Compare(field("owner"), Op.EQ, Me())),
        ('owner:"me"', named("owner", "me")),
        ("owner:none", Not(Has(field("owner")))),
        ('tag:"none"', named("tag", "none")),
        ("tag:none,vip", Or((Not(Has(field("tag"))), named("tag", "vip")))),
        ("tag:*", Has(field("tag"))),
        ("has:comment", Has(field("comment"))),
        ("has:contact.region", Has(field("contact", "region"))),
        ("has:tag,note", Or((Has(field("tag")), Has(field("note"))))),
        ("email:*@acme.de", Compare(field("email"), Op.EQ, Name("@acme.de", open_start=True))),
        ("tag:call*", Compare(field("tag"), Op.EQ, Name("call", open_end=True))),
        ('phone:"+49 (30) 12-34"', named("phone", "+49301234")),
        ("contact:#12", Compare(field("contact_id"), Op.EQ, Number(12))),
        ("is:new,open", Or((Is("new"), Is("open")))),
        ("is!=closed", Not(Is("closed"))),
    ],
)
def test_fields_and_their_values(text, leaf):
    assert parse(text).root == leaf


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a b", And((Text("a"), Text("b")))),
        ("a AND b", And((Text("a"), Text("b")))),
        ("a OR b c", Or((Text("a"), And((Text("b"), Text("c")))))),
        ("(a OR b) c", And((Or((Text("a"), Text("b"))), Text("c")))),
        ("a|b", Or((Text("a"), Text("b")))),
        ("a (b (c d))", And((Text("a"), Text("b"), Text("c"), Text("d")))),
        ("-a", Not(Text("a"))),
        ("NOT a", Not(Text("a"))),
        ("--a", Text("a")),
        ("-(a b)", Not(And((Text("a"), Text("b"))))),
        ('-"a b"', Not(Text("a b"))),
        ("a OR !!!", Text("a")),
    ],
)
def test_negation_alternatives_and_groups(text, tree):
    assert parse(text).root == tree


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("sort:due", (Sort("due"),)),
        ("sort:-due", (Sort("due", descending=True),)),
        ("late sort:priority,-created", (Sort("priority"), Sort("created", descending=True))),
        ("sort:priority (late sort:score)", (Sort("priority"), Sort("score"))),
        ("sort:age", (Sort("created", descending=True),)),
        ("sort:-idle", (Sort("updated"),)),
        ("sort:nps", (Sort("score"),)),
        ("sort:-ces,rating", (Sort("score", descending=True), Sort("score"))),
    ],
)
def test_the_order(text, sort):
    assert parse(text).sort == sort


@pytest.mark.parametrize(
    ("text", "word"),
    [("171", Text("171")), ("171*", Text("171", prefix=True)), ("(171)", Text("171")), ("171 sort:due", Text("171"))],
)
def test_nothing_but_a_number_means_that_ticket_and_those_with_the_number_in_their_words(text, word):
    assert parse(text).root == Or((Compare(FieldRef("number"), Op.EQ, Number(171.0)), word))


@pytest.mark.parametrize("text", ['"171"', "1.5", "late 171", "-171", "171 172", "1234567890123456"])
def test_a_number_among_other_words_is_a_word(text):
    assert "number" not in render(parse(text))


@pytest.mark.parametrize("text", ["has:ticket", "-ticket:none", "number:*"])
def test_having_a_ticket_is_having_its_number(text):
    assert parse(text).root == Has(FieldRef("number"))


@pytest.mark.parametrize("name", ["id", "ticket", "Tags", "classification", "assignee", "exit-state", "LANG", "due_at"])
def test_fields_have_other_names_and_any_case(name):
    value = "1" if name in ("id", "ticket") else "today" if name == "due_at" else "x"

    assert parse(f"{name}:{value}").root is not None


def test_the_source_is_kept_and_does_not_make_queries_differ():
    assert parse("a  b").source == "a  b"
    assert parse("a  b") == parse("a b")


def test_the_longest_and_deepest_query_is_taken():
    assert isinstance(parse("a " * 2048).root, And)
    assert parse("(" * 50 + "a" + ")" * 50).root == Text("a")
    assert parse("-" * 4094 + "a").root == Text("a")


PIECES = (
    'is:open', '-(', ')', '(', 'OR', 'AND', 'NOT', '"', '"a', '"a"', ':', 'nps<=', '6..', '..6', ',', 'status:new,open',
    'answer.', 'answer."x":1', 'sort:', 'sort:-', 'has:', 'created:', 'today', '7d', '#1', '#x', '--', '*', '**',
    'tag:*', '\u202e', '\ud800', '\U0001f600', 'contact.a.b:1', 'x:y', '<=', '=', '!=', '|',
)  # fmt: skip
HOSTILE = st.one_of(
    st.text(max_size=200),
    st.text(st.sampled_from('()"\\-:<>=!|*.,# \n\0aORND1'), max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
)


def outcome(text: str) -> Query | QueryError:
    try:
        return parse(text)
    except QueryError as error:
        return error


@given(HOSTILE)
@settings(max_examples=examples(200), deadline=None)
@example("(" * 3000)
@example(")" * 3000)
@example('"' * 3001)
@example("-(" * 2000)
@example("a" * 5000)
@example("a:" * 2000)
@example("nps" + " " * 4000)
@example("a." * 2000 + ":")
@example("status:" + "a," * 2000)
def test_whatever_the_text_the_answer_is_a_query_or_a_mistake_with_a_place(text):
    found = outcome(text)

    if isinstance(found, QueryError):
        assert 1 <= found.column <= len(text) + 1
        assert found.length >= 0
        assert found.sentence
    else:
        assert found.source == text


def test_a_variable_is_believed_while_the_desk_knows_none():
    class Bare:
        def values(self, field):
            return ()

        def keys(self, field):
            return ()

    assert parse("contact.plan:Gold", Bare()).root is not None
