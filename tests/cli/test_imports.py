"""`casedesk import`."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run

KEYS = [
    "rows", "imported", "updated", "unchanged", "rejected", "rejects", "contacts_created", "tickets_opened", "source",
    "campaign", "mapping",
]  # fmt: skip
ROWS = (
    "response_id,submitted,nps,comment,email\n"
    "r1,2026-01-10 10:00:00,2,Three weeks late,rosa@acme.example\n"
    "r2,2026-01-11 10:00:00,10,Great,tom@acme.example\n"
)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "autumn-survey.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_json_counts_rows_contacts_and_tickets(desk: Desk, export: Path, run: Run) -> None:
    document = run("import", str(export), "--campaign", "Autumn", "--json").document
    assert list(document)[: len(KEYS)] == KEYS
    counted = {key: document[key] for key in ("rows", "imported", "rejected", "contacts_created", "tickets_opened")}
    assert counted == {"rows": 2, "imported": 2, "rejected": 0, "contacts_created": 2, "tickets_opened": 1}
    assert (document["campaign"], document["rejects"], document["dry_run"]) == ("Autumn", [], False)


def test_a_second_run_changes_nothing(desk: Desk, export: Path, run: Run) -> None:
    run("import", str(export))
    again = run("import", str(export), "--json").document
    assert (again["imported"], again["updated"], again["unchanged"], again["tickets_opened"]) == (0, 0, 2, 0)


def test_a_dry_run_counts_the_same_and_stores_nothing(desk: Desk, export: Path, run: Run) -> None:
    would = run("import", str(export), "--dry-run", "--json").document
    assert desk.campaigns.list() == []
    did = run("import", str(export), "--json").document
    assert would | {"dry_run": False} == did


def test_rejected_rows_end_with_one_and_are_told_with_their_line(desk: Desk, export: Path, run: Run) -> None:
    export.write_text(ROWS + "r3,2026-01-12 10:00:00,eleven,Hm,kim@acme.example\n", encoding="utf-8")
    ran = run("import", str(export))
    assert ran.status == 1
    assert ran.out.startswith("3 rows: 2 new, 0 updated, 0 unchanged, 1 rejected\n")
    assert ran.err.startswith("casedesk: line 4: ")
    assert run("import", str(export), "--json").document["rejects"][0]["line"] == 4


def test_standard_input_is_read_for_a_dash(desk: Desk, run: Run) -> None:
    document = run("import", "-", "--campaign", "Piped", "--json", piped=ROWS).document
    assert (document["imported"], document["campaign"]) == (2, "Piped")


def test_a_mapping_is_saved_by_name_and_used_by_name_or_from_a_file(desk: Desk, tmp_path: Path, run: Run) -> None:
    odd = tmp_path / "odd.csv"
    odd.write_text("A,B\n1,2\n", encoding="utf-8")
    mapping = tmp_path / "odd.toml"
    mapping.write_text(
        'kind = "responses"\n[[columns]]\nheader = "A"\ntarget = "external_id"\n'
        '[[columns]]\nheader = "B"\ntarget = "score:nps"\n',
        encoding="utf-8",
    )
    first = run("import", str(odd), "--mapping", str(mapping), "--save-mapping", "odd", "--json").document
    assert (first["imported"], first["tickets_opened"]) == (1, 1)
    again = run("import", str(odd), "--mapping", "odd", "--json").document
    assert again["unchanged"] == 1
    unknown = run("import", str(odd), "--mapping", "even")
    assert unknown.status == 1
    assert "odd" in unknown.err


@pytest.mark.parametrize(("arguments", "status"), [(("missing.csv",), 1), (("missing.csv", "--as", "people"), 2)])
def test_what_cannot_be_imported_is_told(run: Run, desk: Desk, arguments: tuple[str, ...], status: int) -> None:
    ran = run("import", *arguments)
    assert ran.status == status
    assert ran.err.count("\n") == 1


def test_importing_needs_its_right(desk: Desk, export: Path, run: Run) -> None:
    assert run("import", str(export), LOGNAME="ben").status == 3


def test_the_columns_of_an_unknown_table_are_shown_before_anything_is_stored(
    desk: Desk, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("id,nps,why,shoe size\n1,2,too late,43\n")
    refused = run("import", str(path), answers="n\n")
    assert refused.status == 130
    assert desk.tickets.count("") == 0
    columns = {line.split("  ")[0]: line for line in refused.out.splitlines()}
    assert "score (nps)" in columns["nps"]
    assert "answer.shoe_size" in columns["shoe size"]
    assert "43" in columns["shoe size"]
    assert run("import", str(path), answers="\n").status == 0
    assert desk.tickets.count("") == 1


def test_without_a_terminal_or_with_yes_nobody_is_asked(desk: Desk, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("id,nps,why\n1,2,too late\n")
    assert run("import", str(path), "--yes", answers="").status == 0
    assert "becomes" in run("import", str(path), "--dry-run").out
    assert run("import", str(path), "--json").document["unchanged"] == 1


def test_a_sheet_is_asked_of_a_workbook_alone(desk: Desk, export: Path, run: Run) -> None:
    ran = run("import", str(export), "--sheet", "Answers")
    assert (ran.status, ran.err) == (2, "casedesk: autumn-survey.csv is no workbook and has no sheets.\n")


def test_a_row_that_a_later_one_takes_the_place_of_is_told(desk: Desk, export: Path, run: Run) -> None:
    export.write_text(ROWS + "r1,2026-01-10 10:00:00,9,It came after all,rosa@acme.example\n", encoding="utf-8")
    document = run("import", str(export), "--json").document
    assert (document["imported"], document["unchanged"], document["tickets_opened"]) == (2, 1, 0)
    assert document["notes"]["repeated"].endswith("which counts: line 2.")
