"""What a periodic state says of how it was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Cycle:
    """How the periodic state was found.

    Parameters
    ----------
    residual_k
        For each part the largest |T(end) - T(start)| over its vertices, K, for each period that was run.
    distance_k
        For each period the largest distance to where the acceleration put the periodic state, K: unlike the
        residual it does not belittle what is slow.

    """

    residual_k: Mapping[str, tuple[float, ...]]
    distance_k: tuple[float, ...]

    @property
    def periods(self) -> int:
        """Number of periods run."""
        return len(self.distance_k)
