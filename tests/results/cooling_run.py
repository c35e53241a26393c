"""A run with a closed solution: two parts that cool by radiation into empty space."""

import math
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import numpy as np

from thermal.core.constants import LUNATION, STEFAN_BOLTZMANN
from thermal.results import Inputs, Probe, ResultWriter, StepLog


@dataclass(frozen=True)
class Sheet:
    points: np.ndarray
    triangles: np.ndarray
    uv: np.ndarray
    area: np.ndarray


@dataclass(frozen=True)
class Ledger:
    absorbed_j: float
    emitted_j: float
    stored_j: float
    residual_j: float
    residual_fraction: float

    def to_json(self):
        return asdict(self)


@dataclass(frozen=True)
class State:
    time_s: float
    step_s: float
    temperature: dict
    front: dict
    back: dict
    powers_w: dict
    ledger: Ledger
    steps: int
    rejected: int


@dataclass(frozen=True)
class Step:
    time_s: float
    step_s: float
    temperature: np.ndarray
    vertex: np.ndarray


@dataclass(frozen=True)
class Sky:
    """The Sun over the equator, declination 0."""

    time_s: float
    sun_distance_au: float = 1.0
    sun_eclipsed_fraction: float = 0.0
    earth_shortwave: float = 0.0
    earth_infrared: float = 0.0

    @property
    def sun_direction(self):
        angle = 2 * math.pi * self.time_s / LUNATION
        return np.array([math.cos(angle), 0.0, math.sin(angle)])

    @property
    def sun_visible_fraction(self):
        return float(self.sun_direction[2] > 0)

    @property
    def irradiance(self):
        return 1361.0 * self.sun_visible_fraction

    @property
    def ground_k(self):
        return (0.93 * self.irradiance * self.sun_direction[2] / 0.95 / STEFAN_BOLTZMANN) ** 0.25

    @property
    def ground_reflected(self):
        return 0.07 * self.irradiance * self.sun_direction[2]

    @property
    def ground_infrared(self):
        return 0.95 * STEFAN_BOLTZMANN * self.ground_k**4


class EquatorialSky:
    """A run that starts at sunrise."""

    def at(self, time_s):
        return Sky(time_s)

    def events(self):
        return ()


def sheet(width, height, columns, rows, corner):
    u, v = np.meshgrid(np.linspace(0, width, columns), np.linspace(0, height, rows))
    uv = np.stack([u.ravel(), v.ravel()], axis=1)
    points = np.asarray(corner) + np.stack([0 * u.ravel(), u.ravel(), v.ravel()], axis=1)
    i, j = np.meshgrid(np.arange(columns - 1), np.arange(rows - 1))
    first = (j * columns + i).ravel()
    lower = np.stack([first, first + 1, first + columns + 1], axis=1)
    upper = np.stack([first, first + columns + 1, first + columns], axis=1)
    triangles = np.concatenate([lower, upper])
    area = np.zeros(len(points))
    np.add.at(area, triangles.ravel(), width * height / len(triangles) / 3)
    return Sheet(points, triangles, uv, area)


class Cooling:
    """C dT/dt = -2 eps sigma T^4, so T = (T0^-3 + 6 eps sigma t / C)^(-1/3); T0 grows along the sheet."""

    capacity = 240.0  # J/m2/K
    emissivity = 0.85

    def __init__(self, columns=21, rows=10):
        self.parts = {
            "flag": sheet(2.0, 0.9, columns, rows, (0.0, 0.0, 1.2)),
            "arm": sheet(2.0, 0.08, columns, 3, (0.0, 0.0, 2.1)),
        }

    def temperature(self, time_s):
        factor = 6 * self.emissivity * STEFAN_BOLTZMANN * time_s / self.capacity
        return {
            name: ((300 + 20 * part.uv[:, 0]) ** -3 + factor) ** (-1 / 3) for name, part in self.parts.items()
        }

    def stored(self, time_s):
        return sum(self.capacity * float(p.area @ self.temperature(time_s)[n]) for n, p in self.parts.items())

    def state(self, time_s, step_s, steps):
        temperature = self.temperature(time_s)
        power = (
            -2
            * self.emissivity
            * STEFAN_BOLTZMANN
            * sum(float(part.area @ temperature[name] ** 4) for name, part in self.parts.items())
        )
        stored = self.stored(time_s) - self.stored(0.0)
        return State(
            time_s,
            step_s,
            temperature,
            {name: values + 1.0 for name, values in temperature.items()},
            {name: values - 1.0 for name, values in temperature.items()},
            {"emission": power},
            Ledger(0.0, stored, stored, 0.0, 0.0),
            steps,
            0,
        )

    def states(self, duration_s, outputs, observer=None):
        """Yield states as the core does, with four accepted steps between two outputs."""
        step_s = duration_s / outputs / 4
        yield self.state(0.0, 0.0, 0)
        for number in range(1, 4 * outputs + 1):
            time_s = number * step_s
            if observer is not None:
                values = np.concatenate(list(self.temperature(time_s).values()))
                observer.observe(Step(time_s, step_s, values, np.arange(len(values))))
            if number % 4 == 0:
                yield self.state(time_s, step_s, number)

    def inputs(self, duration_s):
        return Inputs(
            title="A cooling sheet",
            case_name="cooling.toml",
            as_given='title = "A cooling sheet"\n',
            resolved='title = "A cooling sheet"\n[mesh]\nsize = "0.1 m"\n',
            sha256="0" * 64,
            start=datetime(2020, 12, 3, 15, 10, tzinfo=UTC),
            duration_s=duration_s,
            latitude=0.0,
            longitude=0.0,
            materials={"ce5_flag": 'name = "ce5_flag"\n'},
            citations="Hayne et al. 2017, doi 10.1002/2017JE005387\n",
        )


PROBES = (
    Probe("centre", "flag", (1.0, 0.45)),
    Probe("quarter", "flag", (0.52, 0.33)),
    Probe("root", "arm", (0.0, 0.0)),
)


def write_cooling(path, cooling, *, duration_s=LUNATION, outputs=24, verdict=None, groups=None):
    inputs = cooling.inputs(duration_s)
    log = StepLog(cooling.parts, PROBES)
    with ResultWriter(path, inputs, log, environment=EquatorialSky()) as writer:
        for state in cooling.states(duration_s, outputs, log):
            writer.write(state)
        for name, fields in (groups or {}).items():
            writer.write_group(name, fields)
        if verdict is not None:
            writer.write_verdict(verdict)
    return path
