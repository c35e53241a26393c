"""Numbers that know their unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import DTypeLike, NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """An array with its unit and its name.

    Numpy takes it for the array it holds (``np.max(field)``).

    Parameters
    ----------
    values
        The numbers.
    unit
        Their unit in the notation of CF, such as ``"W m-2"``.
    long_name
        What they are, in a few words.

    """

    values: NDArray[Any]
    unit: str
    long_name: str

    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> NDArray[Any]:  # noqa: FBT001  (numpy's own signature)
        array = self.values if dtype is None else self.values.astype(dtype)
        return array.copy() if copy else array

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, key: Any) -> Any:
        return self.values[key]

    def to(self, unit: str) -> Field:
        """Convert to another unit.

        Raises
        ------
        pint.DimensionalityError
            If the unit is of another kind.

        """
        from pint import get_application_registry

        units = get_application_registry()
        converted = units.Quantity(np.asarray(self.values, float), _for_pint(self.unit)).to(unit)
        return Field(np.asarray(converted.magnitude), unit, self.long_name)


def _for_pint(unit: str) -> str:
    """Spell a CF unit as pint does: ``W m-2`` is ``W * m**-2``."""
    if unit == "1":
        return ""
    words = []
    for word in unit.split():
        name = word.rstrip("-0123456789")
        power = word[len(name) :]
        words.append(f"{name}**{power}" if power else name)
    return " * ".join(words)
