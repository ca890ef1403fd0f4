"""`casedesk`: the root command, and how everything that goes wrong is told."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any, NoReturn

import typer

from casedesk.cli.groups import Commands, Group
from casedesk.cli.invocation import Invocation
from casedesk.cli.output import complain
from casedesk.domain.errors import CasedeskError

BROKEN_PIPE = 141
"""What a shell reports of a program that wrote to a closed pipe."""
INTERRUPTED = 130
BUG = 70
"""An error that nobody foresaw (EX_SOFTWARE of sysexits.h)."""

_START = "casedesk.cli.start:app"
_RECORDS = "casedesk.cli.records"
_JOURNAL = "casedesk.cli.journal:app"
_TEAM = "casedesk.cli.team"
_LISTS = "casedesk.cli.lists"
_MAINTENANCE = "casedesk.cli.maintenance:app"


class Root(Group):
    """The root command. Every error ends here, as one line on standard error and an exit status."""

    sections = {
        "Starting": {"demo": _START, "init": _START, "import": "casedesk.cli.imports:app"},
        "Working": {
            "tickets": "casedesk.cli.tickets:app",
            "sweep": "casedesk.cli.sweep:app",
            "undo": _JOURNAL,
            "redo": _JOURNAL,
            "journal": _JOURNAL,
            "sla": "casedesk.cli.sla:app",
            "report": "casedesk.cli.reports:app",
        },
        "Records": {
            "responses": f"{_RECORDS}:responses",
            "contacts": f"{_RECORDS}:contacts",
            "accounts": f"{_RECORDS}:accounts",
            "campaigns": f"{_RECORDS}:campaigns",
        },
        "Yours": {
            "preferences": "casedesk.cli.preferences:app",
            "themes": "casedesk.cli.themes:app",
        },
        "The desk": {
            "config": "casedesk.cli.config:app",
            "users": f"{_TEAM}:users",
            "teams": f"{_TEAM}:teams",
            "roles": "casedesk.cli.roles:app",
            "plans": "casedesk.cli.plans:app",
            "rules": "casedesk.cli.rules:app",
            "calendars": "casedesk.cli.calendars:app",
            "policies": "casedesk.cli.policies:app",
            "macros": "casedesk.cli.macros:app",
            "views": "casedesk.cli.views:app",
            "dashboards": "casedesk.cli.dashboards:app",
            "statuses": f"{_LISTS}:statuses",
            "priorities": f"{_LISTS}:priorities",
            "topics": f"{_LISTS}:topics",
            "tags": f"{_LISTS}:tags",
            "classifications": f"{_LISTS}:classifications",
            "close-options": f"{_LISTS}:close_options",
            "backup": _MAINTENANCE,
            "restore": _MAINTENANCE,
            "doctor": _MAINTENANCE,
        },
    }

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        sys.exit(self._guarded(list(sys.argv[1:] if args is None else args), prog_name, complete_var, extra))

    def _guarded(self, args: list[str], prog_name: str | None, complete_var: str | None, extra: dict[str, Any]) -> int:
        try:
            for stream in (sys.stdout, sys.stderr):
                # A lone surrogate or a letter that the terminal's encoding lacks is no reason to fail.
                stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # text streams have it
            status = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
        except CasedeskError as error:
            return _told(error.sentence, error.exit_status)
        except typer.Abort:
            return INTERRUPTED
        except typer.TyperException as error:
            from casedesk.cli.wrong_values import own_words

            return _told(_sentence(own_words(error)), 2)
        except UnicodeEncodeError:
            return _told("A text holds what is not valid Unicode; texts are UTF-8.", 2)
        except OSError as error:
            return _told(f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}.", 2)
        except Exception as error:  # the last door: no traceback for a user who didn't ask for one
            if os.environ.get("CASEDESK_DEBUG"):
                raise
            kind = type(error).__name__
            return _told(f"Something went wrong inside ({kind}: {error}); CASEDESK_DEBUG=1 shows where.", BUG)
        return status if isinstance(status, int) else 0

    def invoke(self, ctx: Any) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            if sys.stderr.isatty():
                sys.stderr.write("\n")
            raise
        except BrokenPipeError:
            # Whoever read has enough. Standard output goes nowhere, so that Python's own last flush succeeds.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(BROKEN_PIPE) from None
        return result


app = Commands(
    cls=Root,
    add_completion=True,
    invoke_without_command=True,
    help="A closed-loop case desk in the terminal: from a survey answer to a closed ticket."
    "\n\nWithout a command it opens the desk. Errors go to standard error in one line; the exit status is 0 done,"
    " 1 done with rejects or not found, 2 wrong use or input, 3 not permitted, 4 conflict, 5 desk unavailable.",
)


@app.callback()
def root(
    ctx: typer.Context,
    desk: Annotated[
        str | None, typer.Option("--desk", metavar="FILE|URL", help="The desk's file.  [env: CASEDESK_DESK]")
    ] = None,
    config: Annotated[
        str | None, typer.Option("--config", metavar="FILE", help="Your configuration.  [env: CASEDESK_CONFIG]")
    ] = None,
    user: Annotated[
        str | None, typer.Option("--as", metavar="USER", help="Act in this user's name.  [env: CASEDESK_USER]")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        from casedesk import __version__
        from casedesk.cli.output import write

        write(f"casedesk {__version__}")
        raise typer.Exit
    run = ctx.obj if isinstance(ctx.obj, Invocation) else Invocation()
    ctx.obj = run.given(desk=desk, config=config, user=user)
    if ctx.invoked_subcommand is None:
        from casedesk.cli.start import open_interface

        open_interface(ctx.obj)


def _told(sentence: str, status: int) -> int:
    complain(sentence)
    return status


def _sentence(message: str) -> str:
    """typer's message as one line that ends as sentences do."""
    line = " ".join(message.split())
    return line if line.endswith((".", "?", "!")) else f"{line}."


def run() -> NoReturn:
    """Run the command line and end the process with its exit status."""
    typer.main.get_command(app)(prog_name="casedesk")
    raise AssertionError("the root command always exits")
