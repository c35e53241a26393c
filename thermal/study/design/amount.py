"""Numbers with a unit as a study file writes them, kept in the unit the user chose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from materials.units import NUMBER, QuantityError, convert, parse

_NUMBER_AND_UNIT = re.compile(rf"\s*({NUMBER})\s*(.*?)\s*", re.ASCII)


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
        return self._converted(unit, difference=False)

    def difference_in(self, unit: str) -> float:
        """Magnitude in another unit where this is a difference: 5 degC are 5 K, and 9 degF.

        Raises
        ------
        PydanticCustomError
            The two units have different dimensions, or one is unknown.

        """
        return self._converted(unit, difference=True)

    def absolute(self) -> Amount:
        """Return the same amount counted from the natural zero: temperatures in K."""
        try:
            return Amount(parse(self.with_magnitude(self.magnitude), "K"), "K")
        except QuantityError:
            return self

    def _converted(self, unit: str, *, difference: bool) -> float:
        if unit == self.unit:
            return self.magnitude
        try:
            return convert(self.magnitude, self.unit, unit, difference=difference)
        except QuantityError as error:
            remedy = error.remedy or f"write it in {unit}" if unit else "write a plain number"
            context = {"message": error.message, "remedy": remedy}
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
