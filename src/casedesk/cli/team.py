"""`casedesk users …` and `teams …`: who works at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from casedesk.cli.acting import report
from casedesk.cli.documents import user_document
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation, text_or_input
from casedesk.cli.output import write, write_fields, write_found, write_json, write_table
from casedesk.cli.progress import ProgressLine
from casedesk.domain.errors import InvalidInput, NotFound
from casedesk.domain.rights import RIGHTS

if TYPE_CHECKING:
    from casedesk.desk.values import Team as TeamValue, User

users = Commands(help="List, show, add and change users. A role is a set of single rights.")
teams = Commands(help="List, show, add and change teams.")

Login = Annotated[str, typer.Argument(metavar="USER", help="The login.")]
Role = Annotated[str, typer.Argument(metavar="ROLE", help="A role; `casedesk roles list` names them.")]
Team = Annotated[str, typer.Argument(metavar="TEAM", help="The team's name, in any case.")]
Retired = Annotated[bool, typer.Option("--retired", help="Those that are retired, too.")]


@users.command("list")
def list_users(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List all users, retired ones included."""
    with invocation(ctx).open() as desk:
        found = desk.team.users()
    if as_json:
        write_json([user_document(user) for user in found])
    else:
        rows = [(user.login, user.name, user.role, _presence(user)) for user in found]
        write_table(("user", "name", "role", ""), rows)


@users.command("show")
def show_user(ctx: typer.Context, login: Login, as_json: AsJson = False) -> None:
    """Show a user and what they may do."""
    with invocation(ctx).open() as desk:
        found = next((user for user in desk.team.users() if user.login.casefold() == login.casefold()), None)
    if found is None:
        raise NotFound(f"There is no user {login}.")
    if as_json:
        write_json(user_document(found))
        return
    write_fields([("user", found.login), ("name", found.name), ("role", found.role), ("presence", _presence(found))])
    for right, text in RIGHTS.items():
        write(f"  {'may' if right in found.rights else 'may not':<8}{text}")


def _presence(user: User) -> str:
    if not user.active:
        return "retired"
    return "away" if user.away else ""


@users.command("add")
def add_user(
    ctx: typer.Context,
    login: Login,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The person's name.")] = "",
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="The role.")] = "agent",
    as_json: AsJson = False,
) -> None:
    """Let somebody work at the desk. USER is the operating system's name of the person."""
    with invocation(ctx).open() as desk:
        outcome = desk.team.add_user(login, name=name, role=role)
    report(outcome, as_json=as_json)


@users.command("rename")
def rename_user(
    ctx: typer.Context,
    login: Login,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name that is shown; the login stays.")],
    as_json: AsJson = False,
) -> None:
    """Give a user another name."""
    with invocation(ctx).open() as desk:
        report(desk.team.rename_user(login, name), as_json=as_json)


@users.command("role")
def set_role(ctx: typer.Context, login: Login, role: Role, as_json: AsJson = False) -> None:
    """Give a user another role."""
    with invocation(ctx).open() as desk:
        outcome = desk.team.set_role(login, role)
    report(outcome, as_json=as_json)


@users.command("retire")
def retire_user(ctx: typer.Context, login: Login, as_json: AsJson = False) -> None:
    """Take a user's access away; what they did stays theirs."""
    with invocation(ctx).open() as desk:
        outcome = desk.team.set_active(login, False)
    report(outcome, as_json=as_json)


@users.command("activate")
def activate_user(ctx: typer.Context, login: Login, as_json: AsJson = False) -> None:
    """Let a retired user work again."""
    with invocation(ctx).open() as desk:
        outcome = desk.team.set_active(login, True)
    report(outcome, as_json=as_json)


