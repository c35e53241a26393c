"""Summary, moments and pictures against the closed solution of the cooling sheet."""

import json

import numpy as np
import pytest
from click.testing import CliRunner
from cooling_run import write_cooling

from thermal.cli.show import command as show
from thermal.core.constants import LUNATION
from thermal.core.errors import CaseError
from thermal.report.figure import check_figure, draw
from thermal.report.maps import front_view
from thermal.report.words import site_words, years_words
from thermal.results import open_result
from thermal.results.reading.moments import Moments
from thermal.results.reading.summary import summarise, time_mean


def at_centre(cooling, time_s):
    flag = cooling.parts["flag"]
    return cooling.temperature(time_s)["flag"][np.isclose(flag.uv[:, 0], 1.0)][0]


@pytest.fixture
def fine(tmp_path, cooling):
    return write_cooling(tmp_path / "fine.h5", cooling, outputs=240)


def test_moments_of_an_equatorial_day(fine):
    with open_result(fine) as result:
        moments = Moments.of(result)
        assert moments.noon == pytest.approx(LUNATION / 4, abs=1800)
        assert moments.sunset == pytest.approx(LUNATION / 2, abs=1.0)
        ((begin, end),) = [night for night in moments.nights() if night[1] - night[0] > 3600]
        assert begin == pytest.approx(LUNATION / 2, abs=1.0)
        assert end == pytest.approx(LUNATION, abs=1801)


def test_probe_values_are_those_of_the_moments(fine, cooling):
    with open_result(fine) as result:
        probe = summarise(result)["probes"]["centre"]
    assert probe["noon_k"] == pytest.approx(at_centre(cooling, LUNATION / 4), abs=0.02)
    assert probe["sunset_k"] == pytest.approx(at_centre(cooling, LUNATION / 2), abs=0.02)
    assert probe["night_minimum_k"] == pytest.approx(at_centre(cooling, LUNATION), rel=1e-9)


def test_extremes_include_what_happens_between_outputs(fine, cooling):
    with open_result(fine) as result:
        flag = summarise(result)["summary"]["flag"]
    assert flag["max_k"] == pytest.approx(340.0)
    assert flag["min_k"] == pytest.approx(cooling.temperature(LUNATION)["flag"].min())


def test_time_mean_is_trapezoidal():
    time = np.array([0.0, 1.0, 3.0])
    assert time_mean(time, 2 * time) == pytest.approx(3.0)
    assert time_mean(np.array([5.0]), np.array([7.0])) == 7.0


def test_show_prints_80_columns_and_json(fine):
    text = CliRunner().invoke(show, [str(fine)], env={"COLUMNS": "80"})
    assert text.exit_code == 0
    assert max(map(len, text.output.splitlines())) <= 80
    for word in ("Temperatures of the parts", "Energy ledger", "Provenance", "centre"):
        assert word in text.output
    data = json.loads(CliRunner().invoke(show, [str(fine), "--json"]).output)
    assert data["schema"] == "lunarflag.show/1"
    assert data["verdict"] == {}


def test_any_verdict_is_printed(tmp_path, cooling):
    path = write_cooling(
        tmp_path / "run.h5", cooling, outputs=2, verdict={"life_years": 3.2, "limits": {"uv": None}}
    )
    text = CliRunner().invoke(show, [str(path)]).output
    assert "life years" in text
    assert "limits: uv" in text
    assert "no data" in text


def test_front_view_keeps_the_true_shape(fine):
    """Seen from the front the cloth spans 2.0 m by 0.9 m and the arm, at its top, reaches 0.08 m higher."""
    with open_result(fine) as result:
        place, facing = front_view(result.mesh)
        flag, arm = result.mesh.vertices("flag"), result.mesh.vertices("arm")
    assert np.allclose(place[flag].max(axis=0), [2.0, 0.9])
    assert np.allclose(place[arm].max(axis=0), [2.0, 0.98])
    assert facing.all()


@pytest.mark.parametrize("ending", ["png", "pdf", "svg"])
def test_figure_is_drawn(tmp_path, cooled, ending):
    path = tmp_path / f"run.{ending}"
    with open_result(cooled) as result:
        draw(result, path)
    assert path.stat().st_size > 10_000


def test_figure_names(tmp_path):
    check_figure(tmp_path / "run.png")
    for name in ("run.jpeg", "none/run.png"):
        with pytest.raises(CaseError):
            check_figure(tmp_path / name)


def test_older_figure_is_kept(tmp_path):
    path = tmp_path / "run.png"
    path.write_bytes(b"dear")
    with pytest.raises(CaseError, match="--force"):
        check_figure(path)
    check_figure(path, force=True)


def test_words():
    assert site_words(43.06, -51.92) == "43.06° N, 51.92° W"
    assert site_words(-41.64, 206.0) == "41.64° S, 154° W"
    assert [years_words(y) for y in (None, 2400.4, 31.2, 2.04, 0.312, 1e-9)] == [
        "never",
        "2,400",
        "31",
        "2.0",
        "0.31",
        "0",
    ]
