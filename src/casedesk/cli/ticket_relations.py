"""`casedesk tickets relate` and `merge`: what belongs together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from casedesk.cli.acting import IfVersion, act_on_tickets
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson
from casedesk.cli.selection import Which, Yes, one_number
from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.acts import Numbers
    from casedesk.desk.tickets import Manner
    from casedesk.desk.values import Outcome

app = Commands()

KINDS = ("parent", "contact", "account")


@app.command("relate")
def relate(
    ctx: typer.Context,
    which: Which,
    kind: Annotated[str, typer.Argument(metavar="parent|contact|account", help="What to relate the ticket to.")],
    record: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help="A ticket's number; a contact by id, external id, e-mail, phone or whole name; an account by id,"
            " external id or whole name.",
        ),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the relation; no record goes.")] = False,
    replace: Annotated[
        str | None, typer.Option("--replace", metavar="ID", help="The other contact or account to put this one for.")
    ] = None,
    yes: Yes = False,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Relate tickets to a parent, a further contact or account."""
    if kind not in KINDS:
        raise InvalidInput(f"A ticket is related to a {', '.join(KINDS[:-1])} or {KINDS[-1]}, not to “{kind}”.")
    if record is None and not (remove and kind == "parent"):
        raise InvalidInput(f"Say which {'ticket' if kind == 'parent' else kind}.")
    if replace is not None and (remove or kind == "parent"):
        raise InvalidInput("--replace is for a contact or an account that another takes the place of.")
    parent = one_number(record) if kind == "parent" and record is not None else None

    def perform(desk: Desk, numbers: Numbers, manner: Manner) -> Outcome:
        if kind == "parent":
            if remove and parent is not None:
                _check_parent(desk, numbers, parent)
            return desk.tickets.set_parent(numbers, None if remove else parent, **manner)
        assert record is not None
        act = desk.tickets.set_contacts if kind == "contact" else desk.tickets.set_accounts
        gone = [record] if remove else [replace] if replace is not None else []
        return act(numbers, add=[] if remove else [record], remove=gone, **manner)

    act_on_tickets(ctx, which, perform, yes=yes, if_version=if_version, as_json=as_json)


def _check_parent(desk: Desk, numbers: Numbers, parent: int) -> None:
    """Raise InvalidInput when a single ticket has another parent than the one that is to be removed."""
    if isinstance(numbers, int):
        parents = [record.id for record in desk.tickets.related(numbers) if record.kind == "parent"]
        if parents != [parent]:
            raise InvalidInput(f"#{parent} isn't the parent of #{numbers}.")


@app.command("merge")
def merge(
    ctx: typer.Context,
    which: Which,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The number of the ticket that stays.")],
    yes: Yes = False,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Merge tickets into another one. What hangs on them moves there, and they are closed; `undo` takes it back."""
    target = one_number(into)
    act_on_tickets(
        ctx, which, lambda desk, numbers, manner: desk.tickets.merge(numbers, target, **manner),
        yes=yes, if_version=if_version, as_json=as_json,
    )  # fmt: skip
