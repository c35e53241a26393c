"""V7: a lumped sheet cools by radiation (theory V7), closed solutions."""

from __future__ import annotations

from collections.abc import Iterator

from thermal.heat.time.parallel_run import integrate
from thermal.verify.check import Check
from thermal.verify.models import always, both_faces, model, sheet

TITLE = "Radiative cooling of a lumped sheet"
TO_SPACE = {30: 246.57768, 60: 208.65561, 300: 129.81572, 600: 103.92623, 3600: 57.61488, 36000: 26.77834}
TO_SINK = {30: 247.44713, 60: 210.18044, 300: 136.16409, 600: 115.83543, 3600: 100.03902}
TOLERANCE_K = 0.01


def run() -> Iterator[Check]:
    """Cool from 350 K to 0 K surroundings and to 100 K surroundings."""
    for sink, targets in ((0.0, TO_SPACE), (100.0, TO_SINK)):
        cooling = model(sheet([0.0, 0.1]), always(both_faces(sink)), temperature=350.0)
        for state in integrate(cooling, 0.0, max(targets), TOLERANCE_K, targets):
            if state.time_s in targets:
                yield Check(
                    f"T({state.time_s:g} s) to {sink:g} K",
                    state.temperature["sheet"].mean(),
                    targets[int(state.time_s)],
                    TOLERANCE_K,
                    "K",
                )
