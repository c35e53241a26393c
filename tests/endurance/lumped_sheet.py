"""A lumped sheet facing east under an idealised sky, whose absorptance ages: real and cheap."""

from __future__ import annotations

import math

import numpy as np
from scipy.integrate import solve_ivp

from materials.laws.ageing import AbsorptanceDrift
from thermal.core.constants import LUNATION, SOLAR_CONSTANT, STEFAN_BOLTZMANN
from thermal.endurance.damage.arrhenius import EquivalentTime
from thermal.endurance.damage.dust import DustCover
from thermal.endurance.damage.fatigue import TemperatureCoffinManson
from thermal.endurance.observe.rainflow import Rainflow
from thermal.endurance.observe.sun_dose import SunDose

ABSORPTANCE = (0.50, 0.28)
DRIFT = (AbsorptanceDrift((), -0.10, 2000.0), AbsorptanceDrift((), 0.15, 1500.0))
EMISSIVITY, CAPACITY, GROUND_DAY, GROUND_NIGHT = 0.88, 200.0, 380.0, 95.0


class LumpedSheet:
    """Callable lunation of the march: doses (2,), heat and damage (1,) gained."""

    def __init__(self, latitude_deg=43.06, steps=360, dust=0.0):
        self.latitude = math.radians(latitude_deg)
        self.dust = DustCover.settling(dust)
        self.times = np.linspace(0.0, LUNATION, steps + 1)
        self.solved = 0
        self.highest_k = []

    def light(self, time_s):
        hour = 2.0 * math.pi * time_s / LUNATION - math.pi
        up = math.cos(self.latitude) * np.cos(hour)
        east = -np.sin(hour)
        lit = SOLAR_CONSTANT * (up > 0.0)
        return lit * np.maximum(east, 0.0), lit * np.maximum(-east, 0.0), np.maximum(up, 0.0)

    def __call__(self, state, number):
        self.solved += 1
        clean = [
            new + float(law.change(dose))
            for new, law, dose in zip(ABSORPTANCE, DRIFT, state["dose"], strict=True)
        ]
        alpha = self.dust.blended(clean, number * LUNATION)

        def rate(time_s, temperature):
            front, back, up = self.light(time_s)
            ground = GROUND_NIGHT + (GROUND_DAY - GROUND_NIGHT) * up**0.25
            gain = alpha[0] * front + alpha[1] * back + EMISSIVITY * STEFAN_BOLTZMANN * ground**4
            return (gain - 2.0 * EMISSIVITY * STEFAN_BOLTZMANN * temperature**4) / CAPACITY

        start = [GROUND_NIGHT * 0.84]
        longest = LUNATION / 200.0  # or the solver steps over the day
        solution = solve_ivp(
            rate, (0.0, LUNATION), start, "BDF", self.times, rtol=1e-5, atol=1e-3, max_step=longest
        )
        dose, heat = SunDose(1), EquivalentTime(1, 80e3)
        cycles = Rainflow(1, TemperatureCoffinManson(1e4, 250.0, 3.0).table(), gate=0.5)
        step_s = self.times[1] - self.times[0]
        for k, (time_s, temperature) in enumerate(zip(self.times, solution.y[0], strict=True)):
            front, back, _up = self.light(time_s)
            dose.observe(step_s if k else 0.0, [front], [back])
            heat.observe(step_s if k else 0.0, [temperature])
            cycles.observe([temperature])
        self.highest_k.append(solution.y[0].max())
        return {
            "dose": np.array([dose.front_esh[0], dose.back_esh[0]]),
            "heat": heat.equivalent_s.copy(),
            "damage": cycles.count(periodic=True).damage.copy(),
        }


NEW = {"dose": np.zeros(2), "heat": np.zeros(1), "damage": np.zeros(1)}


def brute_force(sheet, count):
    state = {name: value.copy() for name, value in NEW.items()}
    for number in range(count):
        growth = sheet(state, number)
        state = {name: state[name] + growth[name] for name in state}
    return state
