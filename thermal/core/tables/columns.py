"""The columns that tables may have."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Column:
    """A column a table must have.

    Parameters
    ----------
    name
        As in the header, before its unit in brackets.
    unit
        SI unit its values are converted to.
    example
        A header to advise.
    least, most
        Range of the values in that unit.
    older
        Headers of older dialects, in small letters, and the unit that each stands for.

    """

    name: str
    unit: str
    example: str
    least: float = -math.inf
    most: float = math.inf
    older: Mapping[str, str] = field(default=_NONE)


LISTED: Final = frozenset(
    {
        "sun_azimuth_deg",
        "sun_elevation_deg",
        "sun_distance_au",
        "sun_visible_fraction",
        "sun_eclipsed_fraction",
        "irradiance_w_m2",
        "ground_k",
        "earth_azimuth_deg",
        "earth_elevation_deg",
        "ground_reflected_w_m2",
        "ground_infrared_w_m2",
        "earth_shortwave_w_m2",
        "earth_infrared_w_m2",
    }
)
"""Columns of what `lunarflag sky --csv` writes, which tables of Sun and temperatures may have besides."""

COLDEST_K: Final = 3.0
HOTTEST_K: Final = 2000.0

TIME: Final = Column("time", "s", "time [h]", older=MappingProxyType({"time_s": "s"}))
AZIMUTH: Final = Column(
    "azimuth",
    "rad",
    "azimuth [deg]",
    -2 * math.pi,
    2 * math.pi,
    MappingProxyType({"sun_azimuth_deg": "deg"}),
)
ELEVATION: Final = Column(
    "elevation",
    "rad",
    "elevation [deg]",
    -math.pi / 2,
    math.pi / 2,
    MappingProxyType({"sun_elevation_deg": "deg"}),
)
IRRADIANCE: Final = Column(
    "irradiance",
    "W/m**2",
    "irradiance [W/m^2]",
    0.0,
    1e5,
    MappingProxyType({"irradiance_w_m2": "W/m^2"}),
)
TEMPERATURE: Final = Column(
    "temperature",
    "K",
    "temperature [K]",
    COLDEST_K,
    HOTTEST_K,
    MappingProxyType({"temperature_k": "K", "ground_k": "K"}),
)
