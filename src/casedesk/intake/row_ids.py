"""Ids for rows that bring none: the same row gets the same id at every import (behaviour 7.2)."""

from __future__ import annotations

from hashlib import sha256
from struct import Struct

_FILTER_BITS = 2**27  # 16 MiB: one row in a million is wrongly thought a repetition among a million rows
_CELL_END = "\x1f"
_NUMBERS = Struct(">4I")


class Seen:
    """A Bloom filter: the same memory however much was met, and now and then it wrongly thinks it met something."""

    def __init__(self) -> None:
        self._bits: bytearray | None = None

    def met(self, *numbers: int) -> bool:
        """Whether what hashes to these numbers was met before; it is from now on. The more numbers, the surer."""
        bits = self._bits
        if bits is None:
            bits = self._bits = bytearray(_FILTER_BITS // 8)
        met = True
        for number in numbers:
            bit = number % _FILTER_BITS
            mask = 1 << (bit & 7)
            if not bits[bit >> 3] & mask:
                met = False
                bits[bit >> 3] |= mask
        return met


class RowIds:
    """Derives an id from a row's cells by SHA-256; the second of two equal rows in one file gets `…-2`.

    Rows seen are remembered in a Bloom filter, so that memory stays the same however long the file is.
    """

    def __init__(self) -> None:
        self._seen = Seen()
        self._times: dict[str, int] = {}

    def id_of(self, cells: list[str]) -> str:
        """The id of a row of trimmed cells; empty cells at its end don't count."""
        digest = sha256(_CELL_END.join(cells).rstrip(_CELL_END).encode("utf-8", "surrogatepass")).digest()
        name = digest[:16].hex()
        if not self._seen.met(*_NUMBERS.unpack(digest[16:])):
            return name
        times = self._times.get(name, 1) + 1
        self._times[name] = times
        return f"{name}-{times}"
