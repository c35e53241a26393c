"""The terminal: a console for stdout, and tables as all texts have them."""

from __future__ import annotations

from typing import Final, NoReturn

from rich import box
from rich.console import Console
from rich.table import Table

NARROWEST: Final = 80
"""Columns where nobody says how many there are, as in a pipe."""


class PipedConsole(Console):
    """A console for stdout whose reader may go before the end, as ``head`` does."""

    def __init__(self) -> None:
        super().__init__(highlight=False, soft_wrap=False)
        if not self.is_terminal:
            self.width = max(self.width, NARROWEST)

    def on_broken_pipe(self) -> NoReturn:
        """Leave it to the command line, which ends well: what was asked for is done."""
        raise BrokenPipeError


def new_table(title: str, *headings: str, wrap_numbers: bool = True) -> Table:
    """Make an empty table: the first column to the left, the others to the right.

    Parameters
    ----------
    title, headings
        As they are printed; without any heading there is no line of them.
    wrap_numbers
        Whether columns but the first may be folded.

    """
    made = Table(
        title=f"\n{title}",
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        show_header=any(headings),
    )
    for number, heading in enumerate(headings):
        first = number == 0
        made.add_column(
            heading,
            justify="left" if first else "right",
            overflow="fold",
            no_wrap=not (first or wrap_numbers),
        )
    return made
