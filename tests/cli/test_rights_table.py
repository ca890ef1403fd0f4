"""Every command needs a right: without it the command ends with 3, one line, and nothing changed (M13, S13)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from casedesk.cli.app import app
from casedesk.desk import Desk
from casedesk.desk.defaults import DETRACTOR_RULE, EXAMPLE_PLAN
from casedesk.domain.rights import (
    ACTS_JOURNAL,
    ACTS_UNDO,
    BACKUP,
    CONFIGURE,
    CONTACTS_VIEW,
    IMPORT,
    LEVELS,
    MACROS_OWN,
    PLANS,
    REPORTS_VIEW,
    RIGHTS,
    TICKETS_ACTION,
    TICKETS_ASSIGN,
    TICKETS_CLASSIFY,
    TICKETS_CLOSE,
    TICKETS_EDIT,
    TICKETS_MERGE,
    TICKETS_MESSAGE,
    TICKETS_NEW,
    TICKETS_NOTE,
    TICKETS_PLAN,
    TICKETS_PRIORITY,
    TICKETS_RELATE,
    TICKETS_REOPEN,
    TICKETS_STATUS,
    TICKETS_TAG,
    TICKETS_TOPIC,
    TICKETS_VIEW,
    USERS,
    VIEWS_OWN,
    VIEWS_SHARE,
)
from tests.cli.conftest import Run
from tests.conftest import Clock
from tests.desk.rights_world import CLOSED, OTHER, PARCEL, WITH_PLAN, answers, make_world

RULE = str(DETRACTOR_RULE["name"])
N, C, O, P = str(PARCEL), str(CLOSED), str(OTHER), str(WITH_PLAN)  # noqa: E741  (letters that the table is read by)

PEOPLE = (TICKETS_VIEW, USERS, CONFIGURE)
ROLES = (TICKETS_VIEW, USERS)
LISTS = (TICKETS_VIEW, CONFIGURE)
OF_PLANS = (TICKETS_VIEW, PLANS, CONFIGURE)
OF_LEVELS = (TICKETS_VIEW, LEVELS, CONFIGURE)

Need = str | tuple[str, ...]

TABLE: dict[str, tuple[list[str], Need]] = {
    "import": (["FILE"], IMPORT),
    "tickets list": ([], TICKETS_VIEW),
    "tickets show": ([N], TICKETS_VIEW),
    "tickets explain": ([N], TICKETS_VIEW),
    "tickets new": (["Late", "--priority", "low"], TICKETS_NEW),
    "tickets note": ([N, "rang"], TICKETS_NOTE),
    "tickets log-message": ([N, "--body", "Hello"], TICKETS_MESSAGE),
    "tickets action": ([P, "Call", "--status", "No response"], TICKETS_ACTION),
    "tickets status": ([N, "pending"], TICKETS_STATUS),
    "tickets close": ([N, "--resolution", "Resolved"], TICKETS_CLOSE),
    "tickets reopen": ([C], TICKETS_REOPEN),
    "tickets edit": ([N, "--title", "Later"], TICKETS_EDIT),
    "tickets classify": ([N, "Price"], TICKETS_CLASSIFY),
    "tickets tag": ([N, "+late"], TICKETS_TAG),
    "tickets priority": ([N, "high"], TICKETS_PRIORITY),
    "tickets topic": ([N, "Billing"], TICKETS_TOPIC),
    "tickets assign": ([N, "ben"], TICKETS_ASSIGN),
    "tickets team": ([N, "Riders"], TICKETS_ASSIGN),
    "tickets helpers": ([N, "+ben"], TICKETS_ASSIGN),
    "tickets plan": ([N, EXAMPLE_PLAN], TICKETS_PLAN),
    "tickets relate": ([N, "parent", O], TICKETS_RELATE),
    "tickets merge": ([N, O], TICKETS_MERGE),
    "undo": ([], ACTS_UNDO),
    "redo": ([], ACTS_UNDO),
    "journal": ([], ACTS_JOURNAL),
    "sla on": ([], LEVELS),
    "sla off": ([], LEVELS),
    "sla show": ([], OF_LEVELS),
    "report": (["tickets"], REPORTS_VIEW),
    "responses list": ([], TICKETS_VIEW),
    "responses show": (["1"], TICKETS_VIEW),
    "responses action": (["1", "Call", "--status", "No response", "--view", "Answers"], TICKETS_ACTION),
    "contacts list": ([], CONTACTS_VIEW),
    "contacts show": (["Rosa"], CONTACTS_VIEW),
    "accounts list": ([], CONTACTS_VIEW),
    "accounts show": (["Acme"], CONTACTS_VIEW),
    "campaigns list": ([], OF_PLANS),
    "campaigns show": (["spring"], OF_PLANS),
    "config show": ([], LISTS),
    "config get": (["zone"], LISTS),
    "config export": (["FOLDER/fresh.toml"], CONFIGURE),
    "config import": (["FOLDER/set-up.toml"], CONFIGURE),
    "config set": (["name", "Desk"], CONFIGURE),
    "users list": ([], PEOPLE),
    "users show": (["ben"], PEOPLE),
    "users add": (["eve"], USERS),
    "users rename": (["ben", "Ben Okri"], USERS),
    "users role": (["ben", "agent"], USERS),
    "users retire": (["ben"], USERS),
    "users activate": (["dora"], USERS),
    "users away": (["me"], TICKETS_VIEW),
    "users back": (["me"], TICKETS_VIEW),
    "teams list": ([], PEOPLE),
    "teams show": (["Care"], PEOPLE),
    "teams add": (["North"], USERS),
    "teams members": (["Care", "+ben"], USERS),
    "teams rename": (["Care", "Kindness"], USERS),
    "teams retire": (["Care"], USERS),
    "teams restore": (["Old team"], USERS),
    "roles list": ([], ROLES),
    "roles show": (["agent"], ROLES),
    "roles table": ([], ROLES),
    "roles add": (["Boss"], USERS),
    "roles rename": (["agent", "Agent"], USERS),
    "roles remove": (["Reader"], USERS),
    "roles grant": (["agent", "import"], USERS),
    "roles withhold": (["agent", "tickets.note"], USERS),
    "plans list": ([], OF_PLANS),
    "plans show": (["Spare"], OF_PLANS),
    "plans add": (["Another"], PLANS),
    "plans edit": (["Spare", "--name", "Second"], PLANS),
    "plans copy": (["Spare", "Second"], PLANS),
    "plans retire": (["Spare"], PLANS),
    "plans restore": (["Gone"], PLANS),
    "plans link": (["spring", "Spare"], PLANS),
    "plans action list": ([], OF_PLANS),
    "plans action add": (["Wave"], PLANS),
    "plans action edit": (["Knock", "--name", "Ring"], PLANS),
    "plans action retire": (["Knock"], PLANS),
    "plans action restore": (["Sing"], PLANS),
    "plans action link": (["Knock", EXAMPLE_PLAN], PLANS),
    "plans action unlink": (["Knock", "Spare"], PLANS),
    "calendars list": ([], OF_LEVELS),
    "calendars show": (["Night"], OF_LEVELS),
    "calendars add": (["Early", "--hours", "mon-fri 06:00-10:00"], LEVELS),
    "calendars change": (["Night", "--name", "Always"], LEVELS),
    "calendars date": (["Night", "2026-12-24"], LEVELS),
    "calendars copy": (["Night", "Always"], LEVELS),
    "calendars retire": (["Night"], LEVELS),
    "calendars restore": (["Gone"], LEVELS),
    "policies list": ([], OF_LEVELS),
    "policies show": (["Vip"], OF_LEVELS),
    "policies add": (["High", "--query", "priority:high"], LEVELS),
    "policies change": (["Vip", "--name", "Gold"], LEVELS),
    "policies target": (["Vip", "resolution", "8h"], LEVELS),
    "policies move": (["Vip", "1"], LEVELS),
    "policies retire": (["Vip"], LEVELS),
    "policies restore": (["Gone"], LEVELS),
    "macros list": ([], TICKETS_VIEW),
    "macros show": (["Call back"], TICKETS_VIEW),
    "macros make": (["Wave", "--note", "waved"], MACROS_OWN),
    "macros change": (["Call back", "--name", "Ring"], MACROS_OWN),
    "macros retire": (["Call back"], MACROS_OWN),
    "macros run": (["Call back", N], TICKETS_NOTE),
    "views list": ([], TICKETS_VIEW),
    "views show": (["Answers"], TICKETS_VIEW),
    "views run": (["Answers"], TICKETS_VIEW),
    "views columns": ([], TICKETS_VIEW),
    "views add": (["Late"], VIEWS_OWN),
    "views change": (["Mine", "--name", "Ours"], VIEWS_OWN),
    "views share": (["Mine"], VIEWS_SHARE),
    "views copy": (["Mine", "Ours"], VIEWS_OWN),
    "views move": (["Mine", "2"], VIEWS_OWN),
    "views delete": (["Mine"], VIEWS_OWN),
    "dashboards list": ([], TICKETS_VIEW),
    "dashboards show": (["Day"], TICKETS_VIEW),
    "dashboards make": (["Night"], VIEWS_OWN),
    "dashboards change": (["Day", "--name", "Night"], VIEWS_OWN),
    "dashboards copy": (["Day", "Night"], VIEWS_OWN),
    "dashboards share": (["Day", "--user", "ben"], VIEWS_SHARE),
    "dashboards unshare": (["Day", "--user", "ben"], VIEWS_SHARE),
    "dashboards pin": (["Day"], TICKETS_VIEW),
    "dashboards unpin": ([], TICKETS_VIEW),
    "dashboards retire": (["Day"], VIEWS_OWN),
    "dashboards restore": (["Gone"], VIEWS_OWN),
    "dashboards widget add": (["Day", "--view", "Mine"], VIEWS_OWN),
    "dashboards widget change": (["Day", "1", "--title", "Now"], VIEWS_OWN),
    "dashboards widget move": (["Day", "1", "2"], VIEWS_OWN),
    "dashboards widget remove": (["Day", "1"], VIEWS_OWN),
    "backup": (["FOLDER/copy.desk"], BACKUP),
}
"""Command → arguments that it would take, and the right (or those, one of which is enough) that it can't do without.

