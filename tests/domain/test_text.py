"""The words of texts in any script, and that SQLite's index sees the same ones (behaviour 6.1)."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings, strategies as st

from casedesk.domain.text import TOKENIZER, as_number, caseless, fold, has_words, segmented, spellings, tokens
from tests.examples import examples

TEXTS = st.text(
    st.one_of(
        st.sampled_from("abcXYZ 09.,-_'äÖéßñ€™…ΣσςáЙйёЩ退款がｶﾌﾟテไม่ดີລາวကောင်းល្អمُحَمَّدשָׁלוֹםहिन्दी한국🤣₺ﬁ½İı"),
        st.characters(exclude_categories=("Cs",), exclude_characters="\0"),
    ),
    max_size=40,
)


def index_words(texts: list[str]) -> list[list[str]]:
    """The words that SQLite's tokenizer finds in each of the texts as they would be indexed."""
    connection = sqlite3.connect(":memory:")
    connection.execute(f'CREATE VIRTUAL TABLE f USING fts5(x, tokenize = "{TOKENIZER}")')
    connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(f, instance)")
    found: list[list[str]] = [[] for _ in texts]
    for number, text in enumerate(texts):
        prepared = segmented(text)
        connection.execute("INSERT INTO f (rowid, x) VALUES (?, ?)", (number, text if prepared is None else prepared))
    for word, number in connection.execute("SELECT term, doc FROM v ORDER BY doc, offset"):
        found[number].append(word)
    connection.close()
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Late delivery, no refund!", ["late", "delivery", "no", "refund"]),
        ("Rosa MARÍN", ["rosa", "marin"]),
        ("Über-Größe", ["uber", "große"]),
        ("ΟΔΟΣ οδος", ["οδοσ", "οδοσ"]),
        ("Йод ёлка", ["йод", "ёлка"]),
        ("İstanbul", ["istanbul"]),
        ("退款很慢 abc", ["退", "款", "很", "慢", "abc"]),
        ("東京tower", ["東", "京", "tower"]),
        ("ราคาแพง", ["ร", "า", "ค", "า", "แ", "พ", "ง"]),
        ("हिन्दी शब्द", ["हिन्दी", "शब्द"]),
        ("مُحَمَّد شكراً", ["محمد", "شكرا"]),
        ("love it🤣", ["love", "it"]),
        ("e\u0301te\u0301", ["ete"]),
        ("ﬁne ½", ["fine", "½"]),
        ("...", []),
    ],
)
def test_tokens_are_the_folded_words_of_any_script(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize("text", ["Late delivery", "Straße, Größe – „gut“…", "Ελλαδα", "Быстрая доставка", ""])
def test_a_text_that_the_index_cuts_rightly_needs_no_segmenting(text):
    assert segmented(text) is None


def test_scripts_without_blanks_are_set_apart():
    assert segmented("退款 please") == "退 款 please"
    assert segmented("ที่นี่") == "ที่ นี่"


@given(st.lists(TEXTS, min_size=1, max_size=20))
@settings(max_examples=examples(60), deadline=None)
def test_the_index_holds_exactly_the_words_that_tokens_finds(texts):
    assert index_words(texts) == [tokens(text) for text in texts]


def test_the_index_agrees_on_every_single_character_that_is_indexed_as_it_stands():
    plain = [f"a{chr(code)}b" for code in range(1, 0x3000) if segmented(chr(code)) is None]

    assert index_words(plain) == [tokens(text) for text in plain]


@given(TEXTS)
def test_fold_forgets_case_and_accents(text):
    assert fold(fold(text)) == fold(text)
    assert fold("É") == fold("é") == "e"


@given(TEXTS)
def test_caseless_keeps_the_length_and_the_alphabet(text):
    form = caseless(text)

    assert len(form) == len(text)
    assert [c.isascii() for c in form] == [c.isascii() for c in text]
    assert caseless(form) == form


@given(st.text(st.sampled_from("aZäÖßςΣσйЙ退"), max_size=6))
def test_spellings_are_all_the_texts_with_the_same_caseless_form(text):
    found = spellings(text, limit=1000)

    assert found is not None
    assert text in found
    assert {caseless(form) for form in found} == {caseless(text)}


def test_too_many_spellings_are_not_listed():
    assert spellings("йцукенгшщзх", limit=64) is None


@pytest.mark.parametrize(
    ("text", "words", "prefix", "expected"),
    [
        ("late delivery again", ["delivery"], False, True),
        ("late deliveries", ["delivery"], False, False),
        ("late deliveries", ["deliv"], True, True),
        ("late delivery again", ["late", "delivery"], False, True),
        ("delivery late", ["late", "delivery"], False, False),
        ("late late delivery", ["late", "deliv"], True, True),
        ("a b a b c", ["a", "b", "c"], False, True),
        ("a b", ["a", "b", "c"], False, False),
        ("anything", [], False, True),
    ],
)
def test_words_have_to_follow_one_another(text, words, prefix, expected):
    assert has_words(text, words, prefix=prefix) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("10", 10.0), ("-2.5", -2.5), (".5", 0.5), ("5.", 5.0), ("٣", None), ("1e5", None), ("1 000", None), ("-", None)],
)
def test_a_number_is_digits_with_at_most_one_point(text, expected):
    assert as_number(text) == expected
