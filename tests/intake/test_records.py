"""What rows become: ids, times, people, answers, tickets and contacts."""

from __future__ import annotations

from casedesk.intake.mapping import Mapping
from tests.intake.conftest import Open


def test_a_row_becomes_a_response_with_its_person_and_answers(read: Open) -> None:
    found = read(
        "response_id,submitted_at,email,first_name,last_name,company,nps,comment,May we call?\n"
        "00017,2025-03-01 10:00:00, Rosa@Example.COM ,Rosa,Marín,Acme,2, too slow ,yes\n"
    )
    (record,) = found.responses
    assert (record.line, record.external_id, record.derived_id, record.answered_at) == (2, "00017", False, 1740823200)
    assert (record.score, record.score_kind, record.comment, record.complete) == (2, "nps", "too slow", True)
    assert (record.person.email, record.person.name, record.person.account) == (
        "rosa@example.com",
        "Rosa Marín",
        "Acme",
    )
    assert record.answers == (("nps", "2"), ("comment", "too slow"), ("may_we_call", "yes"))
    assert found.kinds == {"nps": "nps", "comment": "text", "may_we_call": "text"}
    assert not found.source.certain


def test_bad_rows_are_rejected_with_line_and_reason_and_the_others_kept(read: Open) -> None:
    found = read(
        "id,nps,date,comment\n"
        "1,9,2025-01-01,fine\n"
        "2,11,2025-01-01,too high\n"
        "3,abc,2025-01-01,words\n"
        "4,7.5,2025-01-01,half\n"
        "5,5,2025-02-31,no such day\n"
        "6,5,2099-01-01,to come\n"
        "7,,2025-01-01,no score\n"
        "8,10 - Extremely likely,,no date\n"
    )
    assert [(record.external_id, record.score) for record in found.responses] == [("1", 9), ("7", None), ("8", 10)]
    assert [(reject.line, reject.reason) for reject in found.rejects] == [
        (3, 'score 11 is out of range 0 to 10 in column "nps"'),
        (4, '"abc" is no score from 0 to 10 in column "nps"'),
        (5, 'score 7.5 is not a whole number from 0 to 10 in column "nps"'),
        (6, '"2025-02-31" is a date or time that doesn\'t exist in column "date"'),
        (7, '"2099-01-01" is an impossible date: in the future in column "date"'),
    ]
    assert found.rejects[0].cells == ("2", "11", "2025-01-01", "too high")


def test_a_response_without_a_score_has_no_kind_of_score(read: Open) -> None:
    records = read("id,nps,comment\n1,9,a\n2,,b\n").responses
    assert [(record.score, record.score_kind) for record in records] == [(9, "nps"), (None, None)]


def test_rows_without_an_id_get_the_same_one_at_every_reading(read: Open) -> None:
    content = "nps,comment\n9,same\n3,other\n9,same\n"
    first, second = read(content).responses, read(content, "again.csv").responses
    ids = [record.external_id for record in first]
    assert ids == [record.external_id for record in second]
    assert all(record.derived_id for record in first)
    assert len(set(ids)) == 3
    assert ids[2] == f"{ids[0]}-2"


def test_an_id_does_not_depend_on_other_rows(read: Open) -> None:
    alone = read("nps,comment\n3,other\n").responses[0].external_id
    assert read("nps,comment\n9,same\n3,other\n", "more.csv").responses[1].external_id == alone


def test_a_row_whose_id_is_blank_gets_a_derived_one(read: Open) -> None:
    rows = "".join(f"r{number},9,text {number}\n" for number in range(20))
    records = read("response_id,nps,comment\n" + rows + ",3,none\n").responses
    assert [record.derived_id for record in records] == [False] * 20 + [True]


def test_a_number_that_can_be_none_is_kept_as_a_variable(read: Open) -> None:
    people = "".join(f"{number},p{number}@example.com,+4930123456{number}\n" for number in range(9))
    found = read("customer_id,email,phone\n" + people + "99,p99@example.com,call me\n")
    person = found.contacts[-1].person
    assert (person.external_id, person.phone) == ("99", None)
    assert person.variables == (("phone_as_written", "call me"),)


def test_contacts_keep_every_other_column_as_a_variable(read: Open) -> None:
    found = read(
        "Customer ID,first_name,last_name,email,Favourite colour\n000000001,Ann,Lee,ANN@example.com,green\n"
        "000000002,Bo,,bo@example.com,\n"
    )
    assert found.source.kind == "contacts"
    first, second = (record.person for record in found.contacts)
    assert (first.external_id, first.name, first.email) == ("000000001", "Ann Lee", "ann@example.com")
    assert first.variables == (("favourite_colour", "green"),)
    assert (second.name, second.variables) == ("Bo", ())


def test_a_contact_of_whom_nothing_is_known_is_rejected(read: Open) -> None:
    found = read("name,email,town\nAnn,ann@example.com,Bonn\n,,Rome\n")
    assert [(reject.line, reject.reason) for reject in found.rejects] == [
        (3, "the row has no name, e-mail address, phone number or id")
    ]


