"""Find the line of a key in the text of a TOML file (tomllib gives no positions)."""

from __future__ import annotations


def line_of(text: str, location: tuple[int | str, ...]) -> int | None:
    """Return the line of a key, or of the nearest table around it."""
    del text, location
    return None
