"""The command line as a test runs it: in this process, as a user of the small desk, at the test's own clock."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from casedesk.cli.app import app
from casedesk.cli.invocation import Invocation
from casedesk.desk import Desk
from tests.conftest import Clock


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output, which has to be one JSON document."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def surroundings(tmp_path: Path, desk_path: Path) -> dict[str, str | None]:
    """Environment variables that keep a run inside the test's folder."""
    folders = {f"XDG_{what}_HOME": str(tmp_path / what) for what in ("CONFIG", "DATA", "STATE")}
    unset = dict.fromkeys(("CASEDESK_USER", "CASEDESK_CONFIG", "CASEDESK_DEBUG"))
    return {**folders, **unset, "CASEDESK_DESK": str(desk_path), "LOGNAME": "ana"}


@pytest.fixture
def run(surroundings: dict[str, str | None], clock: Clock) -> Run:
    """Run `casedesk …`; `answers` is what somebody at a terminal types, `piped` what comes through a pipe."""

    def ran(
        *arguments: str, piped: str | bytes | None = None, answers: str | None = None, **environment: str | None
    ) -> Ran:
        result = CliRunner().invoke(
            app,
            arguments,
            input=piped if answers is None else answers,
            env=surroundings | environment,
            obj=Invocation(clock=clock, interactive=answers is not None),
            prog_name="casedesk",
        )
        return Ran(result.exit_code, result.stdout, result.stderr)

    return ran


@pytest.fixture
def ticket(desk: Desk) -> int:
    """An open-handed ticket: urgent, tagged, without a plan."""
    return desk.tickets.new("Late delivery", "high", topic="Delivery", description="Three weeks.", tags=["vip"]).done[0]
