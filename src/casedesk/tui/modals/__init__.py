"""The modals: `base` shows any form; each other module holds one act with its form (registered in `tui/acts.py`)."""
