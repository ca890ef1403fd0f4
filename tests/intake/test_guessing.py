"""What the columns of an unknown table are taken for: by name, and only if their cells agree."""

from __future__ import annotations

import pytest

from tests.intake.conftest import Open


def column(header: str, cells: list[str]) -> str:
    return f'id,"{header}",x\n' + "".join(f'{n},"{cell}",same\n' for n, cell in enumerate(cells))


@pytest.mark.parametrize(
    ("header", "cells", "target", "scale"),
    [
        ("nps", ["0", "9", "10"], "score:nps", None),
        ("How likely are you to recommend us?", ["9", "10", "3"], "score:nps", None),
        ("Würden Sie uns weiterempfehlen?", ["9", "7", "3"], "score:nps", None),
        ("¿Nos recomendaría?", ["9", "7", "3"], "score:nps", None),
        ("Recommanderiez-vous notre service ?", ["9", "7", "3"], "score:nps", None),
        ("Você nos recomendaria?", ["9", "7", "3"], "score:nps", None),
        ("Ci consiglieresti a un amico?", ["9", "7", "3"], "score:nps", None),
        ("Czy polecisz nas znajomym?", ["9", "7", "3"], "score:nps", None),
        ("On a scale of 0-10, how would you rate the fair?", ["4", "5", "3"], "score:nps", None),
        ("CSAT", ["1", "5", "4"], "score:csat", None),
        ("Zufriedenheit", ["1", "5", "4"], "score:csat", None),
        ("Customer Satisfaction Rating", ["3.0", "5.0", "1.0"], "score:csat", None),
        ("How easy was it to solve your problem (customer effort)?", ["7", "6", "1"], "score:ces", None),
        ("Calidad", ["0.0", "5.0", "3.0"], "score:rating", (0, 5)),
        ("rating", ["1.3", "4.8", "5"], "score:rating", (1, 5)),
        ("overall_rating", ["8.0", "2.0", "7.0"], "score:rating", (0, 10)),
        ("Satisfaction", ["9", "8", "2"], "score:rating", (0, 10)),
        ("Ocena", ["5", "4", "1"], "score:rating", (1, 5)),
    ],
)
def test_a_score_is_told_by_its_words_and_numbers(
    read: Open, header: str, cells: list[str], target: str, scale: tuple[float, float] | None
) -> None:
    found = read(column(header, cells))
    assert found.targets.get(header) == target
    assert found.source.columns[1].scale == scale


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Would you recommend this course to your friends?", ["1", "0", "1", "1"]),
        ("recommended", ["0", "1", "1"]),
        ("Q_RecaptchaScore", ["0.9", "0.7", "1"]),
        ("score", ["0.95", "0.2", "0.4"]),
        ("NPS group", ["1", "2", "3"]),
        ("num_helpful_votes", ["3", "9", "0"]),
        ("rating", ["good", "bad", "5"]),
        ("age", ["9", "8", "7"]),
        ("nps", ["64.5", "51.1"]),
    ],
)
def test_other_numbers_are_no_score(read: Open, header: str, cells: list[str]) -> None:
    assert "score" not in "".join(read(column(header, cells)).targets.values())


def test_an_nps_goes_before_other_scores_and_those_stay_answers(read: Open) -> None:
    found = read("csat,Recommend us?,rating,comment\n5,9,4,a\n1,3,2,b\n")
    assert found.targets["Recommend us?"] == "score:nps"
    assert (found.kinds["csat"], found.kinds["rating"]) == ("csat", "rating")


def test_mistakes_in_some_rows_do_not_hide_the_score(read: Open) -> None:
    found = read("nps,comment\n9,a\n11,b\nmany,c\n")
    assert found.targets["nps"] == "score:nps"
    assert len(found.rejects) == 2


def test_many_answers_from_one_to_five_are_no_nps(read: Open) -> None:
    cells = [str(number % 5 + 1) for number in range(40)]
    assert read(column("Would you recommend us?", cells)).source.columns[1].scale == (1, 5)


@pytest.mark.parametrize("header", ["Kommentar", "comentarios", "Commentaire", "Uwagi", "...why?", "review_text"])
def test_a_comment_is_told_by_its_name_even_when_short(read: Open, header: str) -> None:
    assert read(f"nps,{header}\n9,ok\n2,bad\n").targets[header] == "comment"


def test_else_the_longest_free_text_is_the_comment(read: Open) -> None:
    found = read(
        "nps,Q5,Q6\n9,blue,I would like a larger choice of colours\n2,red,The colours faded after only two days\n"
    )
    assert found.targets["Q6"] == "comment"


def test_links_dates_and_addresses_are_no_comment(read: Open) -> None:
    found = read("nps,contact mail for feedback,when\n9,a@b.de,Oct 31 2017 10:00 PM\n2,c@d.de,Oct 30 2017 9:00 PM\n")
    assert "comment" not in found.targets.values()


@pytest.mark.parametrize(
    ("header", "targets"),
    [
        ("Vorname,Nachname,E-Mail", ["person.first_name", "person.last_name", "person.email"]),
        ("nombre,apellidos,correo electrónico", ["person.first_name", "person.last_name", "person.email"]),
        ("Prénom,Nom,Courriel", ["person.first_name", "person.last_name", "person.email"]),
        ("Nome,Cognome,e-mail", ["person.first_name", "person.last_name", "person.email"]),
        ("Imię,Nazwisko,Adres e-mail", ["person.first_name", "person.last_name", "person.email"]),
    ],
)
def test_names_and_addresses_are_told_in_many_languages(read: Open, header: str, targets: list[str]) -> None:
    found = read(f"{header}\nAnna,Berg,anna@example.com\nBo,Dahl,bo@example.com\n")
    assert list(found.targets.values()) == targets
    assert found.source.kind == "contacts"


def test_a_name_without_addresses_in_its_cells_is_not_believed(read: Open) -> None:
    assert "person.email" not in read("nps,email\n9,yes\n2,no\n").targets.values()


def test_the_id_is_a_named_column_in_which_rows_differ(read: Open) -> None:
    assert read("id,review_id,nps\n1,a,9\n1,b,2\n").targets == {"review_id": "external_id", "nps": "score:nps"}
    assert "external_id" not in read("id,nps\n1,9\n1,2\n1,3\n", "same.csv").targets.values()


def test_a_customer_number_is_the_persons_id_and_not_the_responses(read: Open) -> None:
    found = read("ID_Cliente,nps\nC1,9\nC2,3\n")
    assert found.targets["ID_Cliente"] == "person.external_id"
    assert all(record.derived_id for record in found.responses)


def test_a_birthday_is_not_the_time_of_the_answer(read: Open) -> None:
    found = read("Birth date,Answer date,nps\n1980-01-01,2025-01-01,9\n1985-01-01,2025-01-02,8\n")
    assert found.targets["Answer date"] == "answered_at"


def test_a_table_of_which_nothing_is_understood_is_kept_with_a_warning(read: Open) -> None:
    found = read("keyword,department\ntoilet,operations\nprice,sales\n")
    assert found.responses[0].answers == (("keyword", "toilet"), ("department", "operations"))
    assert found.source.warnings == [
        "Nothing looks like a score, a comment or a person; every column is kept as an answer."
    ]


def test_kinds_of_answers_are_told(read: Open) -> None:
    rows = "".join(f"{n},{'red' if n % 2 else 'green'},{n * 7},2025-01-{n + 1:02},word{n}\n" for n in range(12))
    assert read("id,colour,amount,bought,code\n" + rows).kinds == {
        "colour": "choice",
        "amount": "number",
        "bought": "date",
        "code": "text",
    }
