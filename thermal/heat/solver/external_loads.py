"""What the vertices of this rank exchange with everything outside the model: loads, sinks and a canister."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import numpy as np

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.heat.model.load import Vertices
from thermal.heat.network.sinks import BoundSink
from thermal.heat.solver import kernels
from thermal.heat.vectors import total

if TYPE_CHECKING:
    from mpi4py import MPI
    from numpy.typing import NDArray

    from thermal.heat.model.heat_model import HeatModel
    from thermal.heat.model.load import Sunlight
    from thermal.heat.network.face_links import FaceLinks

HOLD: Final = 1e4
"""W/K: binds a vertex that is held to its temperature."""


class Outside:
    """Absorbed fluxes, emission and sinks of the owned vertices, kept for the time set last.

    Parameters
    ----------
    model
        Its loads, sinks and stowage.
    vertices
        The owned vertices.

    Attributes
    ----------
    loads
        Loads by name, bound to the vertices.
    front_flux, back_flux
        (n,) absorbed W/m2: the same arrays at all times.
    front_emission, back_emission
        (n,) emissivity times the Stefan-Boltzmann constant, W/m2/K4.
    emission
        (n,) that of both faces times the area, W/K4.
    sink, sink_flow
        (n,) conductance to all sinks in W/K, and what they bring to vertices at 0 K in W.
    gained
        (n,) what faces absorb and sinks bring, W.

    """

    def __init__(self, model: HeatModel, vertices: Vertices) -> None:
        count = len(vertices.area)
        self.loads = [(load.name, load.bind(vertices)) for load in model.loads]
        suns = [cast("Sunlight", load) for _, load in self.loads if hasattr(load, "light_at")]
        self._sun = suns[0] if suns else None
        self._dark = np.zeros(count)
        self.front_flux, self.back_flux = np.zeros(count), np.zeros(count)
        self._area, self._reached = vertices.area, vertices.reached
        self._emitters = _emitters(model, vertices.vertex)
        self._faces: FaceLinks | None = None
        self._held: tuple[NDArray[np.int64], NDArray[np.float64]] | None = None
        self._absorbed: dict[str, float] = {}
        self.front_emission = STEFAN_BOLTZMANN * vertices.front_emissivity
        self.back_emission = STEFAN_BOLTZMANN * vertices.back_emissivity
        self._sinks = [BoundSink(sink, vertices.vertex, model.size) for sink in model.sinks]
        self.sink, self.sink_flow, self.gained = (np.zeros(count) for _ in range(3))
        for sink in self._sinks:
            sink.add_conductance(self.sink)
        self._unheld = self.sink
        self._stowage, self._stowed = model.stowage, False
        if model.stowage is not None:
            where = model.slices[model.stowage.part]
            self._rolled = (vertices.vertex >= where.start) & (vertices.vertex < where.stop)
            self._canister = np.where(self._rolled, model.stowage.conductance * self._area, 0.0)
            self._canister_k = 0.0
            self._deployed = self.front_emission, self.back_emission, self.sink
        self._emit()

    @property
    def has_sun(self) -> bool:
        """Whether one of the loads is direct sunlight."""
        return self._sun is not None

    def set_time(self, time_s: float) -> None:
        """Evaluate loads and sinks at a time."""
        self._stow(time_s)
        self.front_flux[:] = self.back_flux[:] = self.sink_flow[:] = 0.0
        for name, load in self.loads:
            self._absorbed[name] = load.add(time_s, self.front_flux, self.back_flux)
        for sink in self._sinks:
            sink.add_flow(time_s, self.sink_flow)
        if self._stowed and self._stowage is not None:
            self.front_flux[self._rolled] = self.back_flux[self._rolled] = 0.0
            self._canister_k = float(self._stowage.temperature(time_s))
            self.sink_flow += self._canister * self._canister_k
        if self._held is not None:
            where, kelvin = self._held
            self.sink_flow[where] += HOLD * kelvin
        kernels.gather_heat(self._area, self.front_flux, self.back_flux, self.sink_flow, self.gained)
        if self._faces is not None:
            self._faces.take_base(self.front_flux, self.back_flux, self.gained)

    def absorb_from_faces(self, faces: FaceLinks, T: NDArray[np.float64]) -> None:
        """Add to fluxes and heat gained what faces absorb of each other at temperatures (local,) K."""
        if self._faces is None:
            self._faces = faces
            faces.take_base(self.front_flux, self.back_flux, self.gained)
        faces.bring(T, self.front_flux, self.back_flux, self.gained)

    def hold(self, where: NDArray[np.int64], kelvin: NDArray[np.float64]) -> None:
        """Tie owned vertices to temperatures, K, from the next time set on; none lets go of all."""
        if self._held is not None:
            self.sink = self._unheld
        self._held = (where, kelvin) if len(where) else None
        if self._held is not None:
            self._unheld, self.sink = self.sink, self.sink.copy()
            self.sink[where] += HOLD

    def light_at(self, time_s: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Direct sunlight that falls on front and back, (n,) W/m2; dark without a Sun."""
        if self._sun is None:
            return self._dark, self._dark
        front, back = self._sun.light_at(time_s)
        if self._stowage is not None and self._stowage.stowed(time_s):
            return np.where(self._rolled, 0.0, front), np.where(self._rolled, 0.0, back)
        return front, back

    def powers(self, T: NDArray[np.float64], radiated: NDArray[np.float64]) -> dict[str, float]:
        """Power of every term into vertices (n,) at ``T`` K that emit ``radiated`` W, W; positive heats."""
        powers = dict(self._absorbed)
        if self._faces is not None:
            powers.update(self._faces.powers)
        for name, where in self._emitters:
            powers[name] = powers.get(name, 0.0) - total(radiated[where])
        for sink in self._sinks:
            powers[sink.term] = sink.power(T)
        if self._stowage is not None:
            flow = self._canister @ (self._canister_k - T) if self._stowed else 0.0
            powers["sink:canister"] = float(flow)
        return powers

    def _stow(self, time_s: float) -> None:
        """Roll up or unroll the part that the schedule names."""
        stowed = self._stowage is not None and self._stowage.stowed(time_s)
        if stowed == self._stowed:
            return
        self._stowed = stowed
        front, back, sink = self._deployed
        self.front_emission = np.where(self._rolled, 0.0, front) if stowed else front
        self.back_emission = np.where(self._rolled, 0.0, back) if stowed else back
        self.sink = sink + self._canister if stowed else sink
        self._reached[:] = np.where(self._rolled, 0.0, self._area) if stowed else self._area
        self._emit()

    def _emit(self) -> None:
        self.emission = self._area * (self.front_emission + self.back_emission)


