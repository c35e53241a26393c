"""The energy ledger: what went in, what went out, what was kept, and what is missing."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Ledger:
    """Energies since the start of the run, J; positive heats the model.

    The fluxes are counted at the integrator's own stages with its own weights, so ``residual_j`` is what the
    solver left over and nothing else: it is conservation, not accuracy.

    Parameters
    ----------
    absorbed_j
        Sunlight and infrared absorbed by all faces.
    emitted_j
        Emitted by all faces (negative).
    conducted_j
        From sinks.
    stored_j
        Change of enthalpy.
    residual_j
        absorbed + emitted + conducted - stored.

    """

    absorbed_j: float = 0.0
    emitted_j: float = 0.0
    conducted_j: float = 0.0
    stored_j: float = 0.0

    @property
    def residual_j(self) -> float:
        """Energy that is not accounted for, J."""
        return self.absorbed_j + self.emitted_j + self.conducted_j - self.stored_j

    @property
    def residual_fraction(self) -> float:
        """Residual over the larger of absorbed and emitted energy."""
        scale = max(abs(self.absorbed_j), abs(self.emitted_j), abs(self.conducted_j), abs(self.stored_j))
        return abs(self.residual_j) / scale if scale > 0.0 else 0.0

    def to_json(self) -> dict[str, float]:
        """Names and joules, as `show --json` prints them."""
        return asdict(self) | {"residual_j": self.residual_j, "residual_fraction": self.residual_fraction}
