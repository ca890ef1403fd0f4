"""How plain records become rows of the desk, thousands at a time (behaviour 7)."""
