"""Pure geometry of a scene: what hides the Sun, what sees what, and what grey surfaces exchange.

Numbers in, numbers out: nothing here knows of cases, materials or finite elements.
"""

from thermal.scene.visibility.exchange import grey_exchange
from thermal.scene.visibility.ring import ring_exchange, ring_view_factors

__all__ = ["grey_exchange", "ring_exchange", "ring_view_factors"]
