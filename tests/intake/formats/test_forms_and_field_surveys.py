"""Google Forms, LimeSurvey and KoboToolbox."""

from __future__ import annotations

import json

from tests.intake.conftest import Open


def test_a_google_forms_download_has_its_zone_in_every_time(read: Open) -> None:
    found = read(
        '"Timestamp","Your name","Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?","Warum?"\n'
        '"2025/08/15 7:16:38 PM GMT+2","Ina","9","Weil alles schnell ging"\n'
        '"2025/08/15 12:00:00 AM GMT+2","Olaf","2",""\n'
    )
    assert (found.source.format, found.source.certain) == ("google_forms", True)
    first, second = found.responses
    assert (first.answered_at, first.score, first.comment, first.person.name) == (
        1755278198,
        9,
        "Weil alles schnell ging",
        "Ina",
    )
    assert (second.answered_at, second.derived_id) == (1755208800, True)


def test_a_google_sheet_of_answers_has_times_of_its_locale(read: Open) -> None:
    found = read(
        "Zeitstempel,Wie zufrieden sind Sie?,Anmerkungen\n13.11.2025 8:51:12,5,alles gut\n14.11.2025 9:00:00,1,\n"
    )
    assert found.source.format == "google_forms"
    assert [(record.answered_at, record.score, record.score_kind) for record in found.responses] == [
        (1763023872, 5, "csat"),
        (1763110800, 1, "csat"),
    ]


LIMESURVEY = (
    '\ufeff"id","submitdate","lastpage","startlanguage","seed","startdate","datestamp","token","Empf","SUS[SQ001]",'
    '"Verbessern","Empf"\r\n'
    '"8","2025-09-28 12:21:05","1","de","11","2025-09-28 12:11:09","2025-09-28 12:21:05","t1",'
    '"8","Stimme voll zu - 5","Mehr Licht im Flur,\nbitte","x"\r\n'
    '"9","","1","de","12","2025-09-29 12:11:09","2025-09-29 12:15:00","t2","","3","N/A","N/A"\r\n'
    "\r\n"
)


def test_limesurvey_marks_unfinished_answers_by_an_empty_submit_date(read: Open) -> None:
    found = read(LIMESURVEY)
    assert (found.source.format, found.source.encoding) == ("limesurvey", "UTF-8 with BOM")
    first, second = found.responses
    assert (first.external_id, first.complete, first.answered_at) == ("8", True, 1759062065)
    assert (second.external_id, second.complete, second.answered_at) == ("9", False, 1759148100)
    assert first.language == "de"
    assert first.comment == "Mehr Licht im Flur,\nbitte"


def test_limesurveys_questions_shown_to_nobody_and_repeated_names(read: Open) -> None:
    first, second = read(LIMESURVEY).responses
    assert dict(first.answers)["empf_2"] == "x"
    assert dict(first.answers)["sus_sq001"] == "Stimme voll zu - 5"
    assert not {"verbessern", "empf_2"} & dict(second.answers).keys()


KOBO = (
    '"start";"end";"fruit";"fruit/red apple";"fruit/apple";"fruit/pear";"how satisfied are you";"_id";"_uuid";'
    '"_submission_time";"_validation_status"\r\n'
    '"2025-01-01T10:00:00.000+01:00";"2025-01-01T10:05:00.000+01:00";"pear red apple";"1";"0";"1";"4";"1";"u-1";'
    '"2025-01-01T10:00:00";""\r\n'
    '"2025-01-02T10:00:00.000+01:00";"2025-01-02T10:05:00.000+01:00";"";"";"";"";"5";"2";"u-2";'
    '"2025-01-01T10:00:00";""\r\n'
)


def test_kobos_options_are_one_answer_and_their_columns_left_out(read: Open) -> None:
    found = read(KOBO)
    assert (found.source.format, found.source.delimiter) == ("kobo", ";")
    first, second = found.responses
    assert (first.external_id, first.answered_at, first.score) == ("u-1", 1735722300, 4)
    assert dict(first.answers)["fruit"] == "pear | red apple"
    assert "fruit" not in dict(second.answers)
    assert [key for key in found.kinds if key.startswith("fruit")] == ["fruit"]
    assert found.kinds["start"] == "meta"


def test_kobos_line_of_tags_is_a_header_line(read: Open) -> None:
    first, *rest = KOBO.split("\r\n")
    found = read("\r\n".join([first, '"#date";"";"#item";"";"";"";"";"";"#id";"";""', *rest]))
    assert found.source.mapping.header_lines == 2
    assert [record.line for record in found.responses] == [3, 4]


def test_kobos_submissions_are_read(read: Open) -> None:
    submissions = [
        {"_uuid": "u-1", "_submission_time": "2025-01-01 10:00:00.5", "note": "The queue was far too long", "_id": 4}
    ]
    found = read(json.dumps({"id_string": "q", "content": {"survey": []}, "submissions": submissions}), "kobo.json")
    assert (found.source.format, found.responses[0].external_id) == ("kobo", "u-1")
    assert (found.responses[0].answered_at, found.responses[0].comment) == (1735725600, "The queue was far too long")
