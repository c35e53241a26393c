"""What a site gives at a time: Sun, ground and Earth, everything computed beforehand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.core.constants import EARTH_RADIUS, STEFAN_BOLTZMANN
from thermal.sky.earthshine import earth_loads
from thermal.sky.ephemeris.disc import visible_over_horizon
from thermal.sky.ephemeris.site_view import Scenery, separation

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from thermal.sky.ephemeris.contacts import Eclipse, Event
    from thermal.sky.ground.regolith import Profile
    from thermal.sky.ground.series import GroundSeries

SPACE_INFRARED: Final = STEFAN_BOLTZMANN * 2.7255**4
"""Cosmic background, W/m2 (3.1e-6)."""


@dataclass(frozen=True, slots=True)
class Sky:
    """Everything that falls on the site at an instant.

    Parameters
    ----------
    sun_direction
        Unit vector east, north, up.
    irradiance
        Sunlight on a surface normal to the Sun, after horizon and eclipse, W/m2.
    sun_visible_fraction
        Part of the disc above the skyline.
    sun_eclipsed_fraction
        Part of the disc behind the Earth.
    sun_distance_au
        From the site, AU.
    ground_k
        Temperature of the ground's surface, K.
    ground_absorbed, ground_reflected
        Sunlight that the ground absorbs and sends back, W/m2 of ground.
    ground_infrared
        What the ground emits, ``eps sigma T^4``, W/m2 of ground.
    earth_direction
        Unit vector east, north, up.
    earth_shortwave, earth_infrared
        From the Earth on a surface normal to it, W/m2; 0 where the Earth is below the skyline.
    space_infrared
        Cosmic background, W/m2.

    """

    sun_direction: NDArray[np.float64]
    irradiance: float
    sun_visible_fraction: float
    sun_eclipsed_fraction: float
    sun_distance_au: float
    ground_k: float
    ground_absorbed: float
    ground_reflected: float
    ground_infrared: float
    earth_direction: NDArray[np.float64]
    earth_shortwave: float
    earth_infrared: float
    space_infrared: float = SPACE_INFRARED


@dataclass(frozen=True, slots=True)
class Environment:
    """The sky over a site through a run.

    Parameters
    ----------
    start
        UTC of time 0.
    duration_s
        Length of the run, s.
    geometry
        Sun, Earth and skyline.
    ground
        Temperature of the ground.
    normal_albedo, emissivity
        Of the ground.
    contacts
        Contacts with the skyline within the run.
    eclipses
        Eclipses of which any part falls in the run.
    earth
        Whether the Earth shines.
    profile
        The ground below its surface at time 0; None where a table gives its temperature.

    """

    start: datetime
    duration_s: float
    geometry: Scenery
    ground: GroundSeries
    normal_albedo: float
    emissivity: float
    contacts: tuple[Event, ...]
    eclipses: tuple[Eclipse, ...]
    earth: bool = True
    profile: Profile | None = None

    def at(self, time_s: float) -> Sky:
        """Return everything that falls on the site at `time_s` seconds after the start."""
        view = self.geometry.view(time_s)
        absorbed, reflected = view.ground_sunlight(self.normal_albedo, self.geometry.normal)
        ground_k = self.ground.at(time_s)
        shortwave, infrared = 0.0, 0.0
        if self.earth:
            disc = math.asin(min(1.0, EARTH_RADIUS / view.earth_m))
            share = visible_over_horizon(self.geometry.horizon.clearance(*view.earth), disc)
            if share > 0.0:
                # the Moon is 400 times nearer to the Earth than the Sun: phase and elongation add up to pi
                phase = math.pi - separation(view.sun, view.earth)
                shortwave, infrared = earth_loads(phase, view.earth_m, view.distance_au)
                shortwave, infrared = share * shortwave, share * infrared
        return Sky(
            sun_direction=np.array(view.sun),
            irradiance=view.irradiance,
            sun_visible_fraction=view.visible_fraction,
            sun_eclipsed_fraction=view.hidden_fraction,
            sun_distance_au=view.distance_au,
            ground_k=ground_k,
            ground_absorbed=absorbed,
            ground_reflected=reflected,
            ground_infrared=self.emissivity * STEFAN_BOLTZMANN * ground_k**4,
            earth_direction=np.array(view.earth),
            earth_shortwave=shortwave,
            earth_infrared=infrared,
        )

    def events(self) -> tuple[Event, ...]:
        """Return every contact within the run, in order of time."""
        eclipsed = [event for eclipse in self.eclipses for event in eclipse.events()]
        inside = [event for event in (*self.contacts, *eclipsed) if 0.0 <= event.time_s <= self.duration_s]
        return tuple(sorted(inside))
