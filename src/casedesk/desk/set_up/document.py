"""The set-up file as text: TOML with a head that says what it is, always written the same way (X14)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from casedesk.desk.set_up.mistakes import Mistakes, Place, SetUpMistakes
from casedesk.desk.set_up.parts import PARTS
from casedesk.desk.set_up.toml_lines import TomlLines
from casedesk.desk.values import SetUpMistake
from casedesk.domain.text_safety import visible_line

if TYPE_CHECKING:
    from casedesk.desk.set_up.part import Entry, Part

FORMAT: Final = 1
"""The version of the file's form: another one is refused rather than half understood."""

LARGEST: Final = 2_000_000
"""Bytes of a set-up file that are read. The largest desk's set-up has some hundred thousand."""

HEAD: Final = "# The set-up of the desk "
"""How a file begins that an export wrote."""

_HEAD: Final = """\
{begin}“{name}”, written by `casedesk config export`.
# `casedesk config import FILE` shows what this file would change, and changes it on demand; undo takes it back.
# A table that is in this file is the whole truth about its kind: what is missing there is removed, or retired where
# something still uses it. A kind that isn't in this file is left as it is. Entries go by their names.

format = {format}
"""

Read = Mapping[str, "list[Entry]"]
"""The entries of each kind that a file has, by the kind's key."""


def written(name: str, found: Sequence[tuple[Part, Sequence[Entry]]]) -> str:
    """The file: `name` is the desk's, `found` the entries of each kind in the order in which they are written."""
    pieces = [_HEAD.format(begin=HEAD, name=visible_line(name), format=FORMAT)]
    kinds = [(part, part.written(entries)) for part, entries in found]
    # A list without tables stands ahead of the first table, or it would belong to that.
    if empty := [part.key for part, value in kinds if value == []]:
        pieces.append("".join(["# There is none of these.\n", *(f"{key} = []\n" for key in empty)]))
    for part, value in kinds:
        about = "".join(f"# {line}\n" for line in part.about.splitlines())
        sections = [*_sections(part.key, value)]
        pieces += [about + sections[0], *sections[1:]] if sections else []
    return "\n".join(pieces)


def _sections(path: str, value: Any) -> Iterator[str]:
    """A table, or each of several, with its head; tables in it that are too long for a line have theirs."""
    head = f"[[{path}]]" if isinstance(value, list) else f"[{path}]"
    for table in value if isinstance(value, list) else [value]:
        lines, inner = [f"{head}\n"], []
        for key, each in table.items():
            text = _dumped({key: each})
            name = _dumped({key: 0}).partition(" = ")[0]
            if text.startswith("["):
                inner.append((f"{path}.{name}", each))
            else:
                lines.append(text)
        yield "".join(lines)
        for where, each in inner:
            yield from _sections(where, each)


def _dumped(table: Mapping[str, Any]) -> str:
    import tomli_w

    return tomli_w.dumps(table, multiline_strings=True)


def read(text: str) -> tuple[Read, TomlLines]:
    """What a file says, and where. Raises SetUpMistakes with all mistakes of its form."""
    if len(text) > LARGEST:
        raise _refused(None, f"The file has {len(text):,} characters; a set-up has {LARGEST:,} at most.")
    try:
        values = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise _syntax(str(error), text) from error
    except RecursionError as error:
        raise _refused(None, "The file is nested too deeply.") from error
    except ValueError as error:  # a number of thousands of digits
        raise _refused(None, "The file holds a number that is too large.") from error
    lines = TomlLines(text.replace("\r\n", "\n"))
    mistakes = Mistakes(lines.line_of)
    _check_format(values, mistakes)
    known = {part.key: part for part in PARTS}
    for key in values:
        if key != "format" and key not in known:
            mistakes.unknown((key,), known)
    found = {key: known[key].parsed(value, mistakes) for key, value in values.items() if key in known}
    mistakes.refuse()
    return found, lines


def _check_format(values: Mapping[str, Any], mistakes: Mistakes) -> None:
    place: Place = ("format",)
    given = values.get("format")
    if given is None:
        mistakes.add((), f"The file doesn't begin with “format = {FORMAT}”: it is no set-up, or not the whole of one.")
    elif isinstance(given, bool) or given != FORMAT:
        newer = isinstance(given, int) and not isinstance(given, bool) and given > FORMAT
        hint = "; a newer casedesk wrote it, upgrade the program" if newer else ""
        mistakes.add(place, f"This program reads the format {FORMAT}, not {str(given)[:40]}{hint}.")


def _syntax(message: str, text: str) -> SetUpMistakes:
    found = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", message)
    if found is None:
        return _refused(None, f"The file is no TOML: {message}.")
    line = int(found[2]) if found[2] else len(text.splitlines()) or 1
    column = f" at column {found[3]}" if found[3] else ""
    return _refused(line, f"The file is no TOML: {found[1][0].lower()}{found[1][1:]}{column}.")


def _refused(line: int | None, sentence: str) -> SetUpMistakes:
    return SetUpMistakes([SetUpMistake("", line, sentence)])
