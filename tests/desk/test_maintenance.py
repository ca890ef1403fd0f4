"""A checked copy of the desk, taken while it is in use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.restoring import dated
from casedesk.domain.errors import InvalidInput, StoreUnavailable
from casedesk.store.copying import check_room
from casedesk.store.faults import ReadingCancelled
from tests.conftest import NOON


def test_a_backup_holds_what_the_desk_holds(desk: Desk, tmp_path: Path) -> None:
    desk.tickets.new("Late delivery", "high", note="Called back")
    made = desk.backup(tmp_path / "copy.desk")
    assert (made.tickets, made.size) == (1, (tmp_path / "copy.desk").stat().st_size)
    with Desk.open(made.path, user="ben") as copy:
        assert copy.tickets.show(1).notes == desk.tickets.show(1).notes


def test_a_backup_leaves_nothing_beside_itself(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    desk.backup(folder / "copy.desk")
    assert [path.name for path in folder.iterdir()] == ["copy.desk"]
    assert (folder / "copy.desk").stat().st_mode & 0o777 == 0o600


def test_in_a_folder_a_backup_gets_a_dated_name(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    names = [Path(desk.backup(folder).path).name for _ in range(2)]
    assert names == ["small-2026-01-31-130100.desk", "small-2026-01-31-130100-2.desk"]


def test_a_date_in_a_name_is_that_of_the_zone(tmp_path: Path) -> None:
    assert dated(tmp_path, "a", NOON, "Asia/Tokyo").name == "a-2026-01-31-210000.desk"
    assert dated(tmp_path, "a", NOON, "Nowhere/Land").name == "a-2026-01-31-120000.desk"


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize(
    "place", ["small.desk", "small.desk-wal", "small.desk-shm", "missing/copy.desk", "copy.desk/x"]
)
def test_a_backup_needs_a_place_of_its_own(desk: Desk, tmp_path: Path, replace: bool, place: str) -> None:
    desk.backup(tmp_path / "copy.desk")
    before = sorted(tmp_path.iterdir())
    with pytest.raises((InvalidInput, StoreUnavailable)):
        desk.backup(tmp_path / place, replace=replace)
    assert sorted(tmp_path.iterdir()) == before
    assert desk.tickets.new("Still working", "low").done == (1,)


def test_a_backup_follows_a_link_and_never_to_the_desk_itself(desk: Desk, tmp_path: Path) -> None:
    link, latest = tmp_path / "latest", tmp_path / "first.desk"
    link.symlink_to(latest)
    assert desk.backup(link).path == str(latest)
    desk.tickets.new("Late delivery", "high")
    assert desk.backup(link, replace=True).tickets == 1
    assert link.is_symlink()
    link.unlink()
    link.symlink_to(desk.path)
    with pytest.raises(InvalidInput, match="than the desk itself"):
        desk.backup(link, replace=True)
    link.unlink()
    link.symlink_to(link)
    with pytest.raises((InvalidInput, StoreUnavailable)):
        desk.backup(link, replace=True)


def test_a_desk_that_somebody_has_open_is_not_replaced(desk: Desk, tmp_path: Path) -> None:
    other = Desk.create(tmp_path / "other.desk", user="ana")
    other.tickets.new("Mine", "low")
    with other, pytest.raises(InvalidInput, match="in use"):
        desk.backup(other.path, replace=True)
    assert desk.backup(other.path, replace=True).tickets == 0


@pytest.mark.parametrize("step", ["copying", "checking the copy"])
def test_a_backup_that_is_stopped_leaves_nothing(desk: Desk, tmp_path: Path, step: str) -> None:
    target = tmp_path / "copy.desk"
    target.write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ReadingCancelled):
        desk.backup(target, replace=True, progress=lambda what, *_: what != step)
    assert (target.read_text(encoding="utf-8"), sorted(tmp_path.iterdir())) == ("mine", before)


def test_progress_of_a_backup_is_told_in_bytes(desk: Desk, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    made = desk.backup(tmp_path / "copy.desk", progress=lambda *step: told.append(step) is None)
    assert told[0] == ("copying", 0, 0)
    assert ("copying", made.size, made.size) in told


def test_a_copy_holds_one_moment_though_others_write_meanwhile(desk: Desk, tmp_path: Path) -> None:
    desk.tickets.new("Before", "low")

    def write(what: str, done: int, _total: int) -> bool:
        if what == "copying" and not done:
            desk.as_user("ben").tickets.new("Meanwhile", "low")
        return True

    assert desk.backup(tmp_path / "copy.desk", progress=write).tickets == 1
    assert desk.tickets.numbers("") == [2, 1]


def test_without_room_nothing_is_begun(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreUnavailable, match=r"1,000,000,000.0 GB are needed"):
        check_room(tmp_path, 10**18)
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))  # type: ignore[attr-defined]  # what disk_usage returns
    with pytest.raises(StoreUnavailable, match="no room"):
        desk.backup(tmp_path / "copy.desk")
    assert sorted(tmp_path.iterdir()) == before
