"""Numbers with a unit as a study file writes them, kept in the unit the user chose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from thermal.core.units import QuantityError, parse

_NUMBER_AND_UNIT = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(.*?)\s*")


@dataclass(frozen=True, slots=True)
class Amount:
    """A magnitude and the unit it was written in (empty for a pure number)."""

    magnitude: float
    unit: str

    def magnitude_in(self, unit: str) -> float:
        """Magnitude in another unit.

        Raises
        ------
        PydanticCustomError
            The two units have different dimensions, or one is unknown.

        """
        if unit == self.unit:
            return self.magnitude
        try:
            return parse(self.with_magnitude(self.magnitude), unit)
        except QuantityError as error:
            context = {"message": error.message, "remedy": error.remedy}
            raise PydanticCustomError(error.code, "{message}", context) from error

    def with_magnitude(self, magnitude: float) -> str:
        """Override text of another magnitude in the same unit."""
        return f"{magnitude!r} {self.unit}" if self.unit else repr(magnitude)


def read_amount(value: float | str) -> Amount:
    """Split ``"30 mm"`` or ``0.07`` into magnitude and unit.

    Raises
    ------
    PydanticCustomError
        The text does not start with a number.

    """
    match = _NUMBER_AND_UNIT.fullmatch(str(value))
    if match is None:
        raise invalid(f"{value!r} is no number and no quantity", 'write e.g. 0.07 or "30 mm"')
    return Amount(float(match[1]), match[2])


def invalid(message: str, remedy: str) -> PydanticCustomError:
    """Error for a value of a study file that cannot be meant."""
    return PydanticCustomError("study-invalid", "{message}", {"message": message, "remedy": remedy})


def override_text(value: Any) -> str:
    """TOML value of a study file as the text that overrides a case key.

    Strings stay as they are; lists keep TOML's notation, so that ``["0 m", "1 m", "2 m"]`` sets a position.
    """
    match value:
        case str():
            return value
        case bool():
            return str(value).lower()
        case list() | tuple():
            return f"[{', '.join(_quoted(item) for item in value)}]"
        case _:
            return str(value)


def _quoted(value: Any) -> str:
    if not isinstance(value, str):
        return override_text(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
