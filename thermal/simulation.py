"""A case from its file to a stream of states."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

import materials
from materials.problems import Problem
from thermal.core.constants import ASTRONOMICAL_UNIT, LUNATION, SUN_RADIUS
from thermal.core.errors import LedgerError
from thermal.heat.loads import sky_terms
from thermal.heat.loads.bodies import BodyInfrared
from thermal.heat.loads.coupled_ground import GroundLight, HeatOnGround, LightOffGround, LightOnGround
from thermal.heat.loads.direct_sunlight import DirectSunlight
from thermal.heat.loads.heat_pulse import HeatPulse
from thermal.heat.loads.lumped_mass import MassInScene
from thermal.heat.loads.on_walls import OnWalls
from thermal.heat.loads.shaded_ground import GroundInShadow
from thermal.heat.loads.sky_cache import SkyNow
from thermal.heat.model.data_range import DataGuard
from thermal.heat.model.heat_model import HeatModel
from thermal.heat.model.stowage import Stowage
from thermal.heat.time.cycle import Cycle
from thermal.heat.time.integrator import Integrator
from thermal.heat.time.parallel_run import end_all_ranks_together
from thermal.heat.time.periodic import Search, find_cycle
from thermal.heat.time.reproducible import ReproducibleIntegrator
from thermal.heat.time.snapshot import Snapshot, put_back, take
from thermal.heat.time.wall_steps import walls_for
from thermal.radiation import GroundShadows, SunPath
from thermal.radiation.view_factors.views import Views
from thermal.scene.build import Scene, build, sink_temperatures
from thermal.scene.ground_coupling import GroundCoupling, couple_ground
from thermal.scene.ground_patches import SAMPLES, lay_patches, see_bodies
from thermal.scene.ground_shadow import GroundScene, shade_ground
from thermal.scene.ground_tiles import TileSteps
from thermal.scene.sun_crossings import sun_crossings
from thermal.scene.surroundings import PartMasks, see
from thermal.scene.tables import table_turns
from thermal.sky import environment

if TYPE_CHECKING:
    from mpi4py import MPI
    from numpy.typing import NDArray

    from materials import Database
    from thermal.case.tables.root import Case
    from thermal.geometry.surface import Surface
    from thermal.heat.model.load import Load
    from thermal.heat.time.state import Observer, State
    from thermal.radiation import GroundPatches, Occluders
    from thermal.scene.surroundings import Patches
    from thermal.sky import Environment

EAST = np.array([1.0, 0.0, 0.0])
PATH_STEP_S = 7200.0
"""Between samples of the Sun's path: 1 deg."""
LEDGER_TOLERANCE = 1e-6
"""Of the absorbed energy: a run whose ledger is open wider has failed."""
LEDGER_K = 1e-4
"""Warming of the whole model that an open ledger must be worth: a minute at night absorbs next to nothing."""


@dataclass(frozen=True)
class Surroundings:
    """What stands and shines around cloth and tubes.

    Parameters
    ----------
    loads
        On cloth and tubes.
    coupling
        Ground that is solved for with the cloth that lies on it, or None.
    on_ground
        Loads on that ground.

    """

    loads: tuple[Load, ...]
    coupling: GroundCoupling | None = None
    on_ground: tuple[Load, ...] = ()


