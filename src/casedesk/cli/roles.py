"""`casedesk roles …`: which single rights each role has, and who has the role (M13, S13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from casedesk.cli.acting import report
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import write, write_csv, write_fields, write_json, write_table
from casedesk.domain.errors import InvalidInput
from casedesk.domain.rights import ALL_RIGHTS, GROUPS

if TYPE_CHECKING:
    from casedesk.desk.values import Role

app = Commands(help="List, show, add, change and remove roles. A role is a set of single rights.")

RoleName = Annotated[str, typer.Argument(metavar="ROLE", help="The role's name, in any case.")]
NewName = Annotated[str, typer.Argument(metavar="NEW", help="The name that it gets.")]
Rights = Annotated[list[str], typer.Argument(metavar="RIGHT…", help="Rights as `roles table` names them.")]


@app.command("list")
def list_roles(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the roles, with how many rights each has and who has it."""
    with invocation(ctx).open() as desk:
        roles = desk.roles.list()
    if as_json:
        write_json([_document(role) for role in roles])
        return
    rows = [(role.name, len(role.rights), len(role.users), _users(role)) for role in roles]
    write_table(("role", "rights", "users", ""), rows, flexible=3)


@app.command("show")
def show_role(ctx: typer.Context, name: RoleName, as_json: AsJson = False) -> None:
    """Show what a role may do and may not, and who has it."""
    with invocation(ctx).open() as desk:
        role = desk.roles.show(name)
    if as_json:
        write_json(_document(role))
        return
    write_fields([("role", role.name), ("users", _users(role) or "none")])
    for group in GROUPS:
        write()
        write(group)
        for right in ALL_RIGHTS:
            if right.group == group:
                write(f"  {'may' if right.id in role.rights else 'may not':<8}{right.words}")


@app.command("table")
def show_table(
    ctx: typer.Context,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show every right against every role."""
    if as_csv and as_json:
        raise InvalidInput("Choose --csv or --json.")
    with invocation(ctx).open() as desk:
        roles = desk.roles.list()
    if as_json:
        write_json(
            [
                {
                    "right": right.id,
                    "group": right.group,
                    "words": right.words,
                    "roles": [role.name for role in roles if right.id in role.rights],
                }
                for right in ALL_RIGHTS
            ]
        )
        return
    header = ("right", "may", *(role.name for role in roles))
    rows = [
        (right.id, right.words, *("yes" if right.id in role.rights else "" for role in roles)) for right in ALL_RIGHTS
    ]
    if as_csv:
        write_csv(header, rows)
    else:
        write_table(header, rows, flexible=1)


@app.command("add")
def add_role(
    ctx: typer.Context,
    name: RoleName,
    rights: Annotated[list[str] | None, typer.Argument(metavar="RIGHT…", help="The rights that it gets.")] = None,
    copy_of: Annotated[str | None, typer.Option("--copy", metavar="ROLE", help="The rights of this role.")] = None,
    as_json: AsJson = False,
) -> None:
    """Add a role, with these rights, or as a copy of another."""
    with invocation(ctx).open() as desk:
        report(desk.roles.add(name, copy_of=copy_of, rights=rights or ()), as_json=as_json)


@app.command("rename")
def rename_role(ctx: typer.Context, name: RoleName, new_name: NewName, as_json: AsJson = False) -> None:
    """Give a role another name."""
    with invocation(ctx).open() as desk:
        report(desk.roles.rename(name, new_name), as_json=as_json)


@app.command("remove")
def remove_role(
    ctx: typer.Context,
    name: RoleName,
    replace_by: Annotated[
        str | None, typer.Option("--replace-by", metavar="OTHER", help="The role that its users get.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Remove a role. While users have it, say which role they get."""
    with invocation(ctx).open() as desk:
        report(desk.roles.remove(name, replace_by=replace_by), as_json=as_json)


@app.command("grant")
def grant(ctx: typer.Context, name: RoleName, rights: Rights, as_json: AsJson = False) -> None:
    """Give a role single rights."""
    with invocation(ctx).open() as desk:
        report(desk.roles.grant(name, *rights), as_json=as_json)


@app.command("withhold")
def withhold(ctx: typer.Context, name: RoleName, rights: Rights, as_json: AsJson = False) -> None:
    """Take single rights away from a role."""
    with invocation(ctx).open() as desk:
        report(desk.roles.withhold(name, *rights), as_json=as_json)


def _users(role: Role) -> str:
    return ", ".join([*role.users, *(f"{login} (retired)" for login in role.retired_users)])


def _document(role: Role) -> dict[str, Any]:
    return {
        "name": role.name,
        "rights": list(role.rights),
        "users": list(role.users),
        "retired_users": list(role.retired_users),
    }
