"""Cloth that lies on the ground: both are solved for, against an independent column with grey exchange."""

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from regolith_under_cloth import Cloth, Ground, open_ground, strips, under_cloth

from thermal.case import load_case
from thermal.core.constants import LUNATION, STEFAN_BOLTZMANN
from thermal.core.errors import CaseError
from thermal.heat.time.integrator import Integrator
from thermal.heat.time.snapshot import put_back, take
from thermal.simulation import Simulation
from thermal.sky import environment

SHIPPED = Path(__file__).parents[2] / "cases" / "apollo-11.toml"
HOURS = (24, 150, 350, 600)
PUBLISHED = {24: (310.16, 325.4), 150: (362.70, 384.0), 350: (114.29, 136.8), 600: (95.85, 114.6)}
"""K of cloth and ground: figures of another column with grey exchange, of the red stripe alone."""
MONTH = {"mesh.size": "20 mm", "mesh.around": "8", "run.duration": "600 h", "output.every": "2 h"}
COARSE = MONTH | {"mesh.size": "100 mm", "mesh.edge_size": "20 mm"}
CENTRE = (0.762, 0.457)
GAP_M, STRIPE_M = 0.013, 0.0703
ALBEDO = 0.07
RED = {"alpha": 0.5, "tau": 0.18, "emissivity": 0.8695, "resistance": 0.18e-3 / 0.02}
WHITE = RED | {"alpha": 0.28}
BEFORE = 2 * LUNATION
"""s that open ground is marched before the flag falls on it, from 253 K: midnight then is within 0.05 K."""
STEP_S = 7200.0


def plain(case, **flag):
    """Give a case whose flag is red all over, or has other values."""
    return case.model_copy(update={"flag": case.flag.model_copy(update={"region": ()} | flag)})


def of_centre(simulation, states):
    """Temperatures at the middle of the flag and of the ground below, by hour: mean, front, back, ground."""
    uv = simulation.scene.walls[0].surface.uv
    vertex = int(np.argmin(np.linalg.norm(uv - CENTRE, axis=1)))
    place = simulation.scene.walls[0].surface.points[vertex]
    tiles = simulation.shown_parts["ground"].points.reshape(-1, 4, 3).mean(axis=1)
    below = 4 * int(np.argmin(np.linalg.norm(tiles - place, axis=1)))
    return {
        round(state.time_s / 3600.0): np.array(
            [
                *(kind["flag"][vertex] for kind in (state.temperature, state.front, state.back)),
                state.temperature["ground"][below],
            ]
        )
        for state in states
    }


class Sky:
    """What Sun and Earth send to a site from some time before a case begins."""

    def __init__(self, case, before=BEFORE):
        start = case.sky.start - timedelta(seconds=before)
        self._before = before
        self._sky = environment(
            case.model_copy(
                update={
                    "sky": case.sky.model_copy(update={"start": start}),
                    "run": case.run.model_copy(update={"duration": before + case.run.duration}),
                }
            )
        )

    def __call__(self, time_s):
        now = self._sky.at(time_s + self._before)
        up = max(now.earth_direction[2], 0.0)
        return now.irradiance, now.sun_direction[2], (now.earth_shortwave * up, now.earth_infrared * up)


@pytest.fixture(scope="module")
def before():
    """Column of open ground at the time the flag falls, and what shines on it."""
    case = load_case(SHIPPED, MONTH)
    sky, ground = Sky(case), Ground()
    times = np.arange(-BEFORE, 1.0, STEP_S)
    times[-1] = 0.0
    return ground, open_ground(ground, 253.0 + 4.0 * ground.z, times, sky, ALBEDO), sky


def columns(before, cloths, shares=((1.0,),), hours=600):
    ground, start, sky = before
    times = np.arange(0.0, hours * 3600.0 + 1.0, STEP_S)
    rows = under_cloth(ground, start, times, sky, ALBEDO, cloths, shares)
    return {round(t / 3600.0): row for t, row in zip(times[1:], rows, strict=True)}


@pytest.fixture(scope="module")
def apollo():
    """The shipped case, its striped flag on ground that is solved for with it."""
    simulation = Simulation(load_case(SHIPPED, MONTH))
    return simulation, of_centre(simulation, simulation.run())


@pytest.mark.parametrize("hour", HOURS)
def test_a_red_flag_follows_the_independent_column(before, uniform, hour):
    """Cloth within 0.8 K, its faces too, and the ground within 1 K: grids and steps of both."""
    found, expected = uniform[hour], columns_of_red(before)[hour][0]
    assert np.abs(found[:3] - expected[:3]).max() < 0.8
    assert abs(found[3] - expected[3]) < 1.0


