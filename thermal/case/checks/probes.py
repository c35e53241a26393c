"""Probes must lie on their part."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from thermal.case.reading.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thermal.case.reading.draft import Draft


def check_probes(draft: Draft) -> Iterator[Finding]:
    """Find probes that lie beside the cloth or off a tube."""
    tubes = draft.tubes_by_name
    for index, probe in draft.probes.items():
        tube = tubes.get(probe.part)
        if probe.part == "flag" and draft.flag is not None:
            limits = (draft.flag.width, draft.flag.height_of_cloth)
        elif tube is not None:
            limits = (tube.length, math.pi * tube.diameter)
        else:
            continue
        if not all(0.0 <= at <= limit * (1 + 1e-9) for at, limit in zip(probe.at, limits, strict=True)):
            message = f'probe "{probe.name}" lies off the {"cloth" if probe.part == "flag" else "tube"}'
            span = " and ".join(f'0 to "{limit:.4g} m"' for limit in limits)
            yield Finding("off-the-part", ("output", "probe", index, "at"), message, f"it spans {span}")
