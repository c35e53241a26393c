"""Pure geometry of a scene: what hides the Sun, what sees what, and what grey surfaces exchange.

Numbers in, numbers out: nothing here knows of cases, materials or finite elements.
"""

from thermal.geometry.solids import solid
from thermal.geometry.triangle_soup import Soup, box, cylinder, merge, parallelogram
from thermal.radiation.exchange.enclosure import Enclosure, Surface, enclosure
from thermal.radiation.exchange.grey import grey_exchange
from thermal.radiation.exchange.patches import aggregate, close_factors, closure_error, with_surroundings
from thermal.radiation.exchange.ring import ring_exchange, ring_view_factors
from thermal.radiation.rays.occluders import Body, Occluders
from thermal.radiation.shadows.convex import ConvexShadows
from thermal.radiation.shadows.disc import disc_cosine
from thermal.radiation.shadows.sun_masks import SunMasks
from thermal.radiation.shadows.sun_path import SunPath
from thermal.radiation.shadows.sunlight import sun_visibility
from thermal.radiation.view_factors.ground import GroundPatches, GroundShadows
from thermal.radiation.view_factors.of_points import ViewFactors, view_factors
from thermal.radiation.view_factors.polygon import polygon_factor

__all__ = [
    "Body",
    "ConvexShadows",
    "Enclosure",
    "GroundPatches",
    "GroundShadows",
    "Occluders",
    "Soup",
    "SunMasks",
    "SunPath",
    "Surface",
    "ViewFactors",
    "aggregate",
    "box",
    "close_factors",
    "closure_error",
    "cylinder",
    "disc_cosine",
    "enclosure",
    "grey_exchange",
    "merge",
    "parallelogram",
    "polygon_factor",
    "ring_exchange",
    "ring_view_factors",
    "solid",
    "sun_visibility",
    "view_factors",
    "with_surroundings",
]
