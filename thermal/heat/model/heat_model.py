"""The heat model: parts, couplings and loads, before it is discretised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from thermal.heat.model.checks import check_model, check_temperature
from thermal.heat.model.conductor import Conductors, Sink
from thermal.heat.model.load import AbsorbedFlux, GivenFlux, Load

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.model.face_exchange import FaceExchange
    from thermal.heat.model.part import Part
    from thermal.heat.model.stowage import Stowage


class HeatModel:
    """Thin walls that conduct, absorb, emit and exchange heat.

        C(T) dT/dt = div(t k(T) grad T) + absorbed - emitted + exchanged + joints

    Positive power heats the part.

    Parameters
    ----------
    parts
        Walls; their vertices are counted through in this order.
    joints
        :class:`~thermal.heat.model.conductor.Conductors` between vertices and
        :class:`~thermal.heat.model.conductor.Sink` to bodies of given temperature.
    loads
        What the faces absorb. :attr:`absorbed` adds a user's own function.
    exchange
        Infrared that faces of different parts absorb of each other's emission.
    held
        (n,) K of parts that start there, also where all else starts from equilibrium: what has a long past.

    Attributes
    ----------
    stowage
        When a part is rolled up, or None.
    absorbed
        ``(time_s, x, face) -> W/m2``: absorbed flux, infrared included, or None.
    temperature
        Where a run starts: kelvin for the whole model or for each part (a number or (n,) array), or
        ``"equilibrium"``, the steady state of the first instant.

    Raises
    ------
    CaseError
        Where parts and joints make no model.

    """

    def __init__(
        self,
        parts: Sequence[Part],
        joints: Sequence[Conductors | Sink] = (),
        loads: Sequence[Load] = (),
        exchange: Sequence[FaceExchange] = (),
        held: Mapping[str, NDArray[np.float64]] | None = None,
    ) -> None:
        check_model(parts, joints)
        self.parts = tuple(parts)
        self.exchange = tuple(exchange)
        self.held = dict(held or {})
        self.conductors = tuple(j for j in joints if isinstance(j, Conductors))
        self.sinks = tuple(j for j in joints if isinstance(j, Sink))
        self._loads = tuple(loads)
        self.stowage: Stowage | None = None
        self.absorbed: AbsorbedFlux | None = None
        self.temperature: float | str | Mapping[str, float | NDArray[np.float64]] = "equilibrium"
        counts = np.cumsum([0, *(len(part.surface.points) for part in self.parts)])
        self.slices = {
            part.name: slice(int(a), int(b))
            for part, a, b in zip(self.parts, counts[:-1], counts[1:], strict=True)
        }

    @property
    def emissions(self) -> tuple[str, ...]:
        """What ledger and series call the emission of its parts, each name once."""
        return tuple(dict.fromkeys(part.emission for part in self.parts))

    @property
    def loads(self) -> tuple[Load, ...]:
        """All loads, the user's own included."""
        return self._loads if self.absorbed is None else (*self._loads, GivenFlux(self.absorbed))

    @property
    def jumps(self) -> tuple[float, ...]:
        """Times at which a load jumps, s: steps end there and start anew."""
        times = {t for load in self.loads for t in getattr(load, "jumps", ())}
        return tuple(sorted(times | set(self.stowage.jumps if self.stowage else ())))

    @property
    def shortest_load_s(self) -> float:
        """Shortest time in which a load that jumps changes, s."""
        return min((getattr(load, "decay_s", np.inf) for load in self.loads), default=np.inf)

    def pulsing(self, time_s: float) -> bool:
        """Whether some load is faster than the walls' diffusion just after a time."""
        return any(load.pulsing(time_s) for load in self.loads if hasattr(load, "pulsing"))

    @property
    def size(self) -> int:
        """Number of vertices of all parts."""
        return sum(len(part.surface.points) for part in self.parts)

    def each_vertex(self, attribute: str, face: str | None = None) -> NDArray[np.float64]:
        """Return a property of parts, or of one of their faces, as one value a vertex, (size,)."""
        values = [
            np.broadcast_to(
                getattr(getattr(part, face) if face else part, attribute), len(part.surface.points)
            )
            for part in self.parts
        ]
        return np.concatenate(values, dtype=np.float64)

    def starting_temperature(self) -> NDArray[np.float64] | None:
        """Return (size,) K, or None for equilibrium."""
        given = self.temperature
        check_temperature(given, self.parts)
        if isinstance(given, str):
            return None
        if not isinstance(given, Mapping):
            given = {part.name: np.asarray(given) for part in self.parts} | self.held
        return np.concatenate(
            [np.broadcast_to(given[part.name], len(part.surface.points)) for part in self.parts],
            dtype=np.float64,
        )
