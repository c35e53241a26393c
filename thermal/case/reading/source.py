"""Where a case came from: the file, its text and what the command line replaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thermal.case.reading.lines import Location, line_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """The origin of a case, which knows how to name the place of a key.

    Parameters
    ----------
    path
        The file.
    text
        Its text.
    overrides
        Dotted keys that the command line set.

    """

    path: Path
    text: str
    overrides: Collection[str] = ()

    def line(self, location: Location) -> int:
        """Return the line of a key, or of the table around it; 0 when it stands nowhere."""
        return line_of(self.text, location) or 0

    def place(self, location: Location) -> str:
        """Name the place of a key.

        Parameters
        ----------
        location
            Path of the key, such as ``("flag", "width")``.

        Returns
        -------
        str
            ``flag.toml:12: flag.width``, or ``--set flag.width`` when the command line gave it.

        """
        key = ".".join(str(step) for step in location)
        for override in self.overrides:
            if f"{key}.".startswith(f"{override}."):
                return f"--set {key}"
        line = self.line(location)
        file = f"{self.path}:{line}" if line else str(self.path)
        return f"{file}: {key}" if key else file
