"""The commands' own classes over typer's: loaded when they are asked for, and with short, plain help.

A command's module is imported only when the command runs or help lists it, so that reading a list never waits for
what only an import needs. Help is plain text: no markup, nothing that a screen reader or a pipe stumbles over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

Function = TypeVar("Function", bound=Callable[..., Any])

Sections = Mapping[str, Mapping[str, str]]
"""Section of the help → command → where it is (`module:attribute`), in the order shown."""


class Command(TyperCommand):
    """One command. An argument such as `-b` is an argument here: a tag to remove, a query that begins with `-`.

    So commands have long options only, and a long option that doesn't exist is still a mistake.
    """

    def make_parser(self, ctx: Any) -> Any:
        ctx.ignore_unknown_options = True
        return super().make_parser(ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        self._refuse_unknown_options(ctx, args)
        return super().parse_args(ctx, args)

    def _refuse_unknown_options(self, ctx: Any, args: list[str]) -> None:
        options = [param for param in self.get_params(ctx) if param.param_type_name == "option"]
        known = {name for option in options for name in (*option.opts, *option.secondary_opts)}
        taking = {name for option in options if not getattr(option, "is_flag", False) for name in option.opts}
        before = ""
        for argument in args:
            if argument == "--":
                return
            name = argument.partition("=")[0]
            if argument.startswith("--") and before not in taking and name not in known:
                near = get_close_matches(name, known, 1)
                ctx.fail(f"There is no option {name}" + (f"; did you mean {near[0]}?" if near else "."))
            before = argument

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        pieces = [_name(param) if param.required else f"[{_name(param)}]" for param in _arguments(self, ctx)]
        return [*pieces, "[OPTIONS]"]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        arguments = [(_name(param), getattr(param, "help", None) or "") for param in _arguments(self, ctx)]
        if any(text for _, text in arguments):
            with formatter.section("Arguments"):
                formatter.write_dl(arguments)
        _write_options(self, ctx, formatter)


class Group(TyperGroup):
    """A group of commands, by sections; `sections` says where those are that are loaded late."""

    sections: Sections = {}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        found = super().get_command(ctx, cmd_name)
        if found is None and (place := self._places().get(cmd_name)) is not None:
            found = _load(place, cmd_name)
            self.commands[cmd_name] = found
        return found

    def list_commands(self, ctx: Any) -> list[str]:
        return [*self._places(), *(name for name in self.commands if name not in self._places())]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            near = get_close_matches(args[0], self.list_commands(ctx), 1)
            hint = f"did you mean {near[0]}?" if near else f"`{ctx.command_path} --help` lists them."
            ctx.fail(f"There is no command {args[0]}; {hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        nothing_asked = not (ctx.args or getattr(ctx, "_protected_args", None) or getattr(ctx, "protected_args", None))
        if nothing_asked and not self.invoke_without_command:
            ctx.fail(f"{ctx.command_path} needs a command: {', '.join(self.list_commands(ctx))}.")
        return super().invoke(ctx)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        _write_options(self, ctx, formatter)
        widest = max(map(len, self.list_commands(ctx)))
        for section, commands in (self.sections or {"Commands": dict.fromkeys(self.commands, "")}).items():
            rows = [
                (name.ljust(widest), self.get_command(ctx, name).get_short_help_str(formatter.width - 6 - widest))
                for name in commands
            ]
            with formatter.section(section):
                formatter.write_dl(rows, col_max=20)

    def _places(self) -> dict[str, str]:
        return {name: place for commands in self.sections.values() for name, place in commands.items()}


class Commands(typer.Typer):
    """Commands that belong together: a group of their own, or single ones that a group picks by name."""

    def __init__(self, *, help: str = "", cls: type[Group] = Group, add_completion: bool = False, **more: Any) -> None:
        super().__init__(help=help, cls=cls, add_completion=add_completion, rich_markup_mode=None, **more)

    def command(self, name: str | None = None, **more: Any) -> Callable[[Function], Function]:
        return super().command(name, **{"cls": Command, **more})


@cache
def _load(place: str, name: str) -> Any:
    """The command `name` from its place: one of the commands that lie there, or all of them as a group."""
    module, _, attribute = place.partition(":")
    app: Commands = getattr(import_module(module), attribute)
    for info in app.registered_commands:
        if info.name == name:
            alone = Commands()
            alone.registered_commands.append(info)
            return typer.main.get_command(alone)
    group = typer.main.get_group(app)
    group.name = name
    return group


def _arguments(command: Any, ctx: Any) -> list[Any]:
    return [param for param in command.get_params(ctx) if param.param_type_name == "argument"]


def _name(argument: Any) -> str:
    return str(argument.metavar or argument.name.upper())


def _write_options(command: Any, ctx: Any, formatter: Any) -> None:
    records = [param.get_help_record(ctx) for param in command.get_params(ctx) if param.param_type_name == "option"]
    with formatter.section("Options"):
        formatter.write_dl([record for record in records if record is not None])
