"""Fatigue, heat and light against the closed values of the physics page."""

from __future__ import annotations

import math

import numpy as np
import pytest

from materials import load_database
from materials.laws.ageing import AbsorptanceDrift, DesignCurve
from thermal.core.constants import LUNATION, SOLAR_CONSTANT
from thermal.endurance.damage.arrhenius import GAS_CONSTANT, EquivalentTime, rate_factor
from thermal.endurance.damage.damage_table import NO_MEAN
from thermal.endurance.damage.dust import DustCover
from thermal.endurance.damage.fatigue import Basquin, HeldWall, StrainLife, TemperatureCoffinManson, miner
from thermal.endurance.damage.particles import SolarWind
from thermal.endurance.damage.strength import dose_to_strength
from thermal.endurance.observe.rainflow import Rainflow
from thermal.endurance.observe.sun_dose import SunDose


def test_coffin_manson_life():
    law = StrainLife(ductility=0.3, ductility_exponent=-0.6)
    assert float(law.cycles(0.01)) == pytest.approx(459.786, abs=5e-4)


def test_strain_life_inverts_its_own_curve():
    law = StrainLife(0.841, -0.688, strength_pa=2030e6, strength_exponent=-0.104, modulus_pa=114e9)
    lives = np.logspace(0, 9, 40)
    assert law.cycles(law.strain_range(lives)) == pytest.approx(lives, rel=1e-9)


def test_an_eclipse_does_half_the_damage_of_a_day():
    law = TemperatureCoffinManson(1e4, 255.0, 2.0)
    assert float(law.cycles(255.0) / law.cycles(180.0)) == pytest.approx(0.50, abs=0.002)


@pytest.mark.parametrize("mean", ["goodman", "morrow"])
def test_mean_stress_shortens_life_by_the_effective_amplitude(mean):
    law = Basquin(1000e6, -0.1, mean=mean, ultimate_pa=500e6)
    reference = 500e6 if mean == "goodman" else 1000e6
    plain = Basquin(1000e6, -0.1)
    effective = 200e6 / (1.0 - 100e6 / reference)
    assert law.cycles(200e6, 100e6) == pytest.approx(float(plain.cycles(effective)))
    assert plain.table().mode == NO_MEAN


def test_streamed_miner_sum_of_a_steady_day_is_cycles_over_life():
    law = TemperatureCoffinManson(1e4, 250.0, 2.0)
    counter = Rainflow(1, law.table())
    for day in range(20):
        counter.observe([330.0])
        counter.observe([80.0 + 0.0 * day])
    counter.observe([330.0])
    assert counter.count().damage[0] == pytest.approx(miner([20], [1e4]), rel=1e-9)


def test_a_held_wall_follows_the_design_curve_and_its_limit():
    law = HeldWall(DesignCurve((), 14479e6, 96.5e6), scale=70.4e9)
    amplitude = 70.4e9 * 6.1e-3 / 2.0
    assert float(law.cycles(6.1e-3)) == pytest.approx((14479e6 / (amplitude - 96.5e6)) ** 2)
    assert math.isinf(float(law.cycles(2.26e-3)))


def test_arrhenius_factor():
    assert float(rate_factor(330.0, 100e3, 300.0)) == pytest.approx(38.26811, abs=5e-6)


def test_arrhenius_time_of_a_wave():
    period, steps = LUNATION, 1600
    ageing = EquivalentTime(1, 100e3, 330.0)
    for time in np.linspace(0.0, period, steps + 1):
        temperature = 250.0 + 80.0 * math.sin(2.0 * math.pi * time / period)
        ageing.observe(0.0 if time == 0.0 else period / steps, [temperature])
    factor = ageing.equivalent_s[0] / period
    assert factor == pytest.approx(0.13341570, rel=1e-4)
    constant = 1.0 / (1.0 / 330.0 - GAS_CONSTANT / 100e3 * math.log(factor))
    assert constant == pytest.approx(312.71694, abs=2e-3)


