"""SurveyMonkey exports."""

from __future__ import annotations

from tests.intake.conftest import Open

TWO_LINES = (
    "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,"
    'How likely is it that you would recommend the café?,Which drinks did you have? Tick all.,,,,"Rate these:",,'
    "Anything<br>to add?\n"
    ",,,,,,,,,Response,Tea,Coffee,$0 - $2 water,Other (please specify),Service,Price,Open-Ended Response\n"
    "114,9,03/14/2025 01:00:00 PM,03/14/2025 01:05:00 PM,203.0.113.4,Lin@Example.com,Lin,Wu,vip,"
    "9,Tea,,$0 - $2 water,Juice,Very good,Fair,Lovely place to sit\n"
    "115,9,03/15/2025 01:00:00 PM,03/15/2025 01:05:00 PM,203.0.113.5,,,,,2,,Coffee,,,Poor,Poor,Cold coffee\n"
)


def test_two_header_lines_are_joined_and_options_become_one_answer(read: Open) -> None:
    found = read(TWO_LINES)
    assert (found.source.format, found.source.mapping.header_lines) == ("surveymonkey", 2)
    first, second = found.responses
    assert (first.line, first.external_id, first.score, first.comment) == (3, "114", 9, "Lovely place to sit")
    assert first.answered_at == 1741957500
    assert (first.person.email, first.person.name) == ("lin@example.com", "Lin Wu")
    answers = dict(first.answers)
    assert answers["which_drinks_did_you_have_tick_all"] == "Tea | $0 - $2 water"
    assert answers["which_drinks_did_you_have_tick_all_other_please"] == "Juice"
    assert (answers["rate_these_service"], answers["rate_these_price"]) == ("Very good", "Fair")
    assert dict(second.answers)["which_drinks_did_you_have_tick_all"] == "Coffee"


def test_questions_keep_their_wording_without_markup(read: Open) -> None:
    questions = {question.key: question for question in read(TWO_LINES).source.questions}
    assert questions["anything_to_add"].label == "Anything to add?"
    choices = questions["which_drinks_did_you_have_tick_all"]
    assert (choices.label, choices.kind) == ("Which drinks did you have? Tick all.", "choices")
    assert questions["ip_address"].kind == "meta"


def test_an_audience_export_has_only_ids_and_two_lines(read: Open) -> None:
    found = read("RespondentID,Do you cook?,Age\n,Response,Response\n77,Yes,18-29\n78,No,> 60\n")
    assert found.source.format == "surveymonkey"
    assert [record.external_id for record in found.responses] == ["77", "78"]
    assert found.kinds == {"do_you_cook": "text", "age": "text"}


def test_one_header_line_with_dashes_for_no_answer(read: Open) -> None:
    found = read("RespondentID,Do you cook?,Why?,Region\n77,Yes,-,-\n78,-,-,North\n")
    assert [record.answers for record in found.responses] == [(("do_you_cook", "Yes"),), (("region", "North"),)]


def test_questions_and_options_joined_in_one_line_are_grouped_too(read: Open) -> None:
    found = read("Respondent ID,Pets? - Cat,Pets? - Dog,Notes\n1,Cat,Dog,a\n2,,Dog,b\n")
    assert [dict(record.answers)["pets"] for record in found.responses] == ["Cat | Dog", "Dog"]
