"""What a file is by its first bytes: a workbook, something that is no table at all, or text."""

from __future__ import annotations

from typing import Literal

from casedesk.domain.errors import InvalidInput

HEAD = 4096
"""Bytes of the file's start that are looked at."""

ZIP = b"PK\x03\x04"
COMPOUND_DOCUMENT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FOREIGN = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a sound, image or film"),
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\x00asm", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x1f\x8b", "compressed with gzip: unpack it first"),
    (b"BZh", "compressed with bzip2: unpack it first"),
    (b"\xfd7zXZ\x00", "compressed with xz: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"PAR1", "a Parquet file: save it as CSV first"),
    (b"ARROW1", "an Arrow file: save it as CSV first"),
    (b"OggS", "a sound"),
    (b"ID3", "a sound"),
    (b"\x00\x00\x01\x00", "an icon"),
)
_MARKUP = ((b"<!doctype html", "a web page"), (b"<html", "a web page"), (b"<?xml", "an XML document"))


def container_of(head: bytes, name: str) -> Literal["workbook", "text"]:
    """Whether a file that begins with `head` is a workbook or text.

    Raises `InvalidInput` for a file that is empty or known to be something else; `name` is what the sentence calls it.
    """
    if not head:
        raise InvalidInput(f"{name} is empty.")
    if head.startswith((ZIP, COMPOUND_DOCUMENT)):
        return "workbook"
    for start, what in _FOREIGN:
        if head.startswith(start):
            raise InvalidInput(f"{name} is not a table: it is {what}.")
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for start, what in _MARKUP:
        if text.startswith(start):
            raise InvalidInput(f"{name} is not a table: it is {what}.")
    return "text"
