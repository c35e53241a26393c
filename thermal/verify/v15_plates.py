"""V15: strip and plate with a linear loss (theory V15)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from thermal.heat.model.conductor import Sink
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.model.law import Law
from thermal.heat.time.parallel_run import integrate
from thermal.verify.bars import bar, end, flux_through, held, loss
from thermal.verify.check import Check
from thermal.verify.models import always, sheet

TITLE = "Strip and plate with linear loss"
BASE_K, RISE_K = 300.0, 100.0
SHEET_CONDUCTANCE = 4e-5
CELLS = (40, 36)
PLATES = (  # loss, conductance along width and height over 4e-5, theta at the middle and at the top
    (0.0, 1.0, 1.0, 0.57890330, 0.45930081),
    (2e-3, 1.0, 1.0, 0.53430125, 0.40606603),
    (0.0, 2.0, 0.2, 0.10817150, 0.02287871),
)


def run() -> Iterator[Check]:
    """Balance the strip, and three plates heated along their lower edge."""
    strip = bar(np.linspace(0.0, 0.02, 201), SHEET_CONDUCTANCE, 200.0)
    joints = [held(strip, BASE_K + RISE_K), loss(strip, 2.0, BASE_K)]
    state = next(integrate(HeatModel([strip], joints), 0.0, 1.0, 1e-5))
    tip = float(state.temperature["bar"][end(strip, last=True)].mean() - BASE_K) / RISE_K
    yield Check("strip: theta at the tip", tip, 0.02284280, 2e-4, "1")
    flux = flux_through(state.powers_w, strip) / RISE_K
    yield Check("strip: flux at the base", flux, 8.941938e-3, 1e-5, "W/m/K")
    for h, along, across, middle, top in PLATES:
        yield from _plate(h, along, across, middle, top)


def _plate(h: float, along: float, across: float, middle: float, top: float) -> Iterator[Check]:
    """0.2 x 0.09 m, sides at the base temperature, a half sine along the lower edge, the top insulated."""
    laws = (Law.constant(along * SHEET_CONDUCTANCE), Law.constant(across * SHEET_CONDUCTANCE))
    plate = sheet(
        np.linspace(0.0, 0.2, CELLS[0] + 1),
        np.linspace(0.0, 0.09, CELLS[1] + 1),
        conductance=laws,
        emissivity=0.0,
    )
    uv = plate.surface.uv
    edge = np.flatnonzero((uv[:, 1] == 0.0) | (uv[:, 0] == 0.0) | (uv[:, 0] == uv[:, 0].max()))
    edge_k = BASE_K + RISE_K * np.where(uv[edge, 1] == 0.0, np.sin(np.pi * uv[edge, 0] / 0.2), 0.0)
    joints = [
        Sink(f"edge {k}", np.array([k]), np.array([1e3]), always(float(T)))
        for k, T in zip(edge, edge_k, strict=True)
    ]
    if h:
        joints.append(loss(plate, h, BASE_K))
    state = next(integrate(HeatModel([plate], joints), 0.0, 1.0, 1e-4))
    theta = (state.temperature["sheet"] - BASE_K) / RISE_K
    for height, target in ((0.045, middle), (0.09, top)):
        there = np.hypot(uv[:, 0] - 0.1, uv[:, 1] - height) < 1e-9
        name = f"plate h = {h:g}, k {along:g} and {across:g}: theta at {height:g} m"
        yield Check(name, float(theta[there][0]), target, 1e-3, "1")
