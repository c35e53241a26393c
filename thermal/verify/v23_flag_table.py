"""V23: the steady table of a vertical flag (theory V23), through the product's own sky terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from thermal.core.constants import SOLAR_CONSTANT, STEFAN_BOLTZMANN
from thermal.heat.loads import sky_terms
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.time.parallel_run import integrate
from thermal.radiation.view_factors.views import Views
from thermal.sky import Sky
from thermal.verify.check import Check
from thermal.verify.models import sheet

TITLE = "Vertical flag far from the arm: steady table"
GROUND_EMISSIVITY = 0.95
ROWS = (  # elevation deg, ground K, reflected W/m2, T facing, T edge-on, T facing at alpha 0.6
    (0, 92.75, 0.0, 255.64, 77.00, 303.69),
    (5, 157.67, 81.0, 262.73, 152.83, 310.01),
    (10, 206.40, 131.1, 271.60, 188.78, 316.39),
    (20, 268.02, 176.6, 289.05, 234.05, 327.55),
    (30, 307.64, 185.1, 303.62, 263.63, 335.98),
    (40, 335.42, 179.0, 314.75, 284.69, 341.59),
    (45, 346.20, 174.2, 319.04, 292.96, 343.35),
    (50, 355.32, 169.4, 322.53, 299.99, 344.42),
    (60, 369.29, 162.4, 327.17, 310.87, 344.48),
    (70, 378.45, 160.2, 328.82, 318.13, 341.73),
    (80, 383.56, 161.7, 327.61, 322.25, 336.08),
    (90, 385.23, 163.3, 323.62, 323.62, 327.31),
)


@dataclass(frozen=True)
class StillSky:
    """A sky that does not change."""

    sky: Sky

    def at(self, _time_s: float) -> Sky:
        """Return the same at any time."""
        return self.sky


def run() -> Iterator[Check]:
    """Balance the flag under each row's Sun and ground."""
    for elevation, ground, reflected, facing, edge_on, dark in ROWS:
        for name, turn, absorptance, target in (
            ("facing", 0.0, 0.3, facing),
            ("edge-on", np.pi / 2, 0.3, edge_on),
            ("facing, alpha 0.6", 0.0, 0.6, dark),
        ):
            sky = _sky(np.radians(elevation), turn, ground, reflected)
            part = sheet([0.0, 0.1], absorptance=absorptance)
            views = Views.unobstructed(part.surface.normals)
            # Terms ask a sky for nothing but `at`.
            loads = sky_terms(StillSky(sky), views, point_sun=True)  # type: ignore[arg-type]  # (as above)
            flag = HeatModel([part], loads=loads)
            state = next(integrate(flag, 0.0, 1.0, 0.01))
            yield Check(f"T {name} at {elevation} deg", state.temperature["sheet"].mean(), target, 0.05, "K")


def _sky(elevation: float, turn: float, ground: float, reflected: float) -> Sky:
    """Sun at ``turn`` from the flag's normal, which points east."""
    level = np.cos(elevation)
    return Sky(
        sun_direction=np.array([level * np.cos(turn), level * np.sin(turn), np.sin(elevation)]),
        irradiance=SOLAR_CONSTANT,
        sun_visible_fraction=1.0,
        sun_eclipsed_fraction=0.0,
        sun_distance_au=1.0,
        ground_k=ground,
        ground_absorbed=0.0,
        ground_reflected=reflected,
        ground_infrared=GROUND_EMISSIVITY * STEFAN_BOLTZMANN * ground**4,
        earth_direction=np.array([0.0, 0.0, -1.0]),
        earth_shortwave=0.0,
        earth_infrared=0.0,
    )
