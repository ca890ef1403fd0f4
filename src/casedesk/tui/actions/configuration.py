"""What can be done in the configuration; what most of it means there is up to the section."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from casedesk.tui.actions.action import CONFIG, Action


def _config(name: str, title: str, keys: tuple[str, ...], summary: str, short: str = "") -> Action:
    return Action(f"config.{name}", title, keys, CONFIG, summary, ("config",), short)


def _deed(name: str, title: str, keys: tuple[str, ...], summary: str, short: str) -> Action:
    return replace(_config(name, title, keys, summary, short), by="deed")


ACTIONS: Final = (
    _config("search", "Find", ("/",), "Type words; the sections and settings that they are in are shown.", "find"),
    _config("enter", "Change", ("enter",), "Go into the section; there, change what the cursor stands on.", "change"),
    _deed("new", "Add", ("n",), "Add an entry to the section.", "add"),
    _deed("switch", "On or off", ("o",), "Switch what the cursor stands on, or the section, on or off.", "on/off"),
    _deed("copy", "Copy", ("c",), "Add an entry like the one under the cursor.", "copy"),
    _deed("parts", "Parts", ("s",), "Change what the entry consists of: steps, columns, members, rights.", "parts"),
    _deed("try", "Try", ("t",), "See what it would do, and change nothing.", "try"),
    _deed("log", "Log", ("L",), "See what it has done.", "log"),
    _deed("retire", "Retire", ("d",), "Offer what the cursor stands on no longer, or remove it.", "retire"),
    _deed("restore", "Bring back", ("b",), "Bring back what is retired.", "bring back"),
    _deed("move_up", "Move up", ("K", "shift+up"), "Move what the cursor stands on one place up.", "up"),
    _deed("move_down", "Move down", ("J", "shift+down"), "Move what the cursor stands on one place down.", "down"),
    _deed("reset", "Default", ("x",), "Go back to what holds when nobody has set it.", "default"),
    _config("pane", "Other pane", ("tab", "shift+tab"), "Go to the sections, or to what is in one.", "pane"),
    _config("back", "Back", ("escape", "q"), "Go back to the sections, and from there to the tickets.", "back"),
)  # fmt: skip
