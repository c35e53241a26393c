"""The terms that a sky adds to the heat balance, a file for each kind.

Positive power heats the part. A new term is a new file with a class that has ``name`` and ``bind`` (see
:class:`thermal.heat.model.load.Load`), and a line in :func:`sky_terms`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thermal.heat.loads.bodies import BodyInfrared, BodyLight, Radiosities
from thermal.heat.loads.diffuse import diffuse_terms
from thermal.heat.loads.direct_sunlight import DirectSunlight
from thermal.heat.loads.earthshine import Earthshine
from thermal.heat.loads.sky_cache import SkyNow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thermal.heat.loads.direct_sunlight import SunMask
    from thermal.heat.model.load import Load
    from thermal.radiation.view_factors.views import Views
    from thermal.scene.bodies import BoxBody
    from thermal.scene.surroundings import Patches
    from thermal.sky import Environment

__all__ = ["sky_terms"]


def sky_terms(
    environment: Environment,
    views: Views,
    mask: SunMask | None = None,
    patches: Patches | None = None,
    boxes: Sequence[BoxBody] = (),
    *,
    point_sun: bool = False,
) -> tuple[Load, ...]:
    """All terms of a sky.

    Parameters
    ----------
    environment
        Sun, Earth and ground over the run.
    views
        What each face sees of ground and sky.
    mask
        Share of the Sun's disc that each face sees past the other parts; None where nothing is in the way.
    patches, boxes
        What the bodies send each other; None for a sheet alone.
    point_sun
        Take the Sun as a point, as the idealised sky does.

    """
    now = SkyNow(environment)
    sun = DirectSunlight(now, mask, point=point_sun)
    reflected, infrared, background = diffuse_terms(now, views)
    terms: tuple[Load, ...] = (sun, reflected, infrared, Earthshine(now), background)
    if patches is None:
        return terms
    sent = Radiosities(len(patches.names))
    return (*terms, BodyInfrared(now, patches, boxes, sent), BodyLight(now, patches, boxes, sent, sun))