@pytest.fixture(scope="module")
def uniform():
    simulation = Simulation(plain(load_case(SHIPPED, COARSE)))
    return of_centre(simulation, simulation.run())


_RED = {}


def columns_of_red(before):
    if not _RED:
        _RED.update(columns(before, [Cloth(**RED)]))
    return _RED


@pytest.mark.parametrize("hour", HOURS)
def test_the_shipped_flag_is_within_three_kelvin(apollo, hour):
    """The published column is one of red cloth without end, and leaves out what the ground reflects."""
    found = apollo[1][hour]
    cloth, ground = PUBLISHED[hour]
    assert abs(found[0] - cloth) < 3.0
    assert abs(found[3] - ground) < 5.0


def test_stripes_see_the_ground_below_their_neighbours(apollo, before):
    """Two kinds of strips in turn, by crossed strings: the middle of a stripe is a little above its mean."""
    expected = columns(before, [Cloth(**RED), Cloth(**WHITE)], strips(STRIPE_M, GAP_M))
    for hour in HOURS:
        found, target = apollo[1][hour], expected[hour][0]
        assert -0.5 < found[0] - target[0] < 1.5
        assert abs(found[3] - target[3]) < 1.0
    red = columns_of_red(before)
    assert red[24][0][3] - expected[24][0][3] > 4.0


def test_what_passes_the_gap_is_in_the_ledger():
    """What ground absorbs of cloth and light, and does not emit, it keeps; the whole closes too."""
    case = load_case(SHIPPED, COARSE | {"ground.contact_conductance": "0.3 W/m2/K"})
    simulation = Simulation(case)
    integrator = Integrator(simulation.model, 0.0, case.solver.tolerance)
    balance, part = integrator.balance, simulation.model.slices["ground"]
    start = balance.enthalpy[part].copy()
    *_, last = integrator.run(60.0 * 3600.0, (), [], ())
    kept = float(balance.storage[part] @ (balance.enthalpy[part] - start))
    energy = integrator.energies
    radiated = energy["infrared of bodies on the ground"] + energy["emission of the ground"]
    lit = energy["light on the ground"] + energy["surroundings of the ground"]
    walls = sum(
        float(balance.storage[where] @ balance.enthalpy[where])
        for name, where in simulation.model.slices.items()
        if name != "ground"
    )
    begun = Integrator(simulation.model, 0.0, case.solver.tolerance).balance
    walls -= sum(
        float(begun.storage[where] @ begun.enthalpy[where])
        for name, where in simulation.model.slices.items()
        if name != "ground"
    )
    on_walls = sum(
        value
        for name, value in energy.items()
        if name not in {"infrared of bodies on the ground", "emission of the ground", "light on the ground",
                        "surroundings of the ground"}
    )  # fmt: skip
    through_contact = kept - radiated - lit
    assert through_contact != pytest.approx(0.0, abs=1e3)
    assert on_walls - walls == pytest.approx(through_contact, rel=1e-3)
    assert last.ledger.residual_fraction < 1e-6
    assert lit > 1e6


def test_nothing_is_gained_or_lost_in_the_gap():
    """One temperature everywhere: each face absorbs of the other what it emits towards it."""
    simulation = Simulation(load_case(SHIPPED, COARSE))
    integrator = Integrator(simulation.model, 0.0, 0.05)
    integrator.begin(0.0, np.full(simulation.model.size, 250.0))
    powers = integrator.powers
    to_walls, to_ground = powers["infrared of the ground below"], powers["infrared of bodies on the ground"]
    black = STEFAN_BOLTZMANN * 250.0**4
    area = simulation.case.flag.width * simulation.case.flag.height_of_cloth
    plates = 1.0 / (1.0 / RED["emissivity"] + 1.0 / 0.95 - 1.0)
    # Both also absorb what is reflected of their own: a face below cloth absorbs all that it emits.
    assert to_ground == pytest.approx(0.95 * area * black, rel=0.02)
    assert to_walls == pytest.approx(RED["emissivity"] * area * black, rel=0.03)
    apart = [e.area[e.receiver != e.sender].sum() for e in simulation.model.exchange]
    assert len(apart) == 2
    assert apart[0] == pytest.approx(apart[1], rel=1e-12)
    assert apart[0] == pytest.approx(plates * area, rel=0.03)


SUN = """time [h],azimuth [deg],elevation [deg],irradiance [W/m^2]
0,90,89.9,1000
3000,90,89.9,1000
"""


