"""Ids for rows that bring none: the same row gets the same id at every import (behaviour 7.2)."""

from __future__ import annotations

from hashlib import sha256

_FILTER_BITS = 2**27  # 16 MiB: one row in a million is wrongly thought a repetition among a million rows
_CELL_END = "\x1f"


class RowIds:
    """Derives an id from a row's cells by SHA-256; the second of two equal rows in one file gets `…-2`.

    Rows seen are remembered in a Bloom filter, so that memory stays the same however long the file is.
    """

    def __init__(self) -> None:
        self._seen: bytearray | None = None
        self._times: dict[str, int] = {}

    def id_of(self, cells: list[str]) -> str:
        """The id of a row of trimmed cells; empty cells at its end don't count."""
        digest = sha256(_CELL_END.join(cells).rstrip(_CELL_END).encode("utf-8", "surrogatepass")).digest()
        name = digest[:16].hex()
        if not self._met(digest):
            return name
        times = self._times.get(name, 1) + 1
        self._times[name] = times
        return f"{name}-{times}"

    def _met(self, digest: bytes) -> bool:
        """Whether this digest was met before; it is from now on."""
        seen = self._seen
        if seen is None:
            seen = self._seen = bytearray(_FILTER_BITS // 8)
        met = True
        for start in (16, 20, 24, 28):
            bit = int.from_bytes(digest[start : start + 4], "big") % _FILTER_BITS
            mask = 1 << (bit & 7)
            if not seen[bit >> 3] & mask:
                met = False
                seen[bit >> 3] |= mask
        return met
