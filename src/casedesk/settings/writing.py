"""Writing the user's files: whole or not at all, with their permissions, and through symbolic links."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Put a text into a file, so that who reads it meanwhile gets the old text or the new one.

    A link is followed, and the file that it leads to keeps its owner and permissions; a new file is the user's alone.
    Raises OSError when it can't be written: a file without any permission to write is left alone, too.
    """
    import tempfile

    real = _real(path)
    kept = real.stat() if real.exists() else None
    if kept is not None and not stat.S_ISREG(kept.st_mode):
        raise OSError(0, "it is not a file", str(path))
    if kept is not None and (not kept.st_mode & 0o222 or not os.access(real, os.W_OK)):
        raise PermissionError(0, "it may not be written", str(path))
    real.parent.mkdir(parents=True, exist_ok=True)
    descriptor, written = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            if kept is not None:
                _take_over(file.fileno(), kept)
            os.fsync(file.fileno())
        Path(written).replace(real)
    finally:
        Path(written).unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Take away a file that was made; the link that leads to it stays. Raises OSError."""
    _real(path).unlink(missing_ok=True)


def _real(path: Path) -> Path:
    """The file that a path leads to, which needn't be there. Raises OSError for links that lead in a circle."""
    with suppress(FileNotFoundError):
        return Path(os.path.realpath(path, strict=True))
    return Path(os.path.realpath(path))


def _take_over(descriptor: int, kept: os.stat_result) -> None:
    """Give the new file the permissions of the old one, and its owner where the user may do that."""
    if hasattr(os, "fchown"):
        with suppress(PermissionError):
            os.fchown(descriptor, kept.st_uid, kept.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(kept.st_mode))
