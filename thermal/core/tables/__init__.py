"""Tables a user brings: CSV whose headers are ``name [unit]``, read and checked as a whole by one reader."""

from __future__ import annotations

from thermal.core.tables.columns import AZIMUTH, ELEVATION, IRRADIANCE, LISTED, TEMPERATURE, TIME, Column
from thermal.core.tables.cover import check_cover
from thermal.core.tables.reader import read_table

__all__ = [
    "AZIMUTH",
    "ELEVATION",
    "IRRADIANCE",
    "LISTED",
    "TEMPERATURE",
    "TIME",
    "Column",
    "check_cover",
    "read_table",
]