@pytest.mark.parametrize(
    ("latitude_deg", "horizontal", "equator_face"),
    [(0.674, 225.6, 2.6), (26.13, 202.5, 99.4), (43.06, 164.8, 154.0)],
)
def test_sun_hours_of_a_lunation(latitude_deg, horizontal, equator_face):
    latitude = math.radians(latitude_deg)
    up = np.array([math.cos(latitude), 0.0, math.sin(latitude)])  # local meridian in the x-z plane
    north = np.array([-math.sin(latitude), 0.0, math.cos(latitude)])
    normals = np.array([up, -north, [0.0, 1.0, 0.0]])
    dose = SunDose(3)
    steps = 2000
    for step in range(steps + 1):
        hour = 2.0 * math.pi * step / steps
        sun = np.array([math.cos(hour), -math.sin(hour), 0.0])  # declination 0, mornings in the east (+y)
        light = SOLAR_CONSTANT * normals @ sun if sun @ up > 0.0 else np.zeros(3)
        dose.observe(0.0 if step == 0 else LUNATION / steps, np.maximum(light, 0.0), np.maximum(-light, 0.0))
    assert dose.front_esh[0] == pytest.approx(225.60 * math.cos(latitude), rel=1e-3)
    assert dose.front_esh[0] == pytest.approx(horizontal, rel=5e-3)
    assert dose.front_esh[1] == pytest.approx(225.60 * math.sin(latitude), rel=1e-3)
    assert dose.front_esh[1] == pytest.approx(equator_face, rel=2.5e-2)
    assert dose.front_esh[2] == pytest.approx(112.80, rel=5e-3)
    assert dose.back_esh[2] == pytest.approx(112.80, rel=5e-3)


def test_dose_to_half_strength_and_a_shaded_core():
    assert float(dose_to_strength(0.5, 300.0, 1.0)) == pytest.approx(300.0)
    assert float(dose_to_strength(0.25, 300.0, 1.0)) == pytest.approx(600.0)
    assert math.isinf(float(dose_to_strength(0.5, 450.0, 0.4)))
    assert math.isinf(float(dose_to_strength(0.5, math.inf, 1.0)))


def test_absorptance_drifts_to_its_saturation():
    law = AbsorptanceDrift((), 0.1, 1000.0)
    assert float(law.change(0.0)) == 0.0
    assert float(law.change(1000.0)) == pytest.approx(0.1 * (1.0 - math.exp(-1.0)))
    assert float(law.change(1e9)) == pytest.approx(0.1)


def test_dust_raises_absorptance_by_its_cover():
    dust = DustCover(at_start=0.3)
    assert float(dust.blended(0.3, 0.0)) == pytest.approx(0.3 + 0.3 * 0.6)
    bound = DustCover(mass_rate=1e-3)
    assert 0.0 < float(bound.cover(LUNATION)) < 0.01


def test_far_side_gets_more_protons():
    near, far = SolarWind.at_longitude(0.0), SolarWind.at_longitude(math.pi)
    assert far.fluence(1400.0) == pytest.approx(2e12 * 1400.0 * 3600.0)
    assert near.fluence(1400.0) / far.fluence(1400.0) == pytest.approx(1.0 - 4.5 / 14.765, rel=1e-3)


def test_dye_bleaches_towards_the_undyed_cloth_and_no_farther():
    seen = 0
    for material in load_database().values():
        undyed = [one for one in material.surface_states.values() if one.ageing == "undyed"]
        for surface in material.surface_states.values():
            law = material.ageing("absorptance", surface.name)
            if surface.ageing != "dyed" or law is None:
                continue
            new, goal = (float(one.solar_absorptance.level) for one in (surface, undyed[0]))
            aged = new + float(law.change(1e9))
            assert min(new, goal) - 1e-12 <= aged <= max(new, goal) + 1e-12
            assert aged != new or goal == new
            seen += 1
    assert seen > 30
