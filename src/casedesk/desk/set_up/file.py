"""The set-up as a file on the disk: what it may hold, and how it is written without harm to what is there."""

from __future__ import annotations

import os
from pathlib import Path

from casedesk.desk.set_up.document import HEAD, LARGEST
from casedesk.domain.errors import InvalidInput


def text_in(content: bytes, name: str) -> str:
    """The text of a set-up file called `name`. Raises InvalidInput for what is too large or no UTF-8."""
    if len(content) > LARGEST:
        raise InvalidInput(f"{name} is too large for a set-up: {LARGEST // 1_000_000} MB are allowed.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InvalidInput(f"{name}, line {line}: this is not UTF-8 text.") from error


def read_file(path: Path) -> str:
    """The text of the file, no more of it than a set-up has. Raises InvalidInput, and OSError."""
    with path.open("rb") as opened:
        return text_in(opened.read(LARGEST + 1), str(path))


def is_set_up(path: Path) -> bool:
    """Whether the file was written by an export, or is empty. Raises OSError."""
    if not path.is_file():
        return False
    with path.open("rb") as opened:
        return opened.read(len(HEAD.encode())) in (HEAD.encode(), b"")


def write_file(path: Path, text: str, *, desk: Path) -> None:
    """Write the file whole or not at all; a file that is there keeps its content until then.

    `desk` is the desk's own file, which is never written over. Raises InvalidInput, and OSError.
    """
    if path.exists() and path.samefile(desk):
        raise InvalidInput(f"{path} is the desk itself; write its set-up to another file.")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
