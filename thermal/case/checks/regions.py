"""Regions must lie on the cloth, and a drape must not be steeper than its law allows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from thermal.case.reading.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thermal.case.reading.draft import Draft
    from thermal.case.tables.flag import Flag

_SLACK: Final = 1e-9
_STEEPEST: Final = 1.0
"""Slope 2 pi a / lambda beyond which the wave does not keep the lengths of the cloth."""


def check_regions(draft: Draft) -> Iterator[Finding]:
    """Find regions beside the cloth, doubled names and drapes that are too steep."""
    if draft.flag is None:
        return
    names: set[str] = set()
    for index, region in enumerate(draft.flag.region):
        if region.name in names:
            message = f'the name "{region.name}" is taken'
            yield Finding(
                "name-taken", ("flag", "region", index, "name"), message, "give each a name of its own"
            )
        names.add(region.name)
        limits = (draft.flag.width, draft.flag.height_of_cloth)
        ends = [corner + size for corner, size in zip(region.corner, region.size, strict=True)]
        if any(end > limit * (1 + _SLACK) for end, limit in zip(ends, limits, strict=True)):
            message = f'region "{region.name}" reaches beyond the cloth'
            span = " by ".join(f"{limit * 1e3:g} mm" for limit in limits)
            yield Finding("off-the-part", ("flag", "region", index, "size"), message, f"the cloth is {span}")
    yield from _check_drape(draft.flag)


def _check_drape(flag: Flag) -> Iterator[Finding]:
    drape = flag.drape
    if drape is None or drape.amplitude is None or drape.wavelength is None:
        return
    slope = 2.0 * math.pi * drape.amplitude / drape.wavelength
    if slope > _STEEPEST:
        most = drape.wavelength / (2.0 * math.pi) * 1e3
        message = f"the wave of the cloth has a slope of {slope:.2g}, more than {_STEEPEST:g}"
        remedy = f"write an amplitude of at most {most:.3g} mm, or a longer wavelength"
        yield Finding("too-steep", ("flag", "drape", "amplitude"), message, remedy)