@pytest.mark.parametrize(
    ("surface", "alpha", "emissivity"), [("white_paint", 0.12, 0.9), ("dusted", 0.9, 0.93)]
)
def test_ground_that_takes_no_more_heat_is_adiabatic(tmp_path, surface, alpha, emissivity):
    """Under a Sun that stands still ground warms through: opaque cloth comes to (alpha S/eps sigma)^(1/4).

    After 100 days what ground of an inertia of 50 J/m2/K/s^(1/2) still takes is worth about a kelvin.
    """
    text = SHIPPED.read_text(encoding="utf-8")
    path = tmp_path / "still.toml"
    path.write_text(text.replace("[sky]", '[sky]\nsun_table = "sun.csv"'))
    (tmp_path / "sun.csv").write_text(SUN)
    case = load_case(path, COARSE | {"run.duration": "100 day", "output.every": "50 day"})
    simulation = Simulation(plain(case, surface=surface))
    found = of_centre(simulation, simulation.run())[2400]
    limit = (alpha * 1000.0 / (emissivity * STEFAN_BOLTZMANN)) ** 0.25
    assert found[0] == pytest.approx(limit, abs=1.5)
    assert found[3] == pytest.approx(limit, abs=2.0)


def test_contact_draws_cloth_and_ground_together(before):
    """A firm contact against the column with the same conductance, and against none."""
    short = COARSE | {"run.duration": "30 h", "output.every": "24 h"}
    cloth = {}
    for contact in (0.0, 5.0):
        case = load_case(SHIPPED, short | {"ground.contact_conductance": f"{contact} W/m2/K"})
        simulation = Simulation(plain(case))
        cloth[contact] = of_centre(simulation, simulation.run())[24]
    expected = columns(before, [Cloth(**RED, contact=5.0)], hours=24)[24][0]
    assert abs(cloth[5.0][0] - expected[0]) < 1.0
    assert abs(cloth[5.0][3] - expected[3]) < 1.5
    assert cloth[0.0][3] - cloth[0.0][0] > cloth[5.0][3] - cloth[5.0][0] + 5.0


def test_through_an_eclipse_it_follows_the_column():
    """The eclipse of 1971-02-10 at Tranquillity Base: cloth falls within minutes, ground does not."""
    start = {"sky.start": "1971-02-10T04:00:00Z", "run.duration": "8 h", "output.every": "30 min"}
    case = plain(load_case(SHIPPED, COARSE | start))
    sky, ground = Sky(case), Ground(first=1e-4)
    T = open_ground(ground, 253.0 + 4.0 * ground.z, np.linspace(-BEFORE, 0.0, 721), sky, ALBEDO)
    times = np.arange(0.0, 8.0 * 3600.0 + 1.0, 60.0)
    rows = under_cloth(ground, T, times, sky, ALBEDO, [Cloth(**RED)])[:, 0]
    simulation = Simulation(case)
    assert len(simulation.environment.eclipses) == 1
    states = list(simulation.run())
    found = np.array([of_centre(simulation, [state])[round(state.time_s / 3600.0)] for state in states[1:]])
    expected = rows[29::30]
    assert expected[:, 0].max() - expected[:, 0].min() > 100.0
    # The column's cloth stores nothing: in the penumbra it is ahead by some 20 s.
    assert np.abs(found[:, 0] - expected[:, 0]).max() < 6.0
    assert np.abs(found[7:10, 0] - expected[7:10, 0]).max() < 0.5
    # The ground rises by 92 K in the half hour of the last penumbra: 6 K are two minutes of it.
    assert np.abs(found[:, 3] - expected[:, 3]).max() < 6.0
    assert np.abs(found[7:10, 3] - expected[7:10, 3]).max() < 0.5


def test_a_run_goes_on_bit_for_bit():
    case = load_case(SHIPPED, COARSE)
    outputs = (6.0 * 3600.0, 30.0 * 3600.0)
    simulation = Simulation(case)
    integrator = Integrator(simulation.model, 0.0, 0.05)
    states = integrator.run(40.0 * 3600.0, outputs, [], ())
    next(states), next(states)
    kept = take(integrator)
    middle, end = list(states)
    again = Integrator(simulation.model, 0.0, 0.05)
    put_back(again, kept)
    for one, other in zip((middle, end), again.run(40.0 * 3600.0, outputs, [], ()), strict=True):
        assert one.steps == other.steps
        assert one.ledger == other.ledger
        assert all(np.array_equal(one.temperature[part], other.temperature[part]) for part in one.temperature)


def test_no_part_of_a_standing_flag_is_coupled(coarse):
    assert Simulation(coarse("change5-lander")).surroundings().coupling is None


@pytest.mark.parametrize(
    ("key", "value"),
    [("ground.shadow_patches", "false"), ("flag.position", '["0 m", "0 m", "0.2 m"]')],
)
def test_contact_that_cannot_be_is_refused(key, value):
    with pytest.raises(CaseError, match=r"lies on the ground where|without patches"):
        load_case(SHIPPED, {"ground.contact_conductance": "1 W/m2/K", key: value})
