"""What is raised where a text is no quantity, or no unit, of the wanted kind."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 40


class QuantityError(ValueError):
    """A text is not a quantity, or not a unit, of the wanted dimension.

    Parameters
    ----------
    code
        Key of the error catalogue.
    message
        What is wrong, without a full stop.
    remedy
        What to write instead.

    """

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy


def shortened(text: object) -> str:
    """Cut a text to a length that a message can carry."""
    shown = str(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 3]}..."
