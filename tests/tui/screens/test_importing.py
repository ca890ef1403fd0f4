"""What a file would be imported as: targets that change, paths that complete, words for it all."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput
from casedesk.intake.mapping import TARGETS, Column
from casedesk.intake.records import Kind
from casedesk.tui.forms import FieldError, FormState
from casedesk.tui.import_forms import NewTarget, save_form, target_form
from casedesk.tui.importing import Proposal, complete_path, meaning, read_proposal, size_said, target_choices


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    path = tmp_path / "late-parcels.csv"
    path.write_text(
        "id,email,nps,second,comment,region\n1,rosa@acme.test,9,7,Good,North\n2,otto@acme.test,2,3,Late,South\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def proposal(desk: Desk, survey: Path) -> Proposal:
    return read_proposal(desk, survey)


def place(proposal: Proposal, header: str) -> int:
    return [column.header for column in proposal.columns].index(header)


def target(proposal: Proposal, header: str) -> str:
    return proposal.columns[place(proposal, header)].target


def test_it_says_what_the_file_is(proposal: Proposal) -> None:
    assert proposal.kind == "responses"
    assert "commas" in proposal.description
    assert proposal.campaign == "Late parcels"
    assert proposal.examples(place(proposal, "nps")) == "9 · 2"


def test_a_target_that_only_one_column_can_have_is_taken_from_the_other(proposal: Proposal) -> None:
    assert target(proposal, "nps") == "score:nps"
    changed = proposal.with_target(place(proposal, "second"), "score:csat")
    assert target(changed, "second") == "score:csat"
    assert target(changed, "nps") == "answer:nps"
    assert changed.changed
    assert [column.target for column in changed.mapping.columns] == [column.target for column in changed.columns]


def test_a_column_that_loses_its_target_gets_a_key_of_its_own(proposal: Proposal) -> None:
    renamed = proposal.with_target(place(proposal, "region"), "answer:nps")
    changed = renamed.with_target(place(proposal, "second"), "score:nps")
    assert (target(changed, "region"), target(changed, "nps")) == ("answer:nps", "answer:nps_2")


def test_times_and_answers_may_be_spread_over_columns(proposal: Proposal) -> None:
    changed = proposal.with_target(place(proposal, "region"), "answered_at")
    again = changed.with_target(place(proposal, "second"), "answered_at")
    assert target(again, "region") == target(again, "second") == "answered_at"


def test_a_changed_mapping_reads_the_file_as_it_says(desk: Desk, proposal: Proposal) -> None:
    changed = proposal.with_target(place(proposal, "second"), "score:nps")
    desk.imports.run(changed.path, mapping=changed.mapping)
    assert sorted(response.score or 0 for response in desk.responses.find("", 10)) == [3, 7]


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_target_has_words_and_can_be_chosen(kind: Kind) -> None:
    choices = {choice.value: choice.label for choice in target_choices(kind)}
    assert set(TARGETS[kind]) <= set(choices)
    assert all(meaning(Column("x", target), kind) == choices[target] for target in TARGETS[kind])
    assert len(set(choices.values())) == len(choices)


@pytest.mark.parametrize(
    ("column", "kind", "words"),
    [
        (Column("x", "answer:q1"), "responses", "answer q1"),
        (Column("x", "variable:region"), "contacts", "contact's region"),
        (Column("x", "score:rating", scale=(1, 5)), "responses", "rating, 1 to 5"),
        (Column("x", ""), "tickets", "kept with the ticket"),
    ],
)
def test_what_a_column_is_in_words(column: Column, kind: Kind, words: str) -> None:
    assert meaning(column, kind) == words


@pytest.mark.parametrize(
    ("values", "new"),
    [
        ({"target": "comment"}, NewTarget("comment", None)),
        ({"target": "answer:", "name": "of  the year"}, NewTarget("answer:of_the_year", None)),
        ({"target": "variable:", "name": "region"}, NewTarget("variable:region", None)),
        ({"target": "score:rating", "scale": "0 – 7"}, NewTarget("score:rating", (0, 7))),
    ],
)
def test_the_form_of_a_column(proposal: Proposal, values: dict[str, str], new: NewTarget) -> None:
    assert FormState(target_form(proposal, place(proposal, "region")), dict(values)).finish() == new


@pytest.mark.parametrize("scale", ["5-1", "one to five", "", "3-3"])
def test_a_scale_is_two_numbers_the_lower_first(proposal: Proposal, scale: str) -> None:
    state = FormState(target_form(proposal, 0), {"target": "score:rating", "scale": scale})
    with pytest.raises(FieldError, match=r"lowest and highest|Scale is needed"):
        state.finish()


def test_a_saved_mapping_is_given_up_for_another_only_when_that_is_said(proposal: Proposal) -> None:
    form = save_form(proposal, ["Parcels"])
    asked = [field.name for field in FormState(form, {"name": "parcels "}).asked()]
    assert asked == ["name", "replace"]
    assert FormState(form, {"name": "parcels", "replace": False}).finish() is None
    assert FormState(form, {"name": "parcels", "replace": True}).finish() == "parcels"
    assert FormState(form, {"name": "new"}).finish() == "new"


def test_a_file_that_is_no_table_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n....")
    with pytest.raises(InvalidInput, match="PNG image"):
        read_proposal(desk, path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("notes.md", "b.csv", "A.XLSX", ".hidden.csv"):
        (tmp_path / name).write_text("x" * 1500)
    (tmp_path / "zebra").mkdir()
    return tmp_path


def labels(text: str) -> list[str]:
    return [choice.label for choice in complete_path(text)]


def test_a_path_completes_with_folders_then_tables_then_the_rest(folder: Path) -> None:
    assert labels(f"{folder}/") == ["zebra/", "A.XLSX", "b.csv", "notes.md"]
    assert complete_path(f"{folder}/zeb")[0].value == f"{folder}/zebra/"
    assert complete_path(f"{folder}/b")[0].detail == "1.5 kB"


def test_hidden_files_are_shown_when_their_point_is_typed(folder: Path) -> None:
    assert labels(f"{folder}/.") == [".hidden.csv"]


def test_letters_match_in_any_case_and_the_exact_name_comes_first(folder: Path) -> None:
    (folder / "B.csv.bak").write_text("x")
    assert labels(f"{folder}/B.CSV") == ["b.csv", "B.csv.bak"]
    assert labels(f"{folder}/a.x") == ["A.XLSX"]


def test_the_home_folder_is_written_with_a_tilde(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert complete_path("~/b")[0].value == f"{folder}/b.csv"
    assert labels("~nobody-of-that-name/") == []


def test_a_folder_that_is_not_there_completes_to_nothing(folder: Path) -> None:
    assert labels(f"{folder}/none/at/all") == []


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (58_258, "58 kB"), (12_000_000, "12 MB"), (3 * 10**12, "3000 GB")],
)
def test_sizes(size: int, said: str) -> None:
    assert size_said(size) == said
