"""Where the files packaged with the program lie: `themes/` and `sample_data/`."""

from __future__ import annotations

from pathlib import Path

import casedesk


def folder(name: str) -> Path:
    """The shipped folder `name`; in the wheel it lies inside the package, in a checkout beside `src/`."""
    package = Path(casedesk.__file__).resolve().parent
    packaged = package / "shipped" / name
    return packaged if packaged.is_dir() else package.parents[1] / name
