"""The Textual app: screens, panels, modals and widgets over the desk."""

import os

# Textual draws at most 60 times a second unless told otherwise, and reads this when it is first imported. An answer
# that comes just after a drawing would wait 17 ms to be seen; drawing is cheap here, so it need not.
os.environ.setdefault("TEXTUAL_FPS", "200")
