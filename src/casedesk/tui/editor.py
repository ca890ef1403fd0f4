"""Long texts in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

if TYPE_CHECKING:
    from textual.app import App


def editor_command() -> list[str]:
    """The user's editor: `$VISUAL`, else `$EDITOR`, else `vi`."""
    return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")


def edit_text(app: App[Any], text: str) -> str | None:
    """The text as it is after the user's editor; None when it is unchanged or the editor failed, which is said.

    The text lies in a file that only the user can read, and that is gone afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="casedesk-") as folder:
        file = Path(folder) / "text.md"
        file.touch(mode=0o600)
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
        try:
            with app.suspend():
                done = subprocess.run([*editor_command(), str(file)], check=False)
        except (OSError, ValueError, SuspendNotSupported) as error:
            app.notify(f"The editor could not be started: {error}", severity="error", markup=False)
            return None
        if done.returncode != 0:
            app.notify("The editor ended with an error; the text stays as it was.", severity="warning", markup=False)
            return None
        edited = file.read_text(encoding="utf-8", errors="replace").rstrip("\n")
    return None if edited == text.rstrip("\n") else edited
