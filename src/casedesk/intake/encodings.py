"""Which encoding a text file is in, found from its bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LOOKED_AT = 32 * 2**20
"""Bytes of the file that are looked at; later bytes that don't fit have their rows rejected."""

_CHUNK = 2**18
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 with BOM", "cp1252": "Windows-1252"}
_ESCAPED = re.compile("[\udc80-\udcff]")
_ACCENTED_RUN = re.compile(r"[^\W\d_\x00-\x7f]{3,}")
_SAMPLE = 2**16
_WESTERN_SIGNS = frozenset("€‚„…‘’“”•–—™¡¢£§©ª«®°±²³´·º»¼½¾¿×\u00a0œŒ")
_SIGN_IN_WORD = re.compile(r"(?<=[^\W\d_])[€‚„…“”•™¡¢£§©«®°±²³»¼½¾¿¹¥¦¬¶](?=[^\W\d_])")
_LEGACY = (
    "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp932", "gb18030", "big5", "cp949", "mac_roman",
    "koi8_r", "iso8859_2", "iso8859_7",
)  # fmt: skip
"""What spreadsheets and survey tools still write; more candidates would only make short samples ambiguous."""


@dataclass(slots=True)
class _Survey:
    """What the bytes of a file that has no BOM look like as UTF-8."""

    wrong: int = 0
    beyond_ascii: int = 0
    lines: list[bytes] = field(default_factory=list)
    """Lines with bytes beyond ASCII, up to `_SAMPLE` bytes."""


def encoding_of(path: Path) -> str:
    """The Python name of the encoding: by the BOM, else UTF-16 or 32 by their zero bytes, else UTF-8 when most of
    it is, else Windows-1252 when that reads as Western European text, else what charset-normalizer finds.
    """
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    wide = _wide_encoding(head)
    if wide is not None:
        return wide
    survey = _survey(path)
    if survey.wrong == 0 or survey.beyond_ascii >= 4 * survey.wrong:
        return "utf-8"
    sample = b"\n".join(dict.fromkeys(survey.lines))
    return "cp1252" if _is_western(sample) else _detected(sample)


def is_guessed(encoding: str) -> bool:
    """True for an encoding that nothing in the file proves."""
    return not encoding.startswith("utf")


def encoding_name(encoding: str) -> str:
    """The encoding's name for people."""
    return _NAMES.get(encoding, encoding.upper().replace("_", "-"))


def errors_of(encoding: str) -> str:
    """How bytes that don't fit are decoded, so that their row can be told: the codec error handler."""
    return "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"


def has_wrong_bytes(text: str) -> bool:
    """True when `text` was decoded from bytes that don't fit the encoding."""
    if text.isascii():
        return False
    try:
        text.encode("utf-8")  # the quickest search for surrogates
    except UnicodeEncodeError:
        return True
    return False


def without_wrong_bytes(text: str) -> str:
    """`text` fit to be stored: what did not decode is U+FFFD."""
    return _ESCAPED.sub("\ufffd", text)


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a BOM: the zero bytes of its ASCII signs stand at every second or fourth place."""
    if b"\x00" not in head or len(head) < 4:
        return None
    head = head[: len(head) // 4 * 4] or head
    zeros = [head[place::4].count(0) for place in range(4)]
    quarter = len(head) / 4
    if quarter and zeros[1] + zeros[2] + zeros[3] >= 2.9 * quarter:
        return "utf-32-le"
    if quarter and zeros[0] + zeros[1] + zeros[2] >= 2.9 * quarter:
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    for many, few, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if many >= 0.1 * quarter and few <= many / 10:
            return name
    return None


def _survey(path: Path) -> _Survey:
    survey = _Survey()
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    kept = 0
    for chunk in _chunks(path):
        if chunk.isascii() and not decoder.getstate()[0]:
            continue
        text = decoder.decode(chunk)
        wrong = len(_ESCAPED.findall(text))
        survey.wrong += wrong
        survey.beyond_ascii += len(text) - wrong - len(text.encode("ascii", "ignore"))
        if wrong and kept < _SAMPLE:
            lines = [line for line in chunk.split(b"\n") if not line.isascii()]
            for line in lines:
                survey.lines.append(line[: _SAMPLE - kept])
                kept += len(survey.lines[-1]) + 1
                if kept >= _SAMPLE:
                    break
    return survey


def _chunks(path: Path) -> Iterator[bytes]:
    left = LOOKED_AT
    with path.open("rb") as file:
        while left > 0 and (chunk := file.read(_CHUNK)):
            left -= len(chunk)
            yield chunk


def _is_western(sample: bytes) -> bool:
    """True when the bytes read as Western European text: its letters, rarely three together, and no signs inside
    words.

    Cyrillic or Greek bytes also decode to accented letters, but in whole words of them; Polish ones to "d³ugo".
    """
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    others = [character for character in text if not character.isascii()]
    letters = sum(map(str.isalpha, others))
    fitting = sum(1 for character in others if character in _WESTERN_SIGNS or "À" <= character <= "ÿ")
    in_runs = sum(map(len, _ACCENTED_RUN.findall(text)))
    return fitting >= 0.95 * len(others) and in_runs <= 0.3 * letters and not _has_signs_in_words(text)


def _has_signs_in_words(text: str) -> bool:
    """True when signs such as ³ stand between letters: those are letters of another encoding."""
    return len(_SIGN_IN_WORD.findall(text)) > 0.05 * (len(text) - len(text.encode("ascii", "ignore")))


def _detected(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    matches = from_bytes(sample, cp_isolation=list(_LEGACY))
    readable = [match for match in matches if not _has_signs_in_words(str(match))]
    return next((match.encoding for match in [*readable, *matches]), "cp1252")
