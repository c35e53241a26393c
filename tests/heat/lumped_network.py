"""Random networks of lumped bodies, and their steady state by a dense solver."""

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN as SIGMA
from thermal.heat.model.conductor import Conductors
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.model.lumped_mass import lumped
from thermal.heat.model.part import Face

FOUR = np.arange(4)


def random_network(rng):
    """A chain of bodies with some joints more; the first one emits well."""
    count = int(rng.integers(2, 7))
    emissivity = 10.0 ** rng.uniform(-4.0, 0.0, count)
    emissivity[0] = 0.8
    area = 10.0 ** rng.uniform(-2.0, 1.0, count)
    absorbed = emissivity * 10.0 ** rng.uniform(-2.0, 2.5, count)
    joints = [(k, k + 1) for k in range(count - 1)]
    joints += [(k, k + 2) for k in range(count - 2) if rng.random() < 0.3]
    conductance = 10.0 ** rng.uniform(-5.0, 3.0, len(joints))
    bodies = [
        lumped(f"body{k}", 100.0, area=area[k], front=Face(emissivity=emissivity[k]), position=(0, 10 * k, 0))
        for k in range(count)
    ]
    links = [
        Conductors(f"joint{k}", 4 * a + FOUR, 4 * b + FOUR, np.full(4, conductance[k] / 4))
        for k, (a, b) in enumerate(joints)
    ]
    model = HeatModel(bodies, links)
    model.absorbed = lambda _t, x, face: (
        absorbed[np.floor(x[:, 1] / 10.0 + 0.5).astype(int)] if face == "front" else None
    )
    model.temperature = "equilibrium"
    return model, _steady(emissivity * area, absorbed * area, joints, conductance)


def _steady(emission, gain, joints, conductance):
    """Newton's method on a dense matrix in T, from above: the balance is convex, so that it arrives."""
    count = len(gain)
    laplacian = np.zeros((count, count))
    for (a, b), g in zip(joints, conductance, strict=True):
        laplacian[[a, b], [a, b]] += g
        laplacian[[a, b], [b, a]] -= g
    T = np.full(count, ((gain / emission).max() / SIGMA) ** 0.25)
    for _ in range(200):
        residual = gain - SIGMA * emission * T**4 - laplacian @ T
        T = T + np.linalg.solve(laplacian + np.diag(4.0 * SIGMA * emission * T**3), residual)
    return T
