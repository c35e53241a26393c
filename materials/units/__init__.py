"""Units at the edge: every number with a unit that a user gives becomes an SI float here.

One mechanism for case files, material files, tables, studies and options: a unit is a :class:`Scale`, a
factor and an offset to SI, so that temperatures have the offset of their unit and differences of temperatures
have none.
"""

from __future__ import annotations

from materials.units.errors import QuantityError, shortened
from materials.units.grammar import NUMBER
from materials.units.quantity import parse
from materials.units.scale import DIFFERENCE, Scale, convert, plain_scale, scale_of

__all__ = [
    "DIFFERENCE",
    "NUMBER",
    "QuantityError",
    "Scale",
    "convert",
    "parse",
    "plain_scale",
    "scale_of",
    "shortened",
]
