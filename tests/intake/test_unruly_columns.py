"""Tables whose headings or cells aren't as they should be: nothing of them is lost silently."""

from __future__ import annotations

import pytest

from tests.intake.conftest import Open

CONTACTS = "id,email,name\n1,a@x.com,Ann\n2,b@x.com,Bo\n"


@pytest.mark.parametrize("header", ["External ID", "external_id", "Externe ID", "ID externo"])
def test_a_contacts_file_is_matched_by_an_external_id(read: Open, header: str) -> None:
    found = read(f"{header},email,name\nX1,a@x.com,Ann\nX2,b@x.com,Bo\n", kind="contacts")
    assert [contact.person.external_id for contact in found.contacts] == ["X1", "X2"]


def test_an_answer_with_an_id_of_its_own_is_not_known_by_the_external_one(read: Open) -> None:
    found = read("external_id,id,nps,comment\nP1,1,9,fine as it is here\nP1,2,3,not so good at all\n")
    assert [answer.external_id for answer in found.responses] == ["1", "2"]


# -- ids


@pytest.mark.parametrize("ids", [("1", "2", "3", "3"), ("1", "2", "", "4"), ("7", "7")])
def test_a_column_called_id_holds_the_ids_though_some_repeat_or_lack(read: Open, ids: tuple[str, ...]) -> None:
    found = read("id,nps,comment\n" + "".join(f"{one},9,words {n}\n" for n, one in enumerate(ids)))
    assert found.targets["id"] == "external_id"


def test_a_column_called_id_with_the_same_in_most_rows_is_none(read: Open) -> None:
    found = read("id,question,answer\n" + "".join(f"{n // 4},q{n % 4},words {n}\n" for n in range(12)))
    assert "id" not in found.targets
    assert len({answer.external_id for answer in found.responses}) == 12


# -- no headings


@pytest.mark.parametrize(
    "first",
    ["1,a@z.com,2,terrible,2026-11-01", "1,anna,2,terrible,2026-11-01", "7,anna,2,message,x", ",,a@z.com,good,x"],
)
def test_a_first_line_of_data_is_no_heading(read: Open, first: str) -> None:
    found = read(f"{first}\n2,b@z.com,9,great,2026-11-02\n3,c@z.com,8,good,2026-11-03\n", kind="responses")
    assert [answer.line for answer in found.responses] == [1, 2, 3]
    assert found.source.headers == [f"Column {n}" for n in range(1, 6)]
    assert any("first line" in warning for warning in found.source.warnings)


def test_addresses_without_a_heading_are_still_addresses(read: Open) -> None:
    found = read("1,a@z.com,2,terrible\n2,b@z.com,9,great\n", kind="responses")
    assert [answer.person.email for answer in found.responses] == ["a@z.com", "b@z.com"]


@pytest.mark.parametrize("header", ["id,1,2,3", "name,email,2024,2025", "a,b,c,d", "1,2,3,4"])
def test_headings_with_numbers_stay_headings(read: Open, header: str) -> None:
    found = read(f"{header}\nr1,x,good,yes\nr2,y,bad,no\n", kind="responses")
    assert len(found.responses) == 2


# -- e-mail addresses


def test_one_bad_address_leaves_the_column_one_of_addresses(read: Open) -> None:
    found = read(CONTACTS + "3,not-an-email,Cy\n")
    assert found.targets["email"] == "person.email"
    assert [contact.person.email for contact in found.contacts] == ["a@x.com", "b@x.com"]


@pytest.mark.parametrize("bad", ["not-an-email", "a@b@c"])
def test_a_contact_with_an_impossible_address_is_rejected(read: Open, bad: str) -> None:
    (reject,) = read(CONTACTS + f"3,{bad},Cy\n", kind="contacts").rejects
    assert (reject.line, reject.reason) == (4, f'"{bad}" is no e-mail address in column "email"')


@pytest.mark.parametrize("nothing", ["", "n/a", "-", "None"])
def test_a_contact_without_an_address_is_none_that_has_a_bad_one(read: Open, nothing: str) -> None:
    found = read(CONTACTS + f"3,{nothing},Cy\n", kind="contacts")
    assert (found.rejects, found.contacts[2].person.email) == ([], None)


def test_an_answer_with_an_impossible_address_keeps_its_words_and_the_address(read: Open) -> None:
    found = read("id,email,nps,comment\n1,a@x.com,9,fine\n2,not-an-email,2,late again\n")
    answer = found.responses[1]
    assert (answer.comment, answer.person.is_empty) == ("late again", True)
    assert dict(answer.answers)["email_as_written"] == "not-an-email"


# -- scores


@pytest.mark.parametrize("nothing", ["N/A", "n/a", "-", "none", "–", "NULL"])
def test_a_word_for_nothing_is_no_score_and_no_mistake(read: Open, nothing: str) -> None:
    found = read(f"id,nps,comment\n1,9,fine\n2,{nothing},late again\n3,2,bad\n")
    assert found.rejects == []
    assert [answer.score for answer in found.responses] == [9, None, 2]
    assert found.responses[1].comment == "late again"


def test_a_column_of_scores_is_one_though_most_gave_none(read: Open) -> None:
    rows = "".join(f"{n},{'N/A' if n % 4 else 9},words\n" for n in range(40))
    assert (
        read(f"id,Satisfaction (CSAT),x\n{rows.replace(',9,', ',5,')}").targets["Satisfaction (CSAT)"] == "score:csat"
    )


# -- campaigns


@pytest.mark.parametrize("nothing", ["none", "None", " NONE "])
def test_a_row_of_a_campaign_called_none_is_rejected(read: Open, nothing: str) -> None:
    (reject,) = read(f"id,nps,comment,campaign\n1,9,fine,Spring\n2,2,bad,{nothing}\n").rejects
    assert (reject.line, "stands for no campaign" in reject.reason) == (3, True)
