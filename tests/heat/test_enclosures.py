"""Radiative exchange within groups, against the sum over all pairs."""

import numpy as np
import pytest

from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.heat.network.enclosures import Enclosures, bring_by_means, exchange_in_groups
from thermal.heat.network.links import Links

RINGS, AROUND = 5, 8
COUNT = 50
"""Vertices: a few of a cloth, then the rings of a tube, then others."""
FIRST = 4


def _exchange(broken=None):
    """Symmetric exchange within rings, and three pairs that lead to other parts."""
    random = np.random.default_rng(7)
    whole = np.zeros((COUNT, COUNT))
    for ring in range(RINGS):
        here = slice(FIRST + ring * AROUND, FIRST + (ring + 1) * AROUND)
        values = random.uniform(1e-4, 1e-3, (AROUND, AROUND))
        whole[here, here] = np.triu(values, 1) + np.triu(values, 1).T
    last = FIRST + RINGS * AROUND
    for a, b in ((last - 1, last), (FIRST, last + 2), (FIRST - 1, FIRST)):
        whole[a, b] = whole[b, a] = 5e-4
    if broken is not None:
        whole[broken] = 0.0
    row, column = np.nonzero(whole)
    return whole, Links.of(row, column, whole[row, column])


def _parts():
    part = np.zeros(COUNT, np.int32)
    part[FIRST:] = 1
    part[FIRST + RINGS * AROUND :] = 2
    return part


def test_rings_are_found_and_what_leads_elsewhere_is_not():
    _, links = _exchange()
    found = Enclosures(links, _parts())
    assert found.vertex.T.tolist() == np.arange(FIRST, FIRST + RINGS * AROUND).reshape(RINGS, AROUND).tolist()
    assert found.found.sum() == RINGS * AROUND * (AROUND - 1)
    assert len(links.only(~found.found).column) == 6


def test_heat_is_the_sum_over_all_pairs_and_none_is_lost():
    whole, links = _exchange()
    T = np.random.default_rng(3).uniform(80.0, 400.0, COUNT)
    brought = np.zeros(COUNT)
    enclosures = Enclosures(links, _parts())
    exchange_in_groups(T, *enclosures.terms, brought)
    inside = np.zeros_like(whole)
    for group in enclosures.vertex.T:
        inside[np.ix_(group, group)] = whole[np.ix_(group, group)]
    expected = STEFAN_BOLTZMANN * (inside @ T**4 - inside.sum(axis=1) * T**4)
    assert brought == pytest.approx(expected, rel=1e-12, abs=1e-12)
    assert abs(brought.sum()) < 1e-13 * np.abs(brought).sum()


def test_a_ring_with_a_pair_missing_or_one_sided_stays_a_list():
    """Elsewhere than at the ends of a ring, where a shorter group would be left."""
    for pair in ((FIRST + 2, FIRST + 5), (slice(FIRST + 3, FIRST + 4), FIRST + 6)):
        _, links = _exchange(broken=pair)
        assert Enclosures(links, _parts()).vertex.shape == (AROUND, RINGS - 1)


def test_groups_of_two_sizes_stand_side_by_side():
    whole = _exchange()[0]
    T = np.linspace(100.0, 300.0, COUNT)
    small = np.zeros_like(whole)
    small[45:50, 45:50] = 1e-3 * (1.0 - np.eye(5))
    row, column = np.nonzero(whole + small)
    both = Enclosures(Links.of(row, column, (whole + small)[row, column]), _parts())
    assert both.vertex.shape == (AROUND, RINGS + 1)
    brought = np.zeros(COUNT)
    exchange_in_groups(T, *both.terms, brought)
    expected = STEFAN_BOLTZMANN * (small @ T**4 - small.sum(axis=1) * T**4)
    assert brought[45:] == pytest.approx(expected[45:], rel=1e-12)


def test_rings_alike_but_for_a_factor_share_a_pattern_and_others_do_not():
    pattern = np.random.default_rng(5).uniform(1e-4, 1e-3, (7, 7))
    pattern = np.triu(pattern, 1) + np.triu(pattern, 1).T
    other = pattern.copy()
    other[0, 6] = other[6, 0] = 1.001 * pattern[0, 6]
    whole = np.zeros((28, 28))
    for ring, values in enumerate((0.5 * pattern, pattern, other, 3.0 * pattern)):
        whole[7 * ring : 7 * ring + 7, 7 * ring : 7 * ring + 7] = values
    row, column = np.nonzero(whole)
    enclosures = Enclosures(Links.of(row, column, whole[row, column]), np.zeros(28, np.int32))
    assert np.diff(enclosures.terms[1]).tolist() == [3, 1]
    T = np.linspace(100.0, 300.0, 28)
    brought = np.zeros(28)
    exchange_in_groups(T, *enclosures.terms, brought)
    expected = STEFAN_BOLTZMANN * (whole @ T**4 - whole.sum(axis=1) * T**4)
    assert brought == pytest.approx(expected, rel=1e-12)


def test_the_linear_system_is_symmetric_and_its_rates_are_exact():
    whole, links = _exchange()
    enclosures = Enclosures(links, _parts())
    sums = np.zeros(COUNT)
    enclosures.linearise(np.full(COUNT, 250.0), sums)
    within = np.zeros(COUNT)
    for group in enclosures.vertex.T:
        within[group] = whole[np.ix_(group, group)].sum(axis=1)
    assert sums == pytest.approx(4.0 * STEFAN_BOLTZMANN * 250.0**3 * within, rel=1e-12)
    matrix = np.zeros((COUNT, COUNT))
    for k in range(COUNT):
        bring_by_means(np.eye(COUNT)[k], *enclosures.linearised, matrix[k])
    assert matrix == pytest.approx(matrix.T, abs=1e-18)
    assert matrix.sum(axis=1) == pytest.approx(0.0, abs=1e-15)
    assert np.linalg.eigvalsh(matrix).max() < 1e-15


@pytest.mark.parametrize("share", [0.0, 0.02])
def test_a_group_in_two_halves_or_without_exchange_stays_a_list(share):
    """Its mean would not stand for what its vertices see."""
    half = np.arange(AROUND) < AROUND // 2
    values = np.where(half[:, None] == half, 1.0 if share else 0.0, share) * 1e-3
    np.fill_diagonal(values, 0.0)
    row, column = np.nonzero(~np.eye(AROUND, dtype=bool))
    links = Links.of(row, column, values[row, column])
    assert Enclosures(links, np.zeros(AROUND, np.int32)).vertex.size == 0
