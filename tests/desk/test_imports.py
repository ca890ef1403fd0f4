"""Importing: what is made, what a second run changes, what is refused and what the rules do."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.values import ImportSummary
from casedesk.domain.errors import InvalidInput, NotPermitted

HEADER = ("id", "email", "name", "region", "nps", "comment", "May we contact you?", "answered_at")
ROWS = (
    ("r1", "rosa@example.com", "Rosa Marín", "North", "2", "Late again, no refund", "Yes, please", "2026-01-20 10:00"),
    ("r2", "ken@example.com", "Ken Sato", "South", "9", "返金が早かった", "No", "2026-01-21 10:00"),
    ("r3", "Rosa@Example.com ", "Rosa Marín", "North", "6", "", "No", "2026-01-22 10:00"),
)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return write(tmp_path / "winter-survey.csv", ROWS)


def write(path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def changed(answers: Path, line: int, **cells: str) -> Path:
    rows = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    rows[line].update(cells)
    return write(answers, [list(row.values()) for row in rows])


def counts(summary: ImportSummary) -> tuple[int, ...]:
    return (
        summary.rows, summary.imported, summary.updated, summary.unchanged, summary.rejected, summary.contacts_created,
        summary.tickets_opened,
    )  # fmt: skip


def test_detractors_become_tickets_with_their_response_and_contact(desk: Desk, answers: Path) -> None:
    summary = desk.imports.run(answers)
    assert counts(summary) == (3, 3, 0, 0, 0, 2, 2)
    assert summary.campaign == "Winter survey"
    ticket = desk.tickets.show(desk.tickets.numbers("contact:rosa nps:2")[0])
    assert ticket.line.title == "Late again, no refund"
    assert ticket.line.tags == ("detractor",)
    assert ticket.opened_by == "Detractors"
    assert ticket.response is not None
    assert {answer.question: answer.value for answer in ticket.response.answers}["May we contact you?"] == "Yes, please"
    assert ticket.contact is not None
    assert ticket.contact.email == "rosa@example.com"
    assert [point.score for point in ticket.contact.scores] == [2, 6]


def test_the_feed_says_which_rule_opened_and_tagged_and_what_was_answered(desk: Desk, answers: Path) -> None:
    desk.imports.run(answers)
    number = desk.tickets.numbers("late")[0]
    feed = [(entry.actor, entry.text) for entry in reversed(desk.tickets.feed(number))]
    assert feed == [
        ("Detractors", "opened: Late again, no refund"),
        ("Detractors", "tag: detractor"),
        ("import", "answer: NPS 2"),
    ]


def test_a_response_without_words_is_titled_by_score_and_person(desk: Desk, answers: Path) -> None:
    desk.imports.run(answers)
    assert [line.title for line in desk.tickets.find("nps:6")] == ["NPS 6 from Rosa Marín"]


def test_running_a_file_twice_changes_nothing(desk: Desk, answers: Path) -> None:
    desk.imports.run(answers)
    token = desk.store.reader().rows("SELECT count(*), max(id) FROM activity")
    assert counts(desk.imports.run(answers)) == (3, 0, 0, 3, 0, 0, 0)
    assert desk.store.reader().rows("SELECT count(*), max(id) FROM activity") == token


def test_a_changed_row_updates_and_says_what_changed(desk: Desk, answers: Path) -> None:
    desk.imports.run(answers)
    summary = desk.imports.run(changed(answers, 0, nps="4", comment="Better now"))
    assert counts(summary) == (3, 0, 1, 2, 0, 0, 0)
    ((line, what),) = summary.changes
    assert line == 2
    assert "score 2 → 4" in what
    assert "comment Late again, no refund → Better now" in what
    assert [ticket.score for ticket in desk.tickets.find("better")] == [4]
    assert desk.tickets.numbers("comment:refund") == []


def test_an_answer_that_turns_bad_opens_a_ticket(desk: Desk, answers: Path) -> None:
    desk.imports.run(answers)
    assert desk.imports.run(changed(answers, 1, nps="1")).tickets_opened == 1
    assert desk.tickets.count("contact:ken") == 1


def test_a_dry_run_counts_the_same_and_stores_nothing(desk: Desk, answers: Path) -> None:
    dry = desk.imports.run(answers, dry_run=True)
    assert dry.dry_run
    assert desk.tickets.count("") == 0
    assert desk.campaigns.list() == []
    assert counts(dry) == counts(desk.imports.run(answers))


def test_a_bad_row_is_rejected_with_line_and_reason_and_the_rest_is_kept(desk: Desk, answers: Path) -> None:
    summary = desk.imports.run(changed(answers, 1, nps="11"))
    assert counts(summary)[:5] == (3, 2, 0, 0, 1)
    ((line, reason),) = summary.rejects
    assert line == 3
    assert "11" in reason
    assert summary.rejects_file is not None
    assert "ken@example.com" in Path(summary.rejects_file).read_text(encoding="utf-8")


def test_an_interrupted_import_is_completed_by_running_it_again(desk: Desk, tmp_path: Path) -> None:
    rows = [
        (f"r{i}", f"p{i}@example.com", f"P {i}", "North", str(i % 11), "x", "No", "2026-01-20") for i in range(9000)
    ]
    path = write(tmp_path / "many.csv", rows)
    first = desk.imports.run(path, progress=lambda done, total, taken: taken < 4000)
    assert 0 < first.imported < 9000
    assert "stopped" in first.notes
    second = desk.imports.run(path)
    assert (second.imported, second.unchanged) == (9000 - first.imported, first.imported)
    assert desk.tickets.count("") == sum(i % 11 <= 6 for i in range(9000))


def test_a_contact_matches_by_id_then_email_then_phone(desk: Desk, tmp_path: Path) -> None:
    header = ("contact_id", "email", "phone", "name", "region")
    first = write(
        tmp_path / "a.csv", [("7", "a@example.com", "", "Ann", "North"), ("", "", "+493012345678", "Bo", "")], header
    )
    assert counts(desk.imports.run(first, kind="contacts"))[:2] == (2, 2)
    again = write(
        tmp_path / "b.csv",
        [("7", "new@example.com", "", "Ann Lee", "South"), ("", "", "+49 30 12345678", "Bo", "East")],
        header,
    )
    summary = desk.imports.run(again, kind="contacts")
    assert (summary.updated, summary.contacts_created) == (2, 0)
    ann = desk.contacts.find_one("new@example.com")
    assert (ann.external_id, ann.name, dict(ann.variables)["region"]) == ("7", "Ann Lee", "South")


def test_a_contact_with_nothing_but_a_name_is_not_made_twice(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "names.csv", [("Ann", "North"), ("Bo", "South")], ("name", "region"))
    first = desk.imports.run(path, kind="contacts")
    assert (first.imported, first.derived_keys) == (2, True)
    assert desk.imports.run(path, kind="contacts").unchanged == 2


def test_contradictions_are_listed_and_not_merged(desk: Desk, tmp_path: Path) -> None:
    header = ("contact_id", "email", "name")
    desk.imports.run(
        write(tmp_path / "a.csv", [("1", "a@example.com", "Ann"), ("2", "b@example.com", "Bo")], header),
        kind="contacts",
    )
    summary = desk.imports.run(write(tmp_path / "b.csv", [("1", "b@example.com", "Ann")], header), kind="contacts")
    ((line, sentence),) = summary.contradictions
    assert line == 2
    assert "id 1 is contact 1, but e-mail b@example.com is contact 2" in sentence
    assert desk.contacts.show(1).email == "a@example.com"
    assert desk.contacts.show(2).email == "b@example.com"


def test_tickets_of_another_system_keep_status_dates_and_unknown_names(desk: Desk, tmp_path: Path) -> None:
    header = (
        "Ticket ID",
        "Subject",
        "Description",
        "Status",
        "Priority",
        "Requester email",
        "Assignee",
        "Created at",
        "Solved at",
        "Tags",
    )
    rows = [
        (
            "Z1",
            "No light",
            "Dark",
            "Solved",
            "Critical",
            "a@example.com",
            "Bob",
            "2025-11-01 10:00",
            "2025-11-02 10:00",
            "lamp, dark",
        ),
        ("Z2", "No sound", "Quiet", "on-hold", "Medium", "b@example.com", "ben", "2025-11-03 10:00", "", ""),
        ("Z3", "No idea", "What", "quantum", "low", "c@example.com", "", "2025-11-03 10:00", "", ""),
    ]
    summary = desk.imports.run(write(tmp_path / "old.csv", rows, header), kind="tickets")
    assert counts(summary) == (3, 2, 0, 0, 1, 2, 2)
    assert "status “quantum” is not known" in summary.rejects[0][1]
    lit, quiet = desk.tickets.show(1), desk.tickets.show(2)
    assert (lit.line.state, lit.line.priority, lit.line.tags) == ("closed", "urgent", ("dark", "lamp"))
    assert lit.line.closed_at is not None
    assert lit.line.closed_at.isoformat() == "2025-11-02T10:00:00+00:00"
    assert ("owner", "Bob") in lit.fields
    assert (quiet.line.state, quiet.line.priority, quiet.line.owner) == ("pending", "normal", "ben")


def test_what_agents_did_is_not_overwritten_by_the_other_system(desk: Desk, tmp_path: Path) -> None:
    header = ("Ticket ID", "Subject", "Status", "Priority")
    path = write(tmp_path / "old.csv", [("Z1", "No light", "open", "low")], header)
    desk.imports.run(path, kind="tickets", source="helpdesk")
    desk.tickets.close(1, "Resolved")
    write(path, [("Z1", "No light at all", "pending", "low")], header)
    assert desk.imports.run(path, kind="tickets", source="helpdesk").updated == 1
    assert (desk.tickets.show(1).line.state, desk.tickets.show(1).line.title) == ("closed", "No light at all")


def test_several_rules_open_one_ticket_with_the_effects_of_all(desk: Desk, answers: Path) -> None:
    desk.campaigns.add("Winter survey", plan="Resolution for Detractors")
    desk.rules.put(
        "Callback",
        'answer."May we contact you?":"Yes, please"',
        [{"open_ticket": True}, {"tag": "callback"}, {"priority": "high"}],
    )
    desk.rules.put("North", "contact.region:north", [{"owner": "ben"}, {"topic": "Delivery"}])
    people = write(answers.with_name("people.csv"), [("rosa@example.com", "North")], ("email", "region"))
    desk.imports.run(people, kind="contacts")
    desk.imports.run(answers)
    line = desk.tickets.find("late")[0]
    assert line.tags == ("callback", "detractor")
    assert (line.priority, line.owner, line.topic) == ("high", "ben", "Delivery")
    ticket = desk.tickets.show(line.number)
    assert ticket.plan is not None
    assert ("North", "owner: ben") in [(entry.actor, entry.text) for entry in desk.tickets.feed(line.number)]


def test_a_rule_that_cannot_run_is_named_before_anything_is_stored(desk: Desk, answers: Path) -> None:
    desk.rules.put("Broken", "tag:detractor", [{"owner": "ben"}, {"open_ticket": True}])
    desk.team.set_active("ben", False)
    with pytest.raises(InvalidInput, match="The rule “Broken” can't run: There is no active user “ben”"):
        desk.imports.run(answers)
    assert desk.tickets.count("") == 0


def test_a_mapping_is_saved_by_name_and_used_again(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "odd.csv", [("k1", "3", "bad")], ("kk", "zz", "ww"))
    proposal = desk.imports.propose(path, kind="responses")
    table = proposal.mapping.to_dict()
    for column, target in zip(table["columns"], ("external_id", "score:nps", "comment"), strict=True):
        column["target"] = target
    desk.imports.save_mapping("odd", type(proposal.mapping).from_dict(table))
    summary = desk.imports.run(path, mapping="odd")
    assert (summary.imported, summary.tickets_opened) == (1, 1)
    with pytest.raises(InvalidInput, match="no mapping “old”; there is odd"):
        desk.imports.run(path, mapping="old")


def test_json_lines_and_numbers_as_text_are_kept_as_they_are(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    rows = [{"id": f"00{n}", "nps": n, "comment": f"text {n}", "email": f"e{n}@example.com"} for n in range(3)]
    path.write_text("\n".join(json.dumps(row) for row in rows))
    assert desk.imports.run(path, kind="responses").imported == 3
    assert {response.external_id for response in desk.responses.find("")} == {"000", "001", "002"}


def test_events_that_tell_of_one_answer_each_become_one_response(desk: Desk, tmp_path: Path) -> None:
    def event(question: int, answer: str) -> dict[str, object]:
        return {
            "messageId": f"m{question}",
            "event": {
                "questionAnswered": {
                    "responseUuid": "3f5a",
                    "survey": {"id": "s1", "name": "Winter"},
                    "timestamp": "2026-01-20T10:00:00+00:00",
                    "respondent": {"id": "77", "attributes": []},
                    "question": {"id": question, "body": f"Question {question}?"},
                    "choice": {"id": question, "body": answer, "comment": None},
                }
            },
        }

    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(json.dumps(event(*pair)) for pair in ((1, "first"), (2, "second"))))
    with desk.imports.propose(path) as source:
        partial = source.mapping.partial
    summary = desk.imports.run(path)
    (response,) = desk.responses.find("")
    assert (partial, summary.imported) == (True, 1)
    assert {answer.value for answer in response.answers} >= {"first", "second"}


def test_importing_is_a_right(ben: Desk, answers: Path) -> None:
    with pytest.raises(NotPermitted, match="ben may not import files"):
        ben.imports.run(answers)
