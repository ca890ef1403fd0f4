"""The import screen: from a path to the new tickets in the list (behaviour 7)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.tui.screens.import_file import COLUMNS, FILE, RESULT, ImportScreen
from casedesk.tui.screens.triage import TriageScreen
from tests.tui.driving import lines_of, opened, press, quiet, text_of, told, until
from tests.tui.modals.filling import without

HEADER = "id,email,name,nps,comment,region,answered_at"


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """Two answers, one of a detractor, and a row whose score is no score."""
    folder = tmp_path / "surveys"
    folder.mkdir()
    return write(
        folder / "parcels.csv",
        "a1,rosa@acme.test,Rosa,2,Late,North,2026-01-20 10:00",
        "a2,otto@acme.test,Otto,9,Fine,South,2026-01-20 11:00",
        "a3,eve@acme.test,Eve,200,[red]x[/red],South,2026-01-20 12:00",
    )


Asking = tuple[Pilot[None], TriageScreen, ImportScreen]


@asynccontextmanager
async def importing(desk: Desk, path: Path | str, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Asking]:
    """The import screen, reached from the list, with that path typed and its columns (or the refusal) shown."""
    async with opened(desk, size) as (pilot, triage):
        await press(pilot, "ctrl+o")
        screen = pilot.app.screen
        assert isinstance(screen, ImportScreen)
        screen.path.put(str(path))
        await until(pilot, lambda: not screen.path.looking)
        await press(pilot, "enter")
        yield pilot, triage, screen


async def reach(pilot: Pilot[None], screen: ImportScreen, step: str) -> None:
    await until(pilot, lambda: screen.step == step)
    await quiet(pilot)


async def test_the_columns_are_shown_with_what_they_are_taken_for(desk: Desk, survey: Path) -> None:
    async with importing(desk, survey) as (pilot, _triage, _screen):
        text = text_of(pilot)
        assert "rows are responses · campaign Parcels" in text
        for words in ("nps", "NPS, 0 to 10", "2 · 9 · 200", "contact: e-mail", "rosa@acme.test"):
            assert words in text


async def test_a_whole_path_pasted_behind_the_folder_takes_its_place(desk: Desk, survey: Path) -> None:
    async with opened(desk, (100, 30)) as (pilot, _triage):
        await press(pilot, "ctrl+o")
        screen = pilot.app.screen
        assert isinstance(screen, ImportScreen)
        assert screen.path.value.endswith("/")
        screen.path.post_message(events.Paste(str(survey)))
        await until(pilot, lambda: screen.path.value == str(survey))


async def test_a_path_is_completed_by_tab_and_gone_into_by_enter(desk: Desk, survey: Path) -> None:
    async with importing(desk, survey.parent.parent / "surv") as (pilot, _triage, screen):
        await until(pilot, lambda: screen.path.value == f"{survey.parent}/")
        await until(pilot, lambda: "parcels.csv" in text_of(pilot))
        await press(pilot, "tab")
        assert screen.path.value == str(survey)
        await until(pilot, lambda: not screen.path.looking)
        await press(pilot, "enter")
        assert screen.step == COLUMNS


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("none.csv", None, "No such file"),
        ("empty.csv", b"", "is empty"),
        ("page.csv", b"<html><body>", "a web page"),
    ],
)
async def test_what_is_no_table_is_told_under_the_path(
    desk: Desk, tmp_path: Path, name: str, content: bytes | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    async with importing(desk, tmp_path / name) as (pilot, _triage, screen):
        assert screen.step == FILE
        assert sentence in text_of(pilot)
        await press(pilot, "x")
        assert sentence not in text_of(pilot)


async def test_an_emptied_path_takes_nothing(desk: Desk) -> None:
    async with importing(desk, "x") as (pilot, _triage, screen):
        await press(pilot, "backspace", "enter")
        assert (screen.step, screen.path.value) == (FILE, "")


async def test_the_keys_are_explained(desk: Desk, survey: Path) -> None:
    async with importing(desk, survey) as (pilot, _triage, _screen):
        await press(pilot, "question_mark")
        text = text_of(pilot)
        assert "Count what an import would do, and store nothing." in text
        assert "Write a note" not in text


async def test_a_dry_run_counts_and_stores_nothing(desk: Desk, survey: Path) -> None:
    async with importing(desk, survey) as (pilot, _triage, screen):
        await press(pilot, "d")
        await reach(pilot, screen, RESULT)
        assert "Dry run: nothing was stored" in text_of(pilot)
        assert screen.summary is not None
        assert (screen.summary.imported, screen.summary.rejected) == (2, 1)
        assert desk.responses.find("", 10) == []
        await press(pilot, "t")
        assert screen.step == RESULT
        await press(pilot, "i")
        await reach(pilot, screen, RESULT)
        assert len(desk.responses.find("", 10)) == 2


async def test_the_result_names_rejects_and_leads_to_the_new_tickets(desk: Desk, survey: Path) -> None:
    desk.tickets.new("Older", "low")
    async with importing(desk, survey) as (pilot, triage, screen):
        await press(pilot, "i")
        await reach(pilot, screen, RESULT)
        text = text_of(pilot)
        assert "line 4" in text
        assert "parcels.rejects.csv" in text
        assert "tickets opened" in text
        await press(pilot, "t")
        await until(pilot, lambda: list(triage.tickets.numbers) == [2])
        assert triage.filter.text == "number>1"
        assert pilot.app.screen is triage


async def test_going_back_after_an_import_shows_the_list_anew(desk: Desk, survey: Path) -> None:
    async with importing(desk, survey) as (pilot, triage, screen):
        await press(pilot, "i")
        await reach(pilot, screen, RESULT)
        await press(pilot, "escape")
        await until(pilot, lambda: list(triage.tickets.numbers) == [1])
        assert triage.filter.text == ""


async def test_escape_goes_back_step_by_step(desk: Desk, survey: Path) -> None:
    async with importing(desk, survey) as (pilot, triage, screen):
        await press(pilot, "d")
        await reach(pilot, screen, RESULT)
        await press(pilot, "escape")
        assert screen.step == COLUMNS
        await press(pilot, "escape")
        assert screen.step == FILE
        await press(pilot, "escape")
        assert pilot.app.screen is triage


async def test_the_target_of_a_column_is_changed_by_choosing(desk: Desk, survey: Path) -> None:
    async with importing(desk, survey) as (pilot, _triage, screen):
        await press(pilot, *["down"] * 5, "enter", *"left", "enter")
        assert "region: left out" in told(pilot)[-1]
        await press(pilot, "i")
        await reach(pilot, screen, RESULT)
        (response,) = desk.responses.find("nps:2", 10)
        assert "region" not in [answer.key for answer in desk.responses.show(response.id).answers]


async def test_a_column_becomes_a_variable_under_a_name(desk: Desk, survey: Path) -> None:
    async with importing(desk, survey) as (pilot, _triage, screen):
        await press(pilot, *["down"] * 5, "enter", *"variable", "enter", *["backspace"] * 20, *"area", "enter")
        assert "contact's area" in text_of(pilot)
        await press(pilot, "i")
        await reach(pilot, screen, RESULT)
    (rosa,) = desk.contacts.find("rosa", 1)
    assert ("area", "North") in desk.contacts.show(rosa.id).variables


async def test_the_rows_can_be_taken_for_contacts(desk: Desk, survey: Path) -> None:
    async with importing(desk, survey) as (pilot, _triage, screen):
        await press(pilot, "r", "c")
        assert "rows are contacts" in text_of(pilot)
        assert " c campaign" not in lines_of(pilot)[-1]
        await press(pilot, "i")
        await reach(pilot, screen, RESULT)
    assert {contact.name for contact in desk.contacts.find("", 10)} == {"Rosa", "Otto", "Eve"}
    assert desk.responses.find("", 10) == []


async def test_the_campaign_is_named(desk: Desk, survey: Path) -> None:
    async with importing(desk, survey) as (pilot, _triage, screen):
        await press(pilot, "c", *" of January", "enter", "i")
        await reach(pilot, screen, RESULT)
    assert [campaign.name for campaign in desk.campaigns.list()] == ["Parcels of January"]


async def test_a_mapping_is_saved_used_again_and_given_up_only_when_asked(desk: Desk, survey: Path) -> None:
    async with importing(desk, survey) as (pilot, _triage, screen):
        await press(pilot, "m")
        assert told(pilot)[-1] == "No mapping is saved yet; s saves this one."
        await press(pilot, *["down"] * 5, "enter", *"left", "enter", "s", "enter")
        assert set(desk.imports.mappings()) == {"parcels"}
        await press(pilot, "s", "enter")
        assert "Replace the one of that name" in text_of(pilot)
        await press(pilot, "escape", "r", "c", "m", "1")
        assert screen.proposal is not None
        assert screen.proposal.kind == "responses"
        assert screen.proposal.mapping.target_of("region") == "ignore"


async def test_a_running_import_can_be_stopped_and_taken_up_again(desk: Desk, tmp_path: Path) -> None:
    rows = [f"b{place},p{place}@acme.test,P,9,ok,North,2026-01-20 10:00" for place in range(9000)]
    async with importing(desk, write(tmp_path / "many.csv", *rows)) as (pilot, _triage, screen):
        await press_at_first_progress(pilot, screen)
        await until(pilot, lambda: screen.step == RESULT, 30)
        assert screen.summary is not None
        assert 0 < screen.summary.rows < 9000
        assert "Stopped" in text_of(pilot)
    summary = desk.imports.run(tmp_path / "many.csv")
    assert summary.imported + summary.unchanged == 9000


async def press_at_first_progress(pilot: Pilot[None], screen: ImportScreen) -> None:
    """Start the import, and stop it as soon as it tells how far it is."""
    report: Callable[[int, int, int], bool] = screen.work._report
    screen.work._report = lambda *far: report(*far) and False  # type: ignore[method-assign]  # as Esc would
    await pilot.press("i")


async def test_who_may_not_import_is_not_offered_it(desk: Desk) -> None:
    async with opened(without(desk, "import")) as (pilot, triage):
        await press(pilot, "ctrl+o")
        assert pilot.app.screen is triage
        assert told(pilot)[-1] == "You may not import files. An administrator can allow it."


async def test_hostile_cells_are_shown_as_text(desk: Desk, survey: Path) -> None:
    async with importing(desk, survey) as (pilot, _triage, _screen):
        assert "[red]x[/red]" in text_of(pilot)


async def test_it_works_at_the_smallest_size(desk: Desk, survey: Path) -> None:
    async with importing(desk, survey, (60, 20)) as (pilot, _triage, screen):
        assert "NPS, 0 to 10" in text_of(pilot)
        await press(pilot, "i")
        await reach(pilot, screen, RESULT)
        assert "t new tickets" in lines_of(pilot)[-1]