Two alternatives are held by nobody in the test. Folders are put in for FILE and FOLDER."""

for _list, _entry in {
    "statuses": "pending",
    "priorities": "high",
    "topics": "Billing",
    "tags": "vip",
    "classifications": "Price",
    "close-options": "Resolved",
}.items():
    TABLE |= {
        f"{_list} list": ([], LISTS),
        f"{_list} show": ([_entry], LISTS),
        f"{_list} add": (["Fresh", *(["--state", "open"] if _list == "statuses" else [])], CONFIGURE),
        f"{_list} rename": ([_entry, "Fresh"], CONFIGURE),
        f"{_list} retire": ([_entry], CONFIGURE),
        f"{_list} restore": ([_entry], CONFIGURE),
    }
    if _list != "tags":
        TABLE[f"{_list} move"] = ([_entry, "--to", "1"], CONFIGURE)
TABLE |= {
    "rules list": ([], LISTS),
    "rules show": ([RULE], LISTS),
    "rules add": (["Praise", "--when", "nps>=9", "--then", "tag=praise"], CONFIGURE),
    "rules change": ([RULE, "--when", "nps<=5"], CONFIGURE),
    "rules set": (["Praise", "--when", "nps>=9", "--then", "tag=praise"], CONFIGURE),
    "rules rename": ([RULE, "Angry"], CONFIGURE),
    "rules switch": ([RULE, "off"], CONFIGURE),
    "rules on": ([RULE], CONFIGURE),
    "rules off": ([RULE], CONFIGURE),
    "rules move": ([RULE, "1"], CONFIGURE),
    "rules remove": ([RULE], CONFIGURE),
    "rules log": ([], TICKETS_VIEW),
    "rules try": ([RULE], CONFIGURE),
}
TABLE["statuses state"] = (["pending", "open"], CONFIGURE)

FREE = frozenset(
    {
        "demo",
        "init",
        "doctor",
        "restore",
        "sweep",
        "sla deadline",
        "sla elapsed",
        "tickets fields",
    }
)
"""What is for no user of a desk: it makes one, looks a file over, does what is due by itself, or reads no desk."""

PERSONAL = ("preferences", "themes", "config explain")
"""A user's own configuration, which lies in no desk."""