class Simulation:
    """Everything that a case becomes: sky, scene and heat model.

    Parameters
    ----------
    case
        A checked case.
    database
        Materials; the shipped ones, and those the user's environment adds, by default.
    comm
        MPI communicator; the world by default.

    Attributes
    ----------
    watch
        Called after every lunation of the search for the periodic state, or None.
    between_lunations
        Called on every rank between two lunations of that search, where :meth:`snapshot` may be taken, or
        None.
    reproducible
        Whether stages are solved so tightly that any number of ranks gives the same numbers.
    steps_s
        (n,) lengths of the steps that a run has to take, s, or None where it chooses them; asks for
        `reproducible`.

    """

    def __init__(
        self, case: Case, database: Database | None = None, comm: MPI.Intracomm | None = None
    ) -> None:
        self.case = case
        self.database = database if database is not None else materials.load_database()
        self.environment: Environment = environment(_whole_lunation(case))
        self.watch: Callable[[Cycle], None] | None = None
        self.between_lunations: Callable[[], None] | None = None
        self.reproducible = False
        self.steps_s: NDArray[np.float64] | None = None
        self._search: Search | None = None
        self.scene: Scene = build(case, self.database, self.environment)
        around = self.surroundings()
        self.model = self._model(around)
        self._tiles = None if around.coupling is None else around.coupling.tiles
        self.model.temperature = case.run.initial
        if case.deployment is not None:
            sinks = sink_temperatures(case, self.scene.boxes, self.environment)
            self.model.stowage = Stowage(
                "flag",
                case.deployment.stowed,
                case.deployment.conductance_per_area,
                sinks[case.deployment.canister],
            )
        self._comm = comm

    def surroundings(self) -> Surroundings:
        """Return the terms of the sky, past whatever else stands there, and the ground that goes with it."""
        scene, sky = self.scene, self.environment
        point = self.case.sky.model == "idealised"
        shaded = self.case.ground.shadow_patches
        if len(scene.walls) == 1 and not scene.boxes and self.case.flag.drape is None and not shaded:
            alone = Views.unobstructed(scene.walls[0].surface.normals)
            return Surroundings(sky_terms(sky, alone, point_sun=point))
        areas = np.concatenate([wall.surface.area * wall.exposed for wall in scene.walls])
        ground = lay_patches(self.case, scene.rays[0]) if shaded else None
        occluders, views, patches = self.see(areas, ground)
        times = np.append(np.arange(0.0, sky.duration_s, PATH_STEP_S), sky.duration_s)
        path = SunPath(times, np.stack([sky.at(float(t)).sun_direction for t in times]))
        radius = SUN_RADIUS / (sky.at(0.0).sun_distance_au * ASTRONOMICAL_UNIT)
        mask = PartMasks(occluders, scene.rays, path, radius)
        if ground is None:
            return Surroundings(sky_terms(sky, views, mask, patches, scene.boxes, point_sun=point))
        seen = see_bodies(occluders, ground, scene.boxes)
        below = GroundScene(scene, ground, seen, occluders, views, patches, path, radius)
        coupling, besides = couple_ground(self.case, sky, below, wall_vertices(scene) + mass_vertices(scene))
        shade = shade_ground(self.case, sky, replace(below, views=besides))
        for box, factors in zip(scene.boxes, shade.boxes, strict=True):
            box.lack.take(shade, factors)
        loads = (*sky_terms(sky, besides, mask, patches, scene.boxes, point_sun=point), GroundInShadow(shade))
        if coupling is None:
            return Surroundings(loads)
        return Surroundings(*self._on_ground(loads, coupling, below, besides))

    def see(
        self, areas: NDArray[np.float64], ground: GroundPatches | None
    ) -> tuple[Occluders, Views, Patches]:
        """Cast the view factors of the scene; see :func:`thermal.scene.surroundings.see`."""
        return see(self.scene.rays, self.scene.boxes, areas, ground)

    def _model(self, around: Surroundings) -> HeatModel:
        """Put walls, bodies that store heat and the ground that goes with them into one model."""
        scene, ground = self.scene, around.coupling
        loads = self._loads(around)
        parts = (*scene.walls, *scene.masses)
        if ground is None:
            return HeatModel(parts, scene.joints, loads)
        part = ground.ground.part
        start = {part.name: ground.ground.at_depth(ground.start)}
        joints = (*scene.joints, *ground.contact)
        return HeatModel((*parts, part), joints, loads, ground.exchange, start)

    def _loads(self, around: Surroundings) -> tuple[Load, ...]:
        """Gather loads of sky and pulses, and last those of bodies that store heat, which take from them."""
        loads = (*around.loads, *self._pulses())
        if not self.scene.masses and around.coupling is None:
            return loads
        now, first = SkyNow(self.environment), wall_vertices(self.scene)
        own = []
        for mass in self.scene.masses:
            among = next(load for load in loads if isinstance(load, BodyInfrared))
            box = next(box for box in self.scene.boxes if box.name == mass.name)
            count = len(mass.surface.points)
            own.append(MassInScene(now, box, first, count, among.patches, among.sent))
            first += count
        return (*(OnWalls(load, wall_vertices(self.scene)) for load in loads), *own, *around.on_ground)

    def _on_ground(
        self, loads: tuple[Load, ...], coupling: GroundCoupling, below: GroundScene, views: Views
    ) -> tuple[tuple[Load, ...], GroundCoupling, tuple[Load, ...]]:
        """Add the loads of ground that is part of the model: on walls, and on the ground itself."""
        sky, now = self.environment, SkyNow(self.environment)
        sun = next(load for load in loads if isinstance(load, DirectSunlight))
        sent = next(load for load in loads if isinstance(load, BodyInfrared)).sent
        shadows = GroundShadows(
            below.occluders, below.patches, below.path, below.radius, side=SAMPLES, chosen=coupling.chosen
        )
        light = GroundLight(now, coupling, views, sun, shadows, sent, sky.normal_albedo)
        walls, masses = wall_vertices(self.scene), mass_vertices(self.scene)
        before, flow = walls + masses, self.case.sky.heat_flow
        on_ground = (
            LightOnGround(light, coupling, before, walls),
            HeatOnGround(now, sent, coupling, before, sky.emissivity, flow),
        )
        return (*loads, LightOffGround(light, coupling)), coupling, on_ground

    def _pulses(self) -> tuple[HeatPulse, ...]:
        return tuple(
            HeatPulse(e.name, e.start, e.end, e.decay, e.peak_flux, e.source, e.reference_distance)
            for e in self.case.event
        )

    def run(self, observers: Sequence[Observer] = (), resume: Snapshot | None = None) -> Iterator[State]:
        """Yield the state at the start, at every output and at the end; whole on every rank.

        A periodic run first looks for the temperatures that come back after a lunation; nothing is yielded
        or observed until it starts from them.

        Parameters
        ----------
        observers
            Called after every accepted step; one sees cloth and tubes, or all vertices where it has a true
            attribute `sees_masses`.
        resume
            A snapshot of the same case, from which the run goes on; what was yielded before is not again.

        Raises
        ------
        ConvergenceError
            Where the solver finds no step, or no periodic state.
        MaterialError
            Where a wall leaves the temperatures of its data, unless the case asks to hold the last values.
        LedgerError
            After the last state, where the energy ledger is open.

        """
        case = self.case
        integrator = self._integrator = self._begin()
        count = int(case.run.duration / case.output.every)
        outputs = [k * case.output.every for k in range(1, count + 1)]
        events = [event.time_s for event in self.environment.events()]
        events += table_turns(case, self.environment)
        flag = self.scene.walls[0].surface.normals
        events += sun_crossings(self.environment, np.stack([EAST, flag.mean(axis=0)]))
        cycle = None
        if resume is not None:
            put_back(integrator, resume)
        if case.run.mode == "periodic" and (resume is None or resume.search is not None):
            first = [time_s for time_s in events if time_s < LUNATION]
            cycle = find_cycle(
                integrator,
                LUNATION,
                case.solver.tolerance,
                first,
                watch=self.watch,
                keep=self._keep,
                search=None if resume is None else resume.search,
            )
            self._search = None
        if isinstance(integrator, ReproducibleIntegrator) and self.steps_s is not None:
            integrator.follow(self.steps_s)
        if case.solver.outside_data == "error":
            observers = (DataGuard(self.scene.walls), *observers)
        state = None
        if len(self.model.parts) > len(self.scene.walls):
            observers = walls_for(observers, wall_vertices(self.scene), self._with_tiles)
        for state in integrator.run(case.run.duration, outputs, events, observers):
            shown = state if self._tiles is None else self._tiles.state(state)
            yield replace(shown, cycle=cycle)
        if state is None or state.ledger.residual_fraction <= LEDGER_TOLERANCE:
            return
        if abs(state.ledger.residual_j) > LEDGER_K * integrator.heat_capacity():
            raise LedgerError(
                Problem(
                    "ledger-open",
                    str(case.path),
                    f"the energy ledger is open by {state.ledger.residual_fraction:.1e} of the energy",
                    "tighten solver.tolerance",
                )
            )

    @property
    def shown_parts(self) -> dict[str, Surface]:
        """Surface of all that states have temperatures of, by name."""
        tiles = {} if self._tiles is None else {self._tiles.surface.name: self._tiles.surface}
        return self.scene.all_parts | tiles

    def _with_tiles(self, observer: Observer) -> Observer:
        """Let an observer see tiles where the model has columns of ground."""
        before = wall_vertices(self.scene) + mass_vertices(self.scene)
        return observer if self._tiles is None else TileSteps(observer, self._tiles, before)

    def snapshot(self) -> Snapshot:
        """Take what it takes to go on from the last accepted step of :meth:`run`, on all ranks together."""
        return replace(take(self._integrator), search=self._search)

    def _begin(self) -> Integrator:
        """Discretise the model and start."""
        kind = ReproducibleIntegrator if self.reproducible else Integrator
        integrator = kind(self.model, 0.0, self.case.solver.tolerance, self._comm)
        end_all_ranks_together(integrator.comm)
        return integrator

    def _keep(self, search: Search) -> None:
        """Hold what the search for the periodic state has found up to a lunation."""
        self._search = search
        if self.between_lunations is not None:
            self.between_lunations()


def wall_vertices(scene: Scene) -> int:
    """Count the vertices of cloth and tubes, which stand first in the model."""
    return sum(len(wall.surface.points) for wall in scene.walls)


def mass_vertices(scene: Scene) -> int:
    """Count the vertices of bodies of one temperature, which stand behind cloth and tubes."""
    return sum(len(mass.surface.points) for mass in scene.masses)


def _whole_lunation(case: Case) -> Case:
    """Give a periodic case as long as a lunation, which its sky has to cover however short the run is."""
    if case.run.mode != "periodic" or case.run.duration >= LUNATION:
        return case
    return case.model_copy(update={"run": case.run.model_copy(update={"duration": LUNATION})})


def simulate(
    case: Case, observers: Sequence[Observer] = (), *, database: Database | None = None
) -> Iterator[State]:
    """Run a case; see :class:`Simulation`."""
    return Simulation(case, database).run(observers)
