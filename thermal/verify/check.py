"""One figure of a verification case against its target."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """A figure that must meet a target.

    Parameters
    ----------
    quantity
        What was computed.
    value, target
        In ``unit``.
    tolerance
        Largest distance from the target, in ``unit``.
    unit
        Of all three.

    """

    quantity: str
    value: float
    target: float
    tolerance: float
    unit: str

    @property
    def passed(self) -> bool:
        """Whether the figure is within tolerance; a NaN never is."""
        return abs(self.value - self.target) <= self.tolerance

    def to_json(self, name: str) -> dict[str, object]:
        """Keys of a row of ``verify --json``."""
        return {
            "name": name,
            "quantity": self.quantity,
            "value": float(self.value),
            "target": float(self.target),
            "tolerance": float(self.tolerance),
            "unit": self.unit,
            "passed": bool(self.passed),
        }
