"""Materials for a flag on the Moon: every number with its source, range and uncertainty.

>>> import materials
>>> aluminium = materials.load_database()["al6061_t6"]
>>> round(float(aluminium.property("thermal_conductivity")(100.0)), 1)
97.7
"""

from __future__ import annotations

from materials.database import Database, load_database
from materials.errors import NoDataError, OutOfRangeError
from materials.material import Material
from materials.problems import MaterialError, Problem
from materials.prop import Property
from materials.surface import Surface

__all__ = [
    "Database",
    "Material",
    "MaterialError",
    "NoDataError",
    "OutOfRangeError",
    "Problem",
    "Property",
    "Surface",
    "load_database",
]
