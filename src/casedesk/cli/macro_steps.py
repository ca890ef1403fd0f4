"""The steps of a macro as the command line gives them: by options, or in a TOML or JSON file."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from casedesk.domain.errors import InvalidInput

Step = dict[str, Any]

FILE_LARGEST = 1_000_000
"""Bytes of a file of steps that are read."""

FromFile = Annotated[
    str | None,
    typer.Option("--from", metavar="FILE", help="Take the steps from a TOML or JSON file; - reads JSON from a pipe."),
]
Reopen = Annotated[bool, typer.Option("--reopen", help="Open the closed ticket again.")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Write this title.")]
Description = Annotated[
    str | None,
    typer.Option("--description", metavar="TEXT", help="Write this description; an empty one takes it away."),
]
Plan = Annotated[str | None, typer.Option("--plan", metavar="PLAN", help="Give the plan, or none.")]
Action = Annotated[str | None, typer.Option("--action", metavar="NAME", help="Record this action of the plan.")]
ActionStatus = Annotated[
    str | None, typer.Option("--action-status", metavar="STATUS", help="How the action went.")
]  # fmt: skip
Comment = Annotated[str | None, typer.Option("--comment", metavar="TEXT", help="A comment on the action.")]
ClosePlan = Annotated[bool, typer.Option("--close-plan", help="Close the plan with the action.")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Add this note.")]
Classify = Annotated[
    list[str] | None, typer.Option("--classify", metavar="±NAME", help="Add or remove a classification; repeatable.")
]
Tag = Annotated[list[str] | None, typer.Option("--tag", metavar="±TAG", help="Add or remove a tag; repeatable.")]
Priority = Annotated[str | None, typer.Option("--priority", metavar="PRIORITY", help="Set the priority, or none.")]
Topic = Annotated[str | None, typer.Option("--topic", metavar="TOPIC", help="Set the topic, or none.")]
Team = Annotated[str | None, typer.Option("--team", metavar="TEAM", help="Set the team, or none.")]
Owner = Annotated[
    str | None, typer.Option("--owner", metavar="USER", help="Set the owner: a user, none, or me for who runs it.")
]
Helper = Annotated[
    list[str] | None,
    typer.Option("--helper", metavar="±USER", help="Add or remove a helper; me is who runs it; repeatable."),
]
Status = Annotated[str | None, typer.Option("--status", metavar="STATUS", help="Change the status.")]
Until = Annotated[
    str | None, typer.Option("--until", metavar="WHEN", help="When a pending ticket wakes up, as 2d or tomorrow.")
]
Close = Annotated[bool, typer.Option("--close", help="Close the ticket.")]
Resolution = Annotated[
    str | None,
    typer.Option("--resolution", metavar="NAME", help="The resolution; closes the ticket, unless --close-plan does."),
]
ExitState = Annotated[
    str | None, typer.Option("--exit-state", metavar="STATE", help="How the plan ended, where it is closed.")
]


def steps_of_options(
    *,
    reopen: bool,
    title: str | None,
    description: str | None,
    plan: str | None,
    action: str | None,
    action_status: str | None,
    comment: str | None,
    close_plan: bool,
    note: str | None,
    classify: Sequence[str] | None,
    tag: Sequence[str] | None,
    priority: str | None,
    topic: str | None,
    team: str | None,
    owner: str | None,
    helper: Sequence[str] | None,
    status: str | None,
    until: str | None,
    close: bool,
    resolution: str | None,
    exit_state: str | None,
) -> list[Step]:
    """The steps in the order of these options; an exit state and a resolution belong to closing, else to the action."""
    if (until and not status) or (not action and (action_status or comment or close_plan)):
        lone = "--until needs --status" if until and not status else "These options need --action"
        raise InvalidInput(f"{lone}.")
    closing = close or (resolution is not None and not (action and close_plan))
    closes_as = status if closing and not until else None
    ends = {"resolution": resolution, "exit_state": exit_state}
    answers: list[tuple[str, Any]] = [
        ("reopen", reopen),
        ("title", title),
        ("description", description),
        ("plan", plan),
        (
            "action",
            action
            and {"name": action, "status": action_status, "comment": comment, "close_plan": close_plan or None}
            | ({} if closing else ends),
        ),
        ("note", note),
        ("classifications", classify),
        ("tags", tag),
        ("priority", priority),
        ("topic", topic),
        ("team", team),
        ("owner", owner),
        ("helpers", helper),
        ("status", None if closes_as else {"name": status, "until": until} if status and until else status),
        ("close", {**ends, "status": closes_as} if closing else None),
    ]
    return [{kind: _given(answer)} for kind, answer in answers if answer or answer == ""]


def _given(answer: Any) -> Any:
    return {name: value for name, value in answer.items() if value is not None} if isinstance(answer, dict) else answer


def steps_of_file(name: str) -> list[Step]:
    """The steps of a file: a list of tables, or a table with `steps`, as `macros show --json` writes it."""
    text = sys.stdin.read(FILE_LARGEST) if name == "-" else _text_of(Path(name))
    try:
        if name.lower().endswith(".toml"):
            import tomllib

            found: Any = tomllib.loads(text)
        else:
            found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"{name}: {error}.") from error
    listed = found.get("steps") if isinstance(found, Mapping) else found
    if not isinstance(listed, list):
        raise InvalidInput(f"{name} has no list of steps.")
    return listed


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > FILE_LARGEST:
            raise InvalidInput(f"{path} is too large for a list of steps.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path} is not UTF-8 text.") from error
