"""What members change, as numbers where all of them are: one column of a study's table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from thermal.study.design.amount import read_amount

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class InputColumn:
    """Values of one key, a member each.

    Parameters
    ----------
    values
        Numbers in `units`, or texts where one of them is no number, or units differ in dimension.
    units
        Unit of the numbers: that of the first member; empty for pure numbers and for texts. A property drawn
        from its own uncertainty is in ``sigma``.
    numeric
        Whether the values are numbers.

    """

    values: list[float] | list[str]
    units: str
    numeric: bool


def input_column(texts: Sequence[str]) -> InputColumn:
    """Read the override texts of one key as numbers with a unit.

    Parameters
    ----------
    texts
        One a member, such as ``"0.5 W/K"``, ``"0.31 sigma"`` or ``"nylon66"``.

    """
    try:
        amounts = [read_amount(text) for text in texts]
        unit = amounts[0].unit if amounts else ""
        numbers = [amount.magnitude_in(unit) for amount in amounts]
    except PydanticCustomError:
        return InputColumn(list(texts), "", numeric=False)
    return InputColumn(numbers, unit, numeric=bool(amounts))