def commands() -> set[str]:
    """Every command by its words, without the name of the program."""
    root: Any = typer.main.get_command(app)

    def below(command: Any, words: tuple[str, ...], parent: Any) -> Iterator[str]:
        if not hasattr(command, "list_commands"):
            yield " ".join(words)
            return
        for name in command.list_commands(parent):
            found = command.get_command(parent, name)
            yield from below(found, (*words, name), type(parent)(found, info_name=name, parent=parent))

    return set(below(root, (), typer.Context(root, info_name="casedesk")))


def test_every_command_has_its_row() -> None:
    asked = {name for name in commands() if not name.startswith(PERSONAL)}
    assert asked == set(TABLE) | FREE


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("world") / "world.desk"
    make_world(path, Clock())
    return path


@pytest.mark.parametrize("name", TABLE)
def test_without_its_right_a_command_is_refused_in_one_line(
    name: str, world: Path, desk_path: Path, tmp_path: Path, run: Run, clock: Clock
) -> None:
    shutil.copy(world, desk_path)
    file = answers(tmp_path)
    (tmp_path / "set-up.toml").write_text("", encoding="utf-8")
    arguments, need = TABLE[name]
    lacking = (need,) if isinstance(need, str) else need
    with Desk.open(desk_path, user="ana", clock=clock) as desk:
        desk.team.set_role("ben", "administrator")
        desk.roles.add("Nearly all", rights=set(RIGHTS) - set(lacking))
        desk.team.set_role("ana", "Nearly all")
        before = desk.store.reader().row("SELECT count(*), max(id) FROM activity")
        given = [text.replace("FILE", str(file)).replace("FOLDER", str(tmp_path)) for text in arguments]
        ran = run(*name.split(), *given, LOGNAME="ana")
        assert (ran.status, ran.out) == (3, ""), ran.err
        assert "ana may " in ran.err
        assert ran.err.count("\n") == 1
        assert desk.store.reader().row("SELECT count(*), max(id) FROM activity") == before
