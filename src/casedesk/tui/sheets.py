"""The sheets of the interface, read in the colours of the theme from the first time on."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class Sheets(Stylesheet):
    """A stylesheet that is parsed again only where something is another one.

    Textual's own forgets all that it has parsed whenever it is told the theme's variables, and is told them at every
    start, though they are those it was made with: a tenth of what an app costs until its first picture.
    """

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._told = dict(variables)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the variables of a theme on, from the next parsing."""
        if variables != self._told:
            self._told = dict(variables)
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what isn't parsed yet. Raises as Textual's does, and then the rules stay what they were."""
        self.parse()
