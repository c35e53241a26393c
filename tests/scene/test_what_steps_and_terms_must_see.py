"""Faults that a closed ledger hides: Suns below the horizon, turns of tables, rolled cloth, covered tubes."""

import numpy as np
import pytest
from mpi4py import MPI

from thermal.case import load_case
from thermal.core.constants import DAY
from thermal.heat.loads.bodies import BodyInfrared, BodyLight
from thermal.heat.solver.balance import HeatBalance
from thermal.scene.telescope import Cylinder, find_overlaps
from thermal.simulation import Simulation

HOUR = 3600.0
MESH = {"mesh.size": "200 mm", "mesh.edge_size": "50 mm", "mesh.around": "12"}


class Seen:
    """Observer that keeps what it was shown."""

    def __init__(self):
        self.steps = []

    def observe(self, step):
        self.steps.append(step)


def test_on_a_slope_the_sun_shines_on_flag_and_arm_before_it_passes_the_flat_horizon(coarse):
    slope = MESH | {"site.ground_slope": "8 deg", "site.ground_aspect": "90 deg"}
    simulation = Simulation(coarse("change6-flag", overrides=slope | {"run.duration": "30 day"}))
    sky, sun = (
        simulation.environment,
        next(load for load in simulation.model.loads if load.name == "sunlight"),
    )
    rise = next(event.time_s for event in sky.events() if "sunrise" in event.name)
    now = sky.at(rise + 5.0 * HOUR)
    assert now.irradiance > 1000.0
    assert now.sun_direction[2] < -0.05
    share, _ = sun._mask(rise + 5.0 * HOUR, now.sun_direction)
    assert share[: len(simulation.scene.walls[0].surface.points)].mean() > 0.9


@pytest.mark.parametrize("minutes", [20, 120])
def test_no_step_passes_over_an_excursion_of_a_table(written, minutes):
    begin = 15.0 * DAY + 3.3 * HOUR
    rows = [(0, 200), (begin, 200), (begin + 60, 400), (begin + 60 * minutes, 400)]
    rows += [(begin + 60 * minutes + 60, 200), (30 * DAY, 200)]
    table = ('[sink.lander]\ntemperature = "290 K"', '[sink.lander]\ntable = "sink.csv"')
    file = written("change6-flag", table)
    (file.parent / "sink.csv").write_text("time_s,temperature_k\n" + "".join(f"{t},{k}\n" for t, k in rows))
    case = load_case(file, MESH | {"run.duration": "16 day", "output.every": "1 day"})
    seen = Seen()
    list(Simulation(case).run([seen]))
    hottest = max(float(s.temperature[s.slices["arm1"]].max()) for s in seen.steps if s.time_s >= begin)
    assert hottest > 300.0


def test_rolled_cloth_takes_no_dose(written):
    stowed = (
        '[deployment]\nstowed = [["0 h", "6 h"]]\ncanister = "lander"\nconductance_per_area = "1 W/m^2/K"\n'
    )
    case = load_case(written("change5-reference", add=stowed), MESH | {"run.duration": "6 h"})
    seen = Seen()
    list(Simulation(case).run([seen]))
    for step in seen.steps[:-1]:
        where = step.slices["flag"]
        assert not step.sunlight_front[where].any()
        assert not step.sunlight_back[where].any()
        assert step.sunlight_front[step.slices["arm1"]].any()


