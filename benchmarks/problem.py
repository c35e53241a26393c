"""flag-cycle: a cloth through two lunar days, small enough for any tool and stiff as the real thing.

A sheet of 2.0 m x 0.9 m, lumped through its thickness, obeys

    h'(T) dT/dt = k t div grad T + q(x, t) - 2 eps sigma T^4,      h(T) = rho t (300 T + 1.3 T^2)

It stands upright and faces east in a lunar day that starts at noon. The Sun lights one face at a time; a
shadow whose edge is 10 mm wide moves over the first 0.2 m; the ground shines from below; the edge x = 0
touches an arm. The data depend on x and t alone: a fine one-dimensional solution is the reference of all.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIGMA = 5.670374419e-8
SOLAR = 1361.0
WIDTH, HEIGHT, THICKNESS = 2.0, 0.9, 2e-4
CONDUCTIVITY, DENSITY = 0.2, 1000.0
ABSORPTANCE, EMISSIVITY, ALBEDO = 0.35, 0.85, 0.12
PERIOD = 29.530589 * 86400.0
LATITUDE = np.deg2rad(43.0)
SUN_RADIUS = np.deg2rad(0.2666)
SHADOW_EDGE = 0.010
CONTACT = 50.0
START_K = 250.0
STOP = 2.0 * PERIOD
OUTPUTS = np.arange(1, 201) * (PERIOD / 100.0)

SHEET_CONDUCTANCE = CONDUCTIVITY * THICKNESS
EDGE_CONDUCTANCE = CONTACT * THICKNESS
CAPACITY_0, CAPACITY_1 = DENSITY * THICKNESS * 300.0, DENSITY * THICKNESS * 2.6
EMISSION = 2.0 * EMISSIVITY * SIGMA

PROBES = np.array([[0.0, 0.44], [0.10, 0.44], [0.14, 0.44], [1.0, 0.44], [2.0, 0.88]])
NEAR, FAR = slice(0, 3), slice(3, 5)
"""Probes at the arm and the shadow, where the mesh limits, and on the plain sheet, where the steps do."""
SIZES_MM = (20.0, 10.0, 5.0, 2.5)
DATA = Path(__file__).parent / "data"


def capacity(T):
    """Areal heat capacity, J/m2/K."""
    return CAPACITY_0 + CAPACITY_1 * T


def enthalpy(T):
    """Areal enthalpy, J/m2."""
    return CAPACITY_0 * T + 0.5 * CAPACITY_1 * T * T


def _sine_of_elevation(t: float) -> float:
    return math.cos(LATITUDE) * math.cos(2.0 * math.pi * t / PERIOD)


def direct(t: float) -> float:
    """Absorbed sunlight outside the shadow, W/m2; the Sun's disc sets in about an hour."""
    u = min(max(math.asin(_sine_of_elevation(t)) / SUN_RADIUS, -1.0), 1.0)
    above = 0.5 + (math.asin(u) + u * math.sqrt(1.0 - u * u)) / math.pi
    return ABSORPTANCE * SOLAR * abs(math.sin(2.0 * math.pi * t / PERIOD)) * above


def _ground_power(height: float) -> float:
    """Fourth power of the ground's temperature, K^4, by the sine of the Sun's elevation."""
    return max(0.0, height) * 0.88 * SOLAR / (0.95 * SIGMA) + 95.0**4


def diffuse(t: float) -> float:
    """Sunlight off the ground and its infrared, absorbed by both faces, W/m2."""
    height = _sine_of_elevation(t)
    return ABSORPTANCE * ALBEDO * SOLAR * max(0.0, height) + EMISSIVITY * SIGMA * _ground_power(height)


def arm_k(t: float) -> float:
    """Temperature of the arm, K."""
    return 0.5 * (_ground_power(_sine_of_elevation(t)) ** 0.25 + 250.0)


def shadow_edge(t: float) -> float:
    """Middle of the shadow's edge, m; sunlight falls beyond."""
    return 0.1 * (1.0 + math.cos(2.0 * math.pi * t / PERIOD))


def lit(x, t: float):
    """Share of the sunlight at x, a cubic step over the shadow's edge."""
    z = np.minimum(np.maximum((x - shadow_edge(t)) / SHADOW_EDGE + 0.5, 0.0), 1.0)
    return z * z * (3.0 - 2.0 * z)


def absorbed(x, t: float):
    """Absorbed flux of both faces at x, W/m2."""
    return direct(t) * lit(x, t) + diffuse(t)


def sun_events() -> list[float]:
    """When the disc touches, halves and leaves the horizon, s."""
    half = SUN_RADIUS / np.cos(LATITUDE) * PERIOD / (2.0 * np.pi)
    return [quarter * 25 * (PERIOD / 100.0) + side * half for quarter in (1, 3, 5, 7) for side in (-1, 0, 1)]


def cells(size_mm: float) -> tuple[int, int]:
    """Cells along the sheet's width and height."""
    return round(WIDTH * 1e3 / size_mm), round(HEIGHT * 1e3 / size_mm)


def grid(size_mm: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Grid lines along width and height, m."""
    nx, ny = cells(size_mm)
    return np.linspace(0.0, WIDTH, nx + 1), np.linspace(0.0, HEIGHT, ny + 1)


def probe_vertices(x, y) -> list[int]:
    """Vertices at the probes, given all vertices' coordinates."""
    return [int(np.argmin(np.hypot(x - px, y - py))) for px, py in PROBES]


def given_steps(limit: int | None = None) -> NDArray[np.float64]:
    """Times of the steps for tools without error control, start included.

    They hit every output and follow the plain sheet's own error: a favour that no user of these tools has.
    """
    times = np.loadtxt(DATA / "steps.csv", skiprows=1)
    return times if limit is None else times[: limit + 1]


def is_output(t: float) -> bool:
    """Whether a time is one of the outputs."""
    k = round(t / (PERIOD / 100.0))
    return k > 0 and abs(t - k * PERIOD / 100.0) < 1e-3


def errors(rows: NDArray[np.float64]) -> dict[str, float]:
    """Largest errors of rows (time, five probes, maximum, minimum, mean) against the reference, K."""
    reference = np.loadtxt(DATA / "reference.csv", delimiter=",", skiprows=1)[: len(rows)]
    if not len(rows):
        return {}
    wrong = np.abs(rows[:, 1:] - reference[:, 1:])
    events = np.isin(np.rint(rows[:, 0] / (PERIOD / 100.0)), [25, 75, 125, 175])
    return {
        "far_k": float(wrong[:, FAR].max()),
        "near_k": float(wrong[:, NEAR].max()),
        "mean_k": float(wrong[:, 7].max()),
        "event_k": float(wrong[events][:, FAR].max(initial=0.0)),
    }
