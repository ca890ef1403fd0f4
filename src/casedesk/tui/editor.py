"""Long texts in the user's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from textual.app import App


def editor_command() -> list[str]:
    """The user's editor: `$VISUAL`, else `$EDITOR`, else `vi`."""
    return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")


def edit_text(app: App[Any], text: str) -> str:
    """The text as it is after the user's editor. Raises InvalidInput when the editor can't be used or fails.

    The text lies in a file that only the user can read, and that is gone afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="casedesk-") as folder:
        file = Path(folder) / "text.md"
        file.touch(mode=0o600)
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
        try:
            command = editor_command()
            with app.suspend():
                done = subprocess.run([*command, str(file)], check=False)
        except FileNotFoundError as error:
            raise InvalidInput(f"The editor “{command[0]}” isn't there; $VISUAL or $EDITOR names another.") from error
        except (OSError, ValueError, SuspendNotSupported) as error:
            raise InvalidInput(f"The editor can't be started: {error}.") from error
        if done.returncode != 0:
            raise InvalidInput("The editor ended with an error; the text is as it was.")
        try:
            edited = file.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise InvalidInput("The editor took the file away; the text is as it was.") from error
    return text if edited.rstrip("\n") == text.rstrip("\n") else edited.rstrip("\n")