@pytest.mark.parametrize("stowed", ["0 h", "6 h"])
def test_a_run_that_goes_on_sees_cloth_as_it_hangs_then(written, stowed):
    """A run begins with the state of its start; what lies between it and the snapshot may have unrolled."""
    rolled = (
        f'[deployment]\nstowed = [["{stowed}", "{stowed[0]}.5 h"]]\ncanister = "lander"\n'
        'conductance_per_area = "1 W/m^2/K"\n'
    )
    case = load_case(
        written("change5-reference", add=rolled), MESH | {"run.duration": "8 h", "output.every": "1 h"}
    )
    seen, again = Seen(), Seen()
    simulation = Simulation(case)
    for state in simulation.run([seen]):
        if state.time_s == (3.0 if stowed[0] == "0" else 6.0) * HOUR:
            snapshot = simulation.snapshot()
    list(Simulation(case).run([again], resume=snapshot))
    before = len(seen.steps) - len(again.steps)
    for one, other in zip(seen.steps[before:], again.steps, strict=True):
        assert one.time_s == other.time_s
        assert np.array_equal(one.sunlight_front, other.sunlight_front)
        assert np.array_equal(one.temperature, other.temperature)


def test_patches_of_a_telescope_have_the_optics_of_what_is_not_covered(coarse):
    simulation = Simulation(coarse("change5-reference"))
    optics = {wall.name: wall.front for wall in simulation.scene.walls}
    bound = HeatBalance(simulation.model, MPI.COMM_SELF).outside.loads
    terms = {load.name: load for load in simulation.model.loads}
    assert isinstance(terms["infrared of bodies"], BodyInfrared)
    assert isinstance(terms["light of bodies"], BodyLight)
    loads = dict(bound)
    for k, name in enumerate(terms["infrared of bodies"].patches.names):
        part = name.partition("#")[0]
        if not part.startswith("arm"):
            continue
        assert loads["infrared of bodies"]._emissivity[k] == pytest.approx(
            float(np.mean(optics[part].emissivity))
        )
        taken = float(np.mean(optics[part].absorptance))
        assert loads["light of bodies"]._reflectance[k] == pytest.approx(1.0 - taken)


def tube(name, radius, start, end):
    ends = (np.array([0.0, y, 2.0]) for y in (start, end))
    return Cylinder(name, *ends, radius, inside_emissivity=0.5, outside_emissivity=0.5)


def test_a_tube_between_two_others_hides_them_from_one_another():
    tubes = [tube("a", 0.03, 0.0, 1.0), tube("b", 0.02, 0.2, 0.7), tube("c", 0.01, 0.1, 1.2)]
    found = {(one.outer.name, one.inner.name, *np.round(one.on_outer, 9)) for one in find_overlaps(tubes)}
    assert found == {
        ("a", "b", 0.2, 0.7),
        ("b", "c", 0.0, 0.5),
        ("a", "c", 0.1, 0.2),
        ("a", "c", 0.7, 1.0),
    }


def test_a_staff_stands_on_the_ground_with_its_lower_end(coarse):
    case = coarse("apollo-12", overrides=MESH)
    upright = next(
        k
        for k, one in enumerate(case.tube)
        if any("ground" in j.between and one.name in j.between for j in case.joint)
    )
    entry = case.tube[upright]
    turned = entry.model_copy(update={"start": entry.end, "end": entry.start})
    upside = case.model_copy(update={"tube": (*case.tube[:upright], turned, *case.tube[upright + 1 :])})
    for one in (case, upside):
        simulation = Simulation(one)
        sink = next(s for s in simulation.model.sinks if "ground" in s.name)
        points = np.concatenate([wall.surface.points for wall in simulation.scene.walls])
        assert points[sink.vertices][:, 2].max() < min(entry.start[2], entry.end[2]) + 0.05


def test_ground_in_shadow_repeats_with_the_lunation_however_long_a_periodic_run_is(written):
    text = written("change5-lander").read_text()
    begin, end = text.index("[[event]]"), text.index("[mesh]")
    file = written("change5-lander", (text[begin:end], ""), ('mode = "transient"', 'mode = "periodic"'))
    grounds = []
    for lunations in ("1 lunation", "1.5 lunation"):
        loads = Simulation(load_case(file, MESH | {"run.duration": lunations})).model.loads
        grounds.append(next(load.ground for load in loads if load.name == "ground in shadow"))
    one, other = grounds
    assert one.times == pytest.approx(other.times)
    assert one.infrared == pytest.approx(other.infrared, abs=0.01)