def test_phone_numbers_are_read_in_the_mappings_country(read: Open) -> None:
    mapping = Mapping.from_dict(
        {"kind": "contacts", "region": "de", "columns": [{"header": "Tel", "target": "person.phone"}]}
    )
    assert read("Tel,x\n030 1234567,y\n", mapping=mapping).contacts[0].person.phone == "+49301234567"


def test_padded_cells_and_headers_are_trimmed(read: Open) -> None:
    found = read(" Student ID , Full name         , Class \n1, Alice Moon     , 10A   \n2, Bob Sun, 9B\n")
    assert [(contact.person.external_id, contact.person.name) for contact in found.contacts] == [
        ("1", "Alice Moon"),
        ("2", "Bob Sun"),
    ]


def test_tickets_keep_the_other_systems_words(read: Open) -> None:
    found = read(
        "Ticket ID,Ticket Subject,Ticket Description,Ticket Status,Ticket Priority,Assignee,Tags,Created at,"
        "Closed at,Customer Email,Customer Satisfaction Rating,Channel\n"
        '1,Broken,It broke,Pending Customer Response,High,ana,"a, b;c",2025-01-02 10:00,,x@example.com,,chat\n'
        "2,,A long story\nof two lines,Closed,Low,,,2025-01-03 10:00,2025-01-04 10:00,y@example.com,4.0,mail\n".replace(
            "A long story\nof two lines", '"A long story\nof two lines"'
        )
    )
    assert found.source.kind == "tickets"
    first, second = found.tickets
    assert (first.external_id, first.title, first.status, first.priority, first.owner) == (
        "1",
        "Broken",
        "Pending Customer Response",
        "High",
        "ana",
    )
    assert (first.tags, first.created_at, first.closed_at, first.score) == (("a", "b", "c"), 1735812000, None, None)
    assert first.fields == (("Channel", "chat"),)
    assert (second.title, second.closed_at, second.score, second.score_kind) == ("A long story", 1735984800, 4, "csat")


def test_the_kind_can_be_asked_for(read: Open) -> None:
    content = "name,email,comment\nAnn,ann@example.com,all is well here\n"
    assert read(content, kind="contacts").contacts[0].person.variables == (("comment", "all is well here"),)
    assert read(content, kind="tickets").tickets[0].person.email == "ann@example.com"
    assert read(content, kind="responses").responses[0].comment == "all is well here"


def test_answers_spread_over_columns_become_one(read: Open) -> None:
    columns = [
        {"header": "red", "target": "answer:colours", "choice": "Red"},
        {"header": "green", "target": "answer:colours", "choice": "Green"},
        {"header": "other", "target": "answer:colours"},
        {"header": "list", "target": "answer:list", "choices": ["New York", "New", "York"]},
    ]
    mapping = Mapping.from_dict({"columns": columns})
    found = read("id,red,green,other,list\n1,1,true,Blue,New York York\n2,0,,,New Rome\n3,no,x,,\n", mapping=mapping)
    answers = [dict(record.answers) for record in found.responses]
    assert [answer.get("colours") for answer in answers] == ["Red | Green | Blue", None, "Green"]
    assert [answer.get("list") for answer in answers] == ["New York | York", "New | Rome", None]
    assert found.kinds["colours"] == found.kinds["list"] == "choices"


def test_the_first_filled_time_counts(read: Open) -> None:
    mapping = Mapping.from_dict(
        {
            "columns": [
                {"header": "sent", "target": "answered_at"},
                {"header": "done", "target": "submitted_at"},
            ]
        }
    )
    records = read("sent,done,x\n2025-01-01,2025-01-02,a\n2025-01-01,,b\n,,c\n", mapping=mapping).responses
    assert [(record.answered_at, record.complete) for record in records] == [
        (1735776000, True),
        (1735689600, False),
        (None, False),
    ]


def test_day_or_month_first_is_stated_when_nothing_proves_it(read: Open) -> None:
    english = read("timestamp,nps,comment\n1/2/2025 10:00,9,a\n")
    german = read("Datum,nps,Kommentar\n1/2/2025 10:00,9,a\n", "german.csv")
    assert english.source.warnings == [
        'Dates like "1/2/2026" are read as 2 January: no date in the file proves which it is.'
    ]
    assert german.source.mapping.dates == "day first"
    proven = read("timestamp,nps,comment\n1/2/2025 10:00,9,a\n13/2/2025 10:00,9,a\n", "proven.csv")
    assert (proven.source.mapping.dates, proven.source.warnings) == ("day first", [])


def test_a_date_far_down_the_file_proves_the_order_of_all(read: Open) -> None:
    rows = "".join(f"{number},1/2/2025,9,some words {number}\n" for number in range(1200))
    found = read("id,date,nps,comment\n" + rows + "1200,13/2/2025,9,x\n")
    assert found.source.mapping.dates == "day first"
    assert {record.answered_at for record in found.responses[:1200]} == {1738368000}


def test_a_description_says_what_the_file_is(read: Open) -> None:
    assert read("id;nps;comment\n1;9;a\n").source.description == (
        "Unknown table, 1 header line, semicolons, UTF-8, 1 row seen."
    )
