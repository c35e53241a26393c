"""Pure geometry of a scene: what hides the Sun, what sees what, and what grey surfaces exchange.

Numbers in, numbers out: nothing here knows of cases, materials or finite elements.
"""

from thermal.geometry.solids import solid
from thermal.geometry.triangle_soup import Soup, box, cylinder, merge, parallelogram
from thermal.scene.visibility.disc import disc_cosine
from thermal.scene.visibility.enclosure import Enclosure, Surface, enclosure
from thermal.scene.visibility.exchange import grey_exchange
from thermal.scene.visibility.factors import ViewFactors, view_factors
from thermal.scene.visibility.ground import GroundPatches, GroundShadows
from thermal.scene.visibility.masks import SunMasks
from thermal.scene.visibility.occluders import Body, Occluders
from thermal.scene.visibility.patches import aggregate, close_factors, closure_error, with_surroundings
from thermal.scene.visibility.path import SunPath
from thermal.scene.visibility.polygon import polygon_factor
from thermal.scene.visibility.ring import ring_exchange, ring_view_factors
from thermal.scene.visibility.shadows import ConvexShadows
from thermal.scene.visibility.sunlight import sun_visibility

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
