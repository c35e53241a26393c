"""Times to failure of one run under many draws of the data behind the requirements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.endurance.verdict.sampling import Outlook
from thermal.study.comparison.ranking import limiting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from materials import Material
    from thermal.endurance.observe.observer import Endurance
    from thermal.study.comparison.draws import Draws


@dataclass(frozen=True, slots=True)
class Lives:
    """Drawn times to failure of one requirement on one part.

    Attributes
    ----------
    years
        (draws,): infinite for never, NaN without data.
    cause
        What most of the draws that fail fail of, in words.

    """

    years: NDArray[np.float64]
    cause: str


@dataclass(frozen=True)
class SharedOutlook(Outlook):
    """An outlook whose draws are shared by candidates only where they share the thing itself.

    Attributes
    ----------
    shared, own
        Draws of what all candidates share (the arm, the form of a law), and of the cloth's own data.
    cloth
        Names of the cloth's own data.

    """

    shared: Draws | None = None
    own: Draws | None = None
    cloth: frozenset[str] = frozenset()

    def deviates(self, name: str) -> NDArray[np.float64]:
        """Draw standard normal deviates (samples,) of an input."""
        draws = self.own if name in self.cloth else self.shared
        return super().deviates(name) if draws is None else draws.deviates(name)


def drawn_lives(
    endurance: Endurance, cloth: Material, draws: tuple[Draws, Draws], horizon_years: float
) -> dict[str, Lives]:
    """Judge a run once for every draw.

    Parameters
    ----------
    endurance
        What the run has shown, judged with the data as they stand: the run itself may have been made with
        drawn ones.
    cloth
        The candidate.
    draws
        For what candidates share, and for the cloth.
    horizon_years
        How far to look ahead.

    Returns
    -------
    dict
        ``"REQUIREMENT of PART"`` -> lives.

    """
    shared, own = draws
    names = {f"{datum.material}:{datum.key}" for datum in cloth.every_property()}
    names.add(f"{cloth.name}:strain_life")
    outlook = SharedOutlook(horizon_years, own.count, own.seed, shared, own, frozenset(names))
    drawn: dict[str, dict[str, NDArray[np.float64]]] = {}
    for finding in endurance.findings(outlook):
        years = np.full(own.count, np.nan) if finding.drawn_years is None else finding.drawn_years
        drawn.setdefault(f"{finding.requirement} of {finding.place.part}", {})[finding.cause] = years
    return {
        name: Lives(np.min(list(causes.values()), axis=0), limiting(causes))  # NaN where one has none
        for name, causes in drawn.items()
    }