@users.command("away")
def go_away(
    ctx: typer.Context,
    login: Login,
    hand_over_to: Annotated[
        str | None,
        typer.Option(
            "--hand-over-to",
            metavar="USER|team:NAME|nobody",
            help="Who gets the open tickets; without it they stay where they are.",
        ),
    ] = None,
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help="A note on each of these tickets; - reads standard input.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Say that a user is away, me for yourself. `undo` brings back the tickets as well."""
    said = text_or_input(note)
    with invocation(ctx).open() as desk:
        outcome = desk.team.go_away(login, hand_over_to=hand_over_to, note=said)
    report(outcome, as_json=as_json)


@users.command("back")
def come_back(ctx: typer.Context, login: Login, as_json: AsJson = False) -> None:
    """Say that a user is there again, me for yourself. Tickets that were handed over stay where they are."""
    with invocation(ctx).open() as desk:
        report(desk.team.come_back(login), as_json=as_json)


@teams.command("list")
def list_teams(ctx: typer.Context, retired: Retired = False, as_json: AsJson = False) -> None:
    """List the teams with their members and open tickets."""
    with invocation(ctx).open() as desk:
        found = desk.team.list_teams(retired=retired)
    write_found(
        found, _team_document, ("team", "open", "members", ""),
        lambda team: (team.name, team.open_tickets, ", ".join(team.members), "retired" if team.retired else ""),
        flexible=2, nothing="There are no teams yet; `casedesk teams add TEAM USER…` makes one.", as_json=as_json,
    )  # fmt: skip


@teams.command("show")
def show_team(ctx: typer.Context, name: Team, as_json: AsJson = False) -> None:
    """Show a team's members and how many tickets it has."""
    with invocation(ctx).open() as desk:
        team = desk.team.team(name)
    if as_json:
        write_json(_team_document(team))
        return
    write_fields(
        [
            ("team", team.name),
            ("members", ", ".join(team.members) or "none"),
            ("open tickets", team.open_tickets),
            ("all tickets", team.tickets),
            ("", "retired" if team.retired else None),
        ]
    )


def _team_document(team: TeamValue) -> dict[str, Any]:
    return {
        "name": team.name,
        "members": list(team.members),
        "retired": team.retired,
        "open_tickets": team.open_tickets,
        "tickets": team.tickets,
    }


@teams.command("add")
def add_team(
    ctx: typer.Context,
    name: Team,
    members: Annotated[list[str] | None, typer.Argument(metavar="USER…", help="Its members' logins.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a team with these members."""
    with invocation(ctx).open() as desk:
        outcome = desk.team.add_team(name, tuple(members or ()))
    report(outcome, as_json=as_json)


@teams.command("members")
def change_members(
    ctx: typer.Context,
    name: Team,
    changes: Annotated[list[str], typer.Argument(metavar="+USER -USER…", help="Who joins and who leaves.")],
    as_json: AsJson = False,
) -> None:
    """Change a team's members. Open tickets of the team that belong to somebody who leaves lose their owner."""
    wrong = [text for text in changes if text[:1] not in {"+", "-"} or not text[1:]]
    if wrong:
        raise InvalidInput(f"“{wrong[0]}” is neither +USER nor -USER.")
    with invocation(ctx).open() as desk:
        outcome = desk.team.change_members(
            name,
            add=tuple(text[1:] for text in changes if text[0] == "+"),
            remove=tuple(text[1:] for text in changes if text[0] == "-"),
        )
    report(outcome, as_json=as_json)


@teams.command("rename")
def rename_team(
    ctx: typer.Context,
    name: Team,
    new_name: Annotated[str, typer.Argument(metavar="NEW", help="The name that it gets.")],
    as_json: AsJson = False,
) -> None:
    """Give a team another name; rules, views and macros follow."""
    with invocation(ctx).open() as desk:
        report(desk.team.rename_team(name, new_name), as_json=as_json)


@teams.command("retire")
def retire_team(
    ctx: typer.Context,
    name: Team,
    replace_by: Annotated[
        str | None, typer.Option("--replace-by", metavar="OTHER", help="The team that gets its tickets.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Offer a team no longer. Its tickets keep it, or go to another team."""
    with invocation(ctx).open() as desk, ProgressLine("tickets") as line:
        outcome = desk.team.retire_team(name, replace_by=replace_by, progress=line.tell_count)
    report(outcome, as_json=as_json)


@teams.command("restore")
def restore_team(ctx: typer.Context, name: Team, as_json: AsJson = False) -> None:
    """Offer a retired team again."""
    with invocation(ctx).open() as desk:
        report(desk.team.restore_team(name), as_json=as_json)