def _emitters(model: HeatModel, vertex: NDArray[np.int64]) -> list[tuple[str, slice]]:
    """Owned vertices of the parts whose emission has one name, parts that follow each other together."""
    found: list[tuple[str, slice]] = []
    for part in model.parts:
        own = model.slices[part.name]
        first, last = (int(k) for k in np.searchsorted(vertex, [own.start, own.stop]))
        if found and found[-1][0] == part.emission:
            first = found.pop()[1].start
        found.append((part.emission, slice(first, last)))
    return found


def owned_vertices(
    model: HeatModel,
    mine: NDArray[np.int64],
    faces_k: tuple[NDArray[np.float64], NDArray[np.float64]],
    comm: MPI.Intracomm,
) -> Vertices:
    """Gather what loads work on.

    Parameters
    ----------
    model
        Parts.
    mine
        (n,) numbers of the owned vertices, counted through all parts.
    faces_k
        Live temperatures (n,) of front and back face, K.
    comm
        MPI communicator.

    """
    exposed = model.each_vertex("exposed")[mine]
    area = np.concatenate([part.surface.area for part in model.parts])[mine]
    optics = {
        f"{face}_{name}": model.each_vertex(name, face)[mine] * (exposed if face == "front" else 1.0)
        for face in ("front", "back")
        for name in ("absorptance", "emissivity")
    }
    return Vertices(
        points=np.concatenate([part.surface.points for part in model.parts])[mine],
        normals=np.concatenate([part.surface.normals for part in model.parts])[mine],
        transmittance=model.each_vertex("transmittance", "front")[mine],
        area=area,
        reached=area.copy(),
        exposed=exposed,
        front_k=faces_k[0],
        back_k=faces_k[1],
        vertex=mine,
        comm=comm,
        **optics,
    )
