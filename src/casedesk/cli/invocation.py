"""What every command has in common: which desk, which user, and whether somebody sits at a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casedesk.domain.errors import InvalidInput, NotThere

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.settings.preferences import Preferences
    from casedesk.settings.sources import Sources

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@dataclass
class Invocation:
    """One run of the command line. The options are those of the command line alone; `clock` counts seconds, UTC."""

    desk: str | None = None
    config: str | None = None
    user: str | None = None
    clock: Callable[[], float] = time.time
    interactive: bool | None = None  # None: look whether standard input is a terminal

    def given(self, *, desk: str | None, config: str | None, user: str | None) -> Invocation:
        """The same with the root command's options."""
        return replace(self, desk=desk or self.desk, config=config or self.config, user=user or self.user)

    @cached_property
    def preferences(self) -> Preferences:
        """Command line over environment over configuration file over defaults.

        Raises NotThere for a configuration file that was named and isn't there.
        """
        from casedesk.settings.preferences import of_sources
        from casedesk.settings.sources import config_path

        named = self.config or os.environ.get("CASEDESK_CONFIG")
        if named and not (path := config_path(named, os.environ)).is_file():
            raise NotThere(f"There is no configuration file {path}.")
        return of_sources(self.sources())

    def sources(self) -> Sources:
        """Every source of preferences; a configuration file that was named and isn't there is a mistake among them."""
        from casedesk.settings.sources import read_sources

        return read_sources(self.config, None, None, {"desk": self.desk, "user": self.user})

    @property
    def desk_path(self) -> Path:
        """The desk's file, which may be named by a URL of a file: `sqlite:///rel.desk`, `sqlite:////abs/path.desk`,
        `file:///abs/path.desk`. Raises InvalidInput for any other URL."""
        named = self.preferences.desk
        if named is None:
            from casedesk.settings.paths import default_desk

            return default_desk()
        return _path_of(named).expanduser()

    def open(self) -> Desk:
        """Open the desk as the operating system's user, acting as another where one is named.

        What is wrong in the configuration file is told first; it never stops a command.
        """
        from casedesk.cli.output import complain
        from casedesk.desk import Desk

        for problem in self.preferences.problems:
            complain(problem)
        return Desk.open(self.desk_path, acting_as=self.preferences.user, clock=self.clock, told=complain)

    def asks(self) -> bool:
        """Whether somebody is there to answer a question."""
        return sys.stdin.isatty() if self.interactive is None else self.interactive


def _path_of(named: str) -> Path:
    """The file that a path or a URL names. Raises InvalidInput for a URL of something else."""
    scheme, separator, rest = named.partition("://")
    if not separator:
        return Path(named)
    # Behind the host, which is this one, sqlite's path begins after its slash, and a file's with it.
    host, slash, path = rest.partition("/")
    if scheme.lower() not in ("sqlite", "file") or host.lower() not in ("", "localhost") or not path:
        raise InvalidInput(f"A desk is a file; {named} is a URL of something else.")
    from urllib.parse import unquote

    return Path(unquote(path if scheme.lower() == "sqlite" else slash + path))


def invocation(ctx: typer.Context) -> Invocation:
    """The run that a command belongs to."""
    found: Any = ctx.find_object(Invocation)
    assert isinstance(found, Invocation)
    return found


def text_or_input(text: str) -> str:
    """The text, or all of standard input for `-`. Raises InvalidInput when that isn't UTF-8."""
    if text != "-":
        return text
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").rstrip("\n")
    except UnicodeDecodeError as error:
        raise InvalidInput("Standard input is not UTF-8 text.") from error
