"""Qualtrics exports."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.intake.conftest import Open

NAMES = [
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "RecordedDate",
    "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "ExternalReference", "LocationLatitude",
    "DistributionChannel", "UserLanguage", "Q_RecaptchaScore", "Q1", "Q1_NPS_GROUP", "Q2", "SC0", "Q2 - Topics",
]  # fmt: skip
LABELS = [
    *NAMES[:17],
    "How likely are you to recommend our ferries\n\nto a friend?", "How likely … - Group",
    "What is the main reason?", "Score", "Q2 - Topics",
]  # fmt: skip
FIRST = [
    "2025-01-10 08:00:00", "2025-01-10 08:05:00", "IP Address", "203.0.113.7", "100", "300", "True",
    "2025-01-10 08:05:01", "R_1aBcDeFgHiJkLmN", "Okafor", "Ada", "Ada@Example.com", "C-77", "1.5", "email", "EN", "0.9",
    "3", "Detractor", "The crossing was late, again", "10", "delay",
]  # fmt: skip
PREVIEW = ["2025-01-11 08:00:00", "2025-01-11 08:01:00", "Survey Preview", *FIRST[3:8], "R_2aBcDeFgHiJkLmN", *FIRST[9:]]
UNFINISHED = ["2025-01-12 08:00:00", "", "0", "", "40", "9", "False", "2025-01-19 08:00:00", "R_3aBcDeFgHiJkLmN"]


def export(rows: list[list[str]], zone: str | None = "America/Denver", delimiter: str = ",") -> str:
    about = [
        json.dumps({"ImportId": name, **({"timeZone": zone} if zone and name.endswith("Date") else {})})
        for name in NAMES
    ]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows([NAMES, LABELS, about, *rows])
    return text.getvalue()


def test_the_three_header_lines_are_understood(read: Open) -> None:
    found = read(export([FIRST]))
    assert (found.source.format, found.source.certain) == ("qualtrics", True)
    assert found.source.mapping.header_lines == 3
    (record,) = found.responses
    assert (record.line, record.external_id) == (6, "R_1aBcDeFgHiJkLmN")
    assert (record.score, record.score_kind, record.comment) == (3, "nps", "The crossing was late, again")
    assert (record.person.name, record.person.email, record.person.external_id) == (
        "Ada Okafor",
        "ada@example.com",
        "C-77",
    )
    assert record.language == "en"


def test_times_are_in_the_zone_of_the_third_line(read: Open) -> None:
    assert read(export([FIRST])).responses[0].answered_at == 1736521500
    assert read(export([FIRST], zone="Z"), "z.csv").responses[0].answered_at == 1736496300
    assert read(export([FIRST], zone=None), "none.csv").responses[0].answered_at == 1736496300
    assert read(export([FIRST], zone="No/Where"), "unknown.csv").responses[0].answered_at == 1736496300


def test_questions_have_qualtrics_names_and_the_full_wording(read: Open) -> None:
    questions = {question.key: question for question in read(export([FIRST])).source.questions}
    assert questions["q1"].label == "How likely are you to recommend our ferries\n\nto a friend?"
    assert questions["q1"].kind == "nps"
    assert {questions[key].kind for key in ("q_recaptchascore", "sc0", "q1_nps_group", "q2_topics", "ipaddress")} == {
        "meta"
    }


def test_unfinished_rows_and_previews_are_kept_as_incomplete(read: Open) -> None:
    records = read(export([FIRST, PREVIEW, UNFINISHED])).responses
    assert [record.complete for record in records] == [True, False, False]
    assert dict(records[1].answers)["status"] == "Survey Preview"
    assert records[2].answered_at == 1737298800


def test_previews_were_not_meant_as_answers_and_unfinished_ones_were(read: Open) -> None:
    assert [record.meant for record in read(export([FIRST, PREVIEW, UNFINISHED])).responses] == [True, False, True]


@pytest.mark.parametrize("status", ["Spam", "8", "Survey Test"])
def test_spam_is_kept_as_incomplete_and_not_meant(read: Open, status: str) -> None:
    row = [status if name == "Status" else cell for name, cell in zip(NAMES, FIRST, strict=True)]
    (record,) = read(export([row])).responses
    assert (record.complete, record.meant) == (False, False)


def test_an_export_as_utf16_with_tabs_is_the_same(read: Open) -> None:
    found = read(export([FIRST], delimiter="\t").encode("utf-16"), "export.tsv")
    assert found.responses == read(export([FIRST])).responses


def test_the_old_export_with_two_header_lines_is_understood(read: Open) -> None:
    found = read(
        "\ufeffV1,V2,V3,V4,V5,V6,V7,V8,V9,V10,Q1,Q2,\n"
        "ResponseID,ResponseSet,Name,ExternalDataReference,EmailAddress,IPAddress,Status,StartDate,EndDate,Finished,"
        "Would you recommend the museum?,What should change?,\n"
        "R_9zYxWvUtSrQpOnM,Default,Anonymous,,,203.0.113.9,0,2015-07-18 08:28:09,2015-07-18 08:28:48,1,9,"
        "Longer hours,\n"
    )
    (record,) = found.responses
    assert (found.source.format, found.source.mapping.header_lines, record.line) == ("qualtrics", 2, 3)
    assert (record.external_id, record.score, record.comment) == ("R_9zYxWvUtSrQpOnM", 9, "Longer hours")
    assert (record.complete, record.person.is_empty) == (True, True)


def test_a_file_whose_extra_header_lines_were_removed_is_still_known(read: Open) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([NAMES, FIRST])
    found = read(text.getvalue())
    assert (found.source.format, found.responses[0].line, found.responses[0].score) == ("qualtrics", 2, 3)


def test_as_contacts_its_header_is_still_understood(read: Open) -> None:
    found = read(export([FIRST]), kind="contacts")
    assert found.contacts[0].person.email == "ada@example.com"
    assert not found.source.certain
