"""The panes that show one ticket and its contact."""
