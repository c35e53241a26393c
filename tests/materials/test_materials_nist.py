"""The published formulas, evaluated here on their own, against the database."""

import math

import numpy as np
import pytest

import materials

DB = materials.load_database()

SPOT = [  # NIST pages evaluated at 77, 100, 200, 300 K: regression table 2.1 of the material data
    ("ptfe_fibre", "thermal_conductivity", "bulk", (0.2324, 0.2434, 0.2671, 0.2728)),
    ("ptfe_fibre", "specific_heat", "", (301.1, 384.6, 738.9, 1032.0)),
    ("kapton_hn", "thermal_conductivity", "in_plane", (0.1255, 0.1419, 0.1749, 0.1919)),
    ("nylon66", "thermal_conductivity", "bulk", (0.2933, 0.3179, 0.3431, 0.3368)),
    ("nylon66", "specific_heat", "", (574.4, 716.7, 1210.0, 1619.0)),
    ("g10cr", "thermal_conductivity", "normal", (0.28, 0.3096, 0.4447, 0.608)),
    ("g10cr", "thermal_conductivity", "warp", (0.3858, 0.4477, 0.6741, 0.8636)),
    ("g10cr", "specific_heat", "", (239.3, 316.9, 664.4, 998.7)),
    ("al6061_t6", "thermal_conductivity", "", (83.53, 97.70, 136.0, 155.3)),
    ("ss304", "thermal_conductivity", "", (7.921, 9.224, 12.63, 15.31)),
    ("ti64", "thermal_conductivity", "", (3.470, 3.804, 5.750, 7.555)),
    ("invar36", "thermal_conductivity", "", (6.189, 7.611, 11.91, 13.84)),
    ("al6061_t6", "delta_L_over_L293", "", (-388.7e-5, -365.4e-5, -202.6e-5, 15.81e-5)),
    ("ss304", "delta_L_over_L293", "", (-279.9e-5, -261.2e-5, -139.1e-5, 10.86e-5)),
    ("nylon66", "delta_L_over_L293", "bulk", (-1256e-5, -1174e-5, -671.9e-5, 64.02e-5)),
]


@pytest.mark.parametrize(("name", "quantity", "direction", "values"), SPOT)
def test_spot_values_of_nist_fits_reproduce_to_a_thousandth(name, quantity, direction, values):
    prop = DB[name].property(quantity, direction)
    assert prop([77.0, 100.0, 200.0, 300.0]) == pytest.approx(values, rel=1e-3)


@pytest.mark.parametrize(
    ("name", "quantity", "source_t", "values"),
    [
        ("al6061_t6", "specific_heat", (77.0, 100.0, 200.0, 300.0), (348.1, 492.2, 835.2, 953.9)),
        ("ss304", "specific_heat", (77.0, 100.0, 200.0, 300.0), (204.5, 275.5, 416.4, 469.4)),
        ("kapton_hn", "specific_heat", (77.0, 100.0, 200.0, 300.0), (338.2, 413.7, 626.8, 754.5)),
    ],
)
def test_fits_that_are_not_preferred_are_kept_whole(name, quantity, source_t, values):
    fits = [
        one.property
        for one in DB[name].alternatives
        if one.property.name == quantity and one.property.source == ("nist-cryo",)
    ]
    assert len(fits) == 1
    assert fits[0](source_t) == pytest.approx(values, rel=1e-3)


def test_al6061_conductivity_follows_the_formula_of_the_page():
    c = (0.07918, 1.0957, -0.07277, 0.08084, 0.02803, -0.09464, 0.04179, -0.00571)
    for t in (60.0, 77.0, 123.4, 299.0):
        x = math.log10(t)
        wanted = 10.0 ** sum(ci * x**i for i, ci in enumerate(c))
        assert float(DB["al6061_t6"].property("thermal_conductivity")(t)) == pytest.approx(wanted, rel=1e-12)


def test_kevlar_conductivity_follows_the_error_function_form():
    a, b, c, d, e, f = -2.4219, 1.986637, 1.257441, 0.961209, -9.6106, 0.777857
    prop = DB["kevlar49"].property("thermal_conductivity", "axial")
    for t, published in ((77.0, 1.435), (100.0, 1.779), (200.0, 2.917)):
        x = math.log10(t)
        blend = math.erf(2.0 * (x - c))
        exponent = (a + b * x) * (1 - blend) / 2 + (d + e * math.exp(-x / f)) * (1 + blend) / 2
        assert float(prop(t)) == pytest.approx(10.0**exponent, rel=1e-12)
        assert float(prop(t)) == pytest.approx(published, rel=1e-3)


@pytest.mark.parametrize(
    ("name", "direction", "contraction"),
    [  # cryogenic textbooks, contraction from 293 to 77 K
        ("al6061_t6", "", 0.0039),
        ("ss304", "", 0.0028),
        ("ti64", "", 0.00163),
        ("becu_c17200", "", 0.00298),
        ("g10cr", "warp", 0.00211),
        ("ptfe_fibre", "bulk", 0.0194),
        ("nylon66", "bulk", 0.0126),
    ],
)
def test_contraction_agrees_with_the_textbooks(name, direction, contraction):
    prop = DB[name].property("delta_L_over_L293", direction)
    assert -float(prop(77.0)) == pytest.approx(contraction, rel=0.02)


def test_expansion_is_constant_below_the_range_of_the_formula():
    for name, below, level in (
        ("invar36", 75.0, -40e-5),
        ("al6061_t6", 12.0, -415.45e-5),
        ("ss304", 20.0, -300.04e-5),
    ):
        prop = DB[name].property("delta_L_over_L293")
        assert float(prop(below)) == pytest.approx(level)
        assert float(prop.derivative(below)) == 0.0


def test_every_regression_pair_holds():
    pairs = 0
    for material in DB.values():
        every = [*material.every_property(), *(one.property for one in material.alternatives)]
        for prop in every:
            for temperature, wanted in prop.regression:
                assert float(prop(temperature)) == pytest.approx(wanted, rel=1e-3), (material.name, prop.key)
                pairs += 1
    assert pairs > 130


def test_curves_are_continuous_across_the_end_of_a_fit():
    for name, quantity, joint in (
        ("al6061_t6", "specific_heat", 200.0),
        ("kapton_hn", "specific_heat", 100.0),
        ("becu_c17200", "thermal_conductivity", 80.0),
    ):
        prop = DB[name].property(quantity)
        below, above = prop([joint - 1e-6, joint + 1e-6])
        assert above == pytest.approx(below, rel=1e-6)


def test_basalt_is_the_polynomial_of_lunar_basalt():
    t = np.array([77.0, 100.0, 200.0, 300.0, 400.0])
    wanted = -3.6125 + 2.7431 * t + 2.3616e-3 * t**2 - 1.2340e-5 * t**3 + 8.9093e-9 * t**4
    assert DB["basalt"].specific_heat(t) == pytest.approx(wanted, rel=2e-3)
