"""Where things lie when nobody says otherwise."""

from __future__ import annotations

from pathlib import Path


def default_desk() -> Path:
    """The desk that is opened when none is named, in the system's usual place for a user's data."""
    import platformdirs

    return Path(platformdirs.user_data_dir("casedesk", appauthor=False)) / "casedesk.desk"
