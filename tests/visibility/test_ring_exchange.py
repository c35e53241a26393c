"""Radiation inside a tube against the eigenvalues of its kernel."""

import numpy as np
import pytest

from thermal.radiation import ring_exchange, ring_view_factors


@pytest.mark.parametrize("n", [2, 3, 4, 12, 48])
def test_factors_close_and_are_reciprocal(n):
    factors = ring_view_factors(n)
    assert factors.sum(axis=1) == pytest.approx(np.ones(n), abs=1e-13)
    assert np.allclose(factors, factors.T, atol=1e-15, rtol=0.0)
    assert factors.min() > 0.0


def test_two_half_cylinders_see_each_other_as_in_the_catalogue():
    # A half cylinder sees the plane that closes it, and so the other half, with 2/pi.
    assert ring_view_factors(2)[0, 1] == pytest.approx(2.0 / np.pi, rel=1e-14)


def test_black_tube_exchanges_its_view_factors():
    exchange = ring_exchange(16, 1.0)
    expected = ring_view_factors(16)
    np.fill_diagonal(expected, 0.0)
    assert np.allclose(exchange, expected, atol=1e-14, rtol=0.0)


@pytest.mark.parametrize("emissivity", [0.05, 0.3, 0.85, 1.0])
@pytest.mark.parametrize(("harmonic", "eigenvalue"), [(1, -1 / 3), (2, -1 / 15), (3, -1 / 35)])
def test_flux_of_a_harmonic(emissivity, harmonic, eigenvalue):
    n = 96
    exchange = ring_exchange(n, emissivity)
    pattern = np.cos(harmonic * 2.0 * np.pi * np.arange(n) / n)
    flux = exchange @ pattern - exchange.sum(axis=1) * pattern
    exact = -emissivity * (1.0 - eigenvalue) / (1.0 - (1.0 - emissivity) * eigenvalue) * pattern
    assert np.allclose(flux, exact, atol=2e-3 * emissivity, rtol=0.0)


def test_first_harmonic_converges_with_the_square_of_the_arc():
    def error(n):
        exchange = ring_exchange(n, 0.85)
        pattern = np.cos(2.0 * np.pi * np.arange(n) / n)
        return abs((exchange @ pattern - exchange.sum(axis=1))[0] + 4.0 * 0.85 / (4.0 - 0.85))

    assert error(32) / error(64) == pytest.approx(4.0, rel=0.02)


def test_isothermal_tube_exchanges_nothing_and_a_mixed_one_conserves():
    emissivity = np.linspace(0.1, 0.9, 10)
    exchange = ring_exchange(10, emissivity)
    assert np.allclose(exchange, exchange.T, rtol=0.0, atol=1e-15)
    temperature = np.full(10, 300.0)
    assert np.allclose(exchange @ temperature**4, exchange.sum(axis=1) * temperature**4, rtol=1e-14)
    assert np.all(exchange >= 0.0)


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="two arcs"):
        ring_exchange(1, 0.5)
    with pytest.raises(ValueError, match="emissivities"):
        ring_exchange(4, 1.5)
