"""Theory W4: a heat pulse of a second on cloth, against a slab resolved by 80 cells: 1 % of the rise."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.heat.loads.heat_pulse import BoundPulse, HeatPulse
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.model.load import Vertices
from thermal.heat.time.parallel_run import integrate
from thermal.verify import through_thickness as slab
from thermal.verify.check import Check
from thermal.verify.models import sheet

TITLE = "Heat pulse on cloth resolved through its thickness"
START_K, BACKGROUND, PEAK, DECAY_S, BEGIN_S = 300.0, 210.0, 10e3, 1.0, 10.0


def run() -> Iterator[Check]:
    """Face temperatures through ten seconds of pulse and cooling."""
    times = BEGIN_S + np.linspace(0.05, 10.0, 200)
    pulse = HeatPulse("plume", BEGIN_S, BEGIN_S + 10.0, DECAY_S, PEAK)
    part = sheet(
        [0.0, 0.1],
        capacity=slab.CAPACITY,
        emissivity=slab.EMISSIVITY,
        thickness=slab.THICKNESS_M,
        through_conductivity=slab.THROUGH,
    )
    one_sided = HeatModel([part], loads=[FrontOnly(pulse)])
    one_sided.absorbed = lambda _t, _x, _face: BACKGROUND
    one_sided.temperature = START_K

    def falling(t: float) -> float:
        return PEAK * np.exp(-(t - BEGIN_S) / DECAY_S) / slab.ABSORPTANCE if t >= BEGIN_S else 0.0

    reference = slab.resolved_slab(START_K, np.r_[0.0, BEGIN_S, times], falling, BACKGROUND, BEGIN_S)[2:]
    states = list(integrate(one_sided, 0.0, float(times[-1]), 0.05, times))[1:]
    found = np.array([[s.temperature["sheet"][0], s.front["sheet"][0], s.back["sheet"][0]] for s in states])
    found = found[np.searchsorted([s.time_s for s in states], times - 1e-9)]
    for k, field in enumerate(("mean", "front", "back")):
        rise = float(reference[:, k].max() - START_K)
        worst = float(np.abs(found - reference)[:, k].max()) / rise
        yield Check(f"{field}: largest difference over a rise of {rise:.0f} K", worst, 0.0, 0.01, "1")


class FrontOnly:
    """A pulse that the back does not see."""

    def __init__(self, pulse: HeatPulse) -> None:
        self.name, self.jumps, self.pulsing = pulse.name, pulse.jumps, pulse.pulsing
        self.decay_s = pulse.decay_s
        self._pulse = pulse

    def bind(self, vertices: Vertices) -> BoundPulse:
        """Bind the pulse and close the back."""
        bound = self._pulse.bind(vertices)
        bound.back[:] = 0.0
        return bound
