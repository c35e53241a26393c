"""The discrete heat balance of this rank: evaluate it, and solve it for one implicit stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from thermal.heat.model.law import LOWEST, LawTable
from thermal.heat.network.build import build_network
from thermal.heat.network.conduction import potentials_of
from thermal.heat.network.couplings import Couplings
from thermal.heat.network.face_links import FaceLinks
from thermal.heat.solver import evaluation, kernels
from thermal.heat.solver.cg import ConjugateGradients
from thermal.heat.solver.evaluation import LENT
from thermal.heat.solver.external_loads import Outside, owned_vertices
from thermal.heat.solver.preconditioner import Preconditioner
from thermal.heat.vectors import largest

if TYPE_CHECKING:
    from mpi4py import MPI
    from numpy.typing import NDArray

    from thermal.heat.model.heat_model import HeatModel

LARGEST_CORRECTION_K = 80.0
MOST_ITERATIONS = 25
PATIENCE = 6
"""Iterations within which a stage's error must halve: one that starts from a flux that ends has no solution.

A steady balance has one, which conduction alone may bring near only slowly."""
LEVEL_K = 1e-7
"""Mean error a stage may leave: it bounds the open part of the ledger, which errors of vertices do not."""
LINEAR_K = 1e-3
"""Mean error up to which what it changes is linear to a fifth of :data:`LEVEL_K`."""
NEAR_K = 8.0
"""A start wrong by up to this times the cube root of the tolerance (K) needs no more than one iteration."""
ALIKE_K = 2.0
"""Change of temperatures up to which a matrix still serves to judge a residual or to solve a stage."""


class HeatBalance:
    """Discretised model with its working arrays.

    Parameters
    ----------
    model
        Parts, couplings and loads.
    comm
        MPI communicator.

    """

    def __init__(self, model: HeatModel, comm: MPI.Intracomm) -> None:
        separate = any(not part.conductance[0].is_multiple_of(part.conductance[1]) for part in model.parts)
        self.model, self.comm = model, comm
        self.network = net = build_network(
            model.parts,
            [c for c in model.conductors if not c.radiative],
            [c for c in model.conductors if c.radiative],
            comm,
            separate_laws=separate,
            faced=model.exchange,
        )
        potentials = 2 if separate else 1
        self.capacity = LawTable.of([part.heat_capacity for part in model.parts])
        self.conductance = LawTable.of([law for p in model.parts for law in p.conductance[:potentials]])
        owned, vertex = net.owned, net.vertex
        part = np.concatenate(
            [np.full(len(p.surface.points), k, np.int32) for k, p in enumerate(model.parts)]
        )
        self.part = part[vertex]
        mine = vertex[:owned]
        self.T, self._ghosts = net.vector()
        self.resistance = model.each_vertex("through_resistance")[mine]
        # Of the whole model, so that all ranks go the same ways.
        self.even_walls = not model.each_vertex("through_resistance").any()
        # Without resistances faces have the mean temperature: they are the same array.
        self.Tf, self.Tb = (self.T[:owned] if self.even_walls else np.zeros(owned) for _ in range(2))
        self.enthalpy, self.radiated, self.steepness = (np.zeros(owned) for _ in range(3))
        vertices = owned_vertices(model, mine, (self.Tf, self.Tb), comm)
        self.outside = Outside(model, vertices)
        self.front_flux, self.back_flux = self.outside.front_flux, self.outside.back_flux
        self.area = vertices.area
        self.storage = self.area * model.each_vertex("vertex_layers")[mine]
        self._store = self.storage, self.capacity.value.ravel(), self.capacity.integral.ravel()
        self._conductance = self.conductance.value.ravel(), self.conductance.integral.ravel()
        self.couplings = Couplings(net, self.part, self.resistance > 0.0)
        self.table, self.sums = self.couplings.table, self.couplings.sums
        self.potential = np.zeros((potentials, len(vertex)))
        self.slope = np.zeros((potentials, len(vertex)))
        self.residual, self.local, self._moved, self._error = (np.zeros(owned) for _ in range(4))
        self._even_conduction = not np.ptp(self.conductance.value, axis=1).any()
        self._faces = (np.zeros(0),) * 2 if self.even_walls else (self.Tf, self.Tb)
        self._linear = self._even_conduction and not len(net.exchange.rows)
        self._facing = FaceLinks(model.exchange, net, self.area) if model.exchange else None
        self.settle_walls()
        self.slope[:] = self.conductance.value[np.arange(potentials)[:, None] + self.part * potentials, 0]
        self.couplings.take_for_good(self.T, self.slope)
        self.precondition = Preconditioner(net, self.couplings, model.parts)
        self.solver = ConjugateGradients(net, self.couplings, self.precondition)
        self._rate = self._prepared_rate = np.nan
        self._linked_T = self.T.copy()
        self._measured = False
        """Whether the last residual has been preconditioned, by the preconditioner as it stands."""
        self.newton_iterations = 0

    def set_temperature(self, temperature: NDArray[np.float64]) -> None:
        """Set the owned temperatures, K, and forget the face temperatures."""
        self.T[: self.network.owned] = temperature
        self.Tf[:] = self.Tb[:] = temperature
        self.take_face_offsets()
        kernels.enthalpy_of(self.T, self.table, *self._store[1:], self.enthalpy)

    def take_face_offsets(self) -> None:
        """Tell faces that exchange how far they are from the mean temperatures: whenever both were set."""
        if self._facing is not None:
            self._facing.take_offsets(self.T, self.Tf, self.Tb)

    def settle_walls(self) -> None:
        """Take the profile through every wall as settled."""
        nothing = np.zeros(self.network.owned)
        self.set_walls(np.divide(self.resistance, 3.0), np.divide(self.resistance, -6.0), nothing, nothing)

    def set_walls(
        self,
        same: NDArray[np.float64],
        cross: NDArray[np.float64],
        past_front: NDArray[np.float64],
        past_back: NDArray[np.float64],
    ) -> None:
        """Set how faces follow net fluxes, (owned,) each; see :mod:`thermal.heat.time.wall_profile`."""
        self._wall = (same, -cross, past_front, past_back)

    def net_fluxes(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Net flux into front and back face at the present state, (owned,) W/m2."""
        out = self.outside
        return (
            out.front_flux - out.front_emission * self.Tf**4,
            out.back_flux - out.back_emission * self.Tb**4,
        )

    def capacities(self) -> NDArray[np.float64]:
        """Areal heat capacity at the present temperatures, (owned,) J/m2/K."""
        owned = self.network.owned
        plain = self.capacity.value_at(self.part[:owned], self.T[:owned])
        areal: NDArray[np.float64] = plain * self.storage / self.area
        return areal

    def shift(self, direction: NDArray[np.float64], factor: float) -> None:
        """Move owned mean and face temperatures along (owned,) K times a factor, to start iterating from."""
        for temperature in (self.T,) if self.even_walls else (self.T, self.Tf, self.Tb):
            kernels.shift(temperature, direction, factor)

    def set_time(self, time_s: float) -> None:
        """Evaluate loads and sinks at a time."""
        self.outside.set_time(time_s)

    def evaluate(self, history: NDArray[np.float64], rate: float) -> float:
        """Residual of ``rate (history - h) + fluxes`` at the present temperature; a bound of its error in K.

        Parameters
        ----------
        history
            (owned,) J/m2.
        rate
            1/s; 0 for the steady balance. Enthalpy is per area of plain wall; ``storage`` weighs it.

        """
        net, out, couplings = self.network, self.outside, self.couplings
        self._measured, self._rate = False, rate
        net.update(self._ghosts)
        if self._even_conduction:
            flow = self.T[None], couplings.even, couplings.bring(self.T, None)
        else:
            potentials_of(
                self.T, self.table, couplings.ghost_law, *self._conductance, self.potential, self.slope
            )
            flow = self.potential, couplings.onward, couplings.bring(self.T, self.potential)
        if self._facing is not None:
            out.absorb_from_faces(self._facing, self.T)
        worst, *sums = evaluation.evaluate(
            self.T, self.table, flow, self._store,
            (self.area, out.front_flux, out.back_flux, out.front_emission, out.back_emission, *self._wall),
            (out.gained, out.emission, out.sink), self.sums, history, rate,
            (self.residual, self.local, self.enthalpy, *self._faces, self.radiated, self.steepness),
        )  # fmt: skip
        if self._facing is not None:
            self.take_face_offsets()
            found, away = self._facing.leave_out(
                self.T, self.residual, self.local, self.steepness, LENT * self.sums
            )
            worst, sums[1] = max(worst, found), sums[1] - away
        if net.index is not None:
            everywhere = net.everywhere(worst, *sums)
            worst, sums = float(everywhere[:, 0].max()), everywhere[:, 1:].sum(axis=0).tolist()
        self._rates = sums[1]
        # Nothing but its own state holds a model without radiation or sinks: its level is free.
        self._mean_error = sums[0] / self._rates if self._rates > 0.0 else 0.0
        self._balanced = abs(self._mean_error) < LEVEL_K
        return float(worst)

    def _link_up(self) -> None:
        """Take the conductances of the last evaluation into the linear system."""
        self._linked_T[:] = self.T
        if not self._linear:
            self.couplings.take(self.T, self.slope)

    def _prepare(self) -> None:
        """Prepare the linear solver for the last evaluation."""
        self.precondition.prepare(self.slope, self.local, steady=self._rate == 0.0)
        self._prepared_rate = self._rate

    def _prepared_for(self, rate: float) -> bool:
        """Whether the matrix of the stage before still serves: the same step, and temperatures near by."""
        if self._prepared_rate != rate:
            return False
        return self._worst(kernels.farthest(self.T, self._linked_T)) < ALIKE_K

    def forget(self) -> None:
        """Take the matrix anew at the next stage, whatever it is."""
        self._prepared_rate = np.nan

    def _measure(self) -> float:
        """Error that the residual of the last evaluation means, K."""
        self.precondition.apply(self.residual, self._error)
        self._measured = True
        return self._worst(largest(self._error))

    def solve(self, history: NDArray[np.float64], rate: float, tolerance_k: float) -> bool:
        """Find the temperature whose residual means an error below ``tolerance_k``.

        Starts from the present temperature; the last evaluation is at the answer. Returns False where the
        iteration does not converge.
        """
        error = self.evaluate(history, rate)
        if error < tolerance_k and self._balanced:
            return True
        error = self._approach(history, rate, error, tolerance_k)
        halved, since = error, 0
        for _ in range(MOST_ITERATIONS):
            since += 1
            if error < 0.5 * halved:
                halved, since = error, 0
            if error < tolerance_k:
                if self._balanced:
                    return True
                # Good enough everywhere, but the whole would lose heat: its mean error is known exactly.
                error = self._lift(history, rate, error)
            elif since < PATIENCE:
                error = self._correct(history, rate, error, tolerance_k)
            else:
                return False
        return error < tolerance_k and self._balanced

    def _approach(self, history: NDArray[np.float64], rate: float, error: float, tolerance_k: float) -> float:
        """Prepare the linear solver, after a better start if this is far off; return the error left, K."""
        near = error < NEAR_K * tolerance_k ** (1.0 / 3.0)
        plain = self.precondition.plain
        serves = near and not plain and self._prepared_for(rate)
        if not serves:
            self._link_up()
        if not near:
            self._relax(rate)
            error = self.evaluate(history, rate)
        if plain:
            return error
        if not serves:
            self._prepare()
        return self._measure()

    def _lift(self, history: NDArray[np.float64], rate: float, error: float) -> float:
        """Move all vertices by their mean error; return the error that remains, K."""
        if rate == 0.0 or abs(self._mean_error) > LINEAR_K:
            self.T[: self.network.owned] += self._mean_error
            return self.evaluate(history, rate)
        kernels.lift(
            self.T, self._mean_error, self.storage, self.outside.sink, rate,
            self.residual, self.local, self.radiated, self.steepness, self.enthalpy,
        )  # fmt: skip
        for face in self._faces:
            np.add(face, self._mean_error, out=face)
        error += abs(self._mean_error)
        self._mean_error, self._balanced, self._measured = 0.0, True, False
        return error

    def _correct(self, history: NDArray[np.float64], rate: float, error: float, tolerance_k: float) -> float:
        """One Newton iteration from an evaluation whose error is given; return what remains, K."""
        x, left = self.solver.solve(
            self.residual,
            self.local,
            max(0.3 * tolerance_k, min(1e-3, 1e-2 * error) * min(error, 1.0)),
            begun=self._error if self._measured else None,
        )
        # The mean error of what the solver leaves is known exactly.
        lift = self._total(left) / self._rates if self._rates > 0.0 else 0.0
        kernels.correct(self.T, x, lift, LARGEST_CORRECTION_K, self.steepness, self.local)
        self.newton_iterations += 1
        bound = self.evaluate(history, rate)
        if self.precondition.plain or not np.isfinite(bound):
            return bound
        if self._worst(largest(x)) <= ALIKE_K:
            return self._measure()
        self._link_up()
        self._prepare()
        return self._measure()

    def damp(self, heat: NDArray[np.float64], error: NDArray[np.float64]) -> None:
        """Write what the last stage's linear system makes of heat (owned,) W, (owned,) K."""
        if self._prepared_rate != self._rate:
            self._link_up()
            self._prepare()
        self.precondition.apply(heat, error)

    def stage_powers(self) -> dict[str, float]:
        """Power of every term at the present state on this rank, W; positive heats."""
        return self.outside.powers(self.T[: self.network.owned], self.radiated)

    def _relax(self, rate: float) -> None:
        kernels.relax(
            self.T, self.table, self._store, self.outside.sink, self.sums, rate,
            self.residual, self.local, self.radiated, self.steepness, self.enthalpy, self._moved,
        )  # fmt: skip
        self.shift(self._moved, 1.0)
        if not self.even_walls:
            np.maximum(self.Tf, LOWEST, out=self.Tf)
            np.maximum(self.Tb, LOWEST, out=self.Tb)

    def _total(self, value: float) -> float:
        if self.network.index is None:
            return float(value)
        return float(self.network.everywhere(value).sum())

    def _worst(self, value: float) -> float:
        if self.network.index is None:
            return float(value)
        return float(self.network.everywhere(value).max())
