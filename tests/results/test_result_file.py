"""The layout of a result file, and the reader against the writer."""

import errno
import time

import h5py
import numpy as np
import pytest
from cooling_run import Cooling, write_cooling

import thermal.results
from thermal.core.constants import LUNATION
from thermal.core.errors import CaseError
from thermal.results import Field, open_result
from thermal.results.layout.quantities import FIELDS
from thermal.results.reading.opening import read_result


def datasets(path):
    found = {}
    with h5py.File(path, "r") as file:
        file.visititems(
            lambda name, item: (
                found.update({name: dict(item.attrs)}) if isinstance(item, h5py.Dataset) else None
            )
        )
    return found


def test_every_dataset_has_unit_and_name(tmp_path, cooling):
    groups = {"endurance": {"uv_dose": Field(np.ones(3), "hour", "equivalent sun hours")}}
    path = write_cooling(tmp_path / "run.h5", cooling, outputs=3, groups=groups, verdict={"life_years": 3.0})
    for name, attributes in datasets(path).items():
        assert attributes.get("units"), name
        assert attributes.get("long_name"), name


def test_groups_and_attributes(cooled):
    with h5py.File(cooled, "r") as file:
        assert {"VTKHDF", "series", "steps", "inputs", "sky", "mesh"} <= set(file)
        assert file.attrs["filetype"] == "lunarflag-result"
        assert tuple(file.attrs["version"]) == (1, 0)
        assert file.attrs["case_sha256"] == "0" * 64
        assert file.attrs["complete"]
        assert file.attrs["version_h5py"] == h5py.__version__
        assert file.attrs["created"].endswith("Z")
        assert file["inputs/case_as_given"].asstr()[()] == 'title = "A cooling sheet"\n'
        assert file["inputs/materials/ce5_flag"].asstr()[()] == 'name = "ce5_flag"\n'


def test_old_libraries_can_read_it(cooled):
    signature = cooled.read_bytes()[:9]
    assert signature[:8] == b"\x89HDF\r\n\x1a\n"
    assert signature[8] <= 2  # superblock of HDF5 1.10 and older


def test_temperatures_come_back(cooled, cooling):
    with open_result(cooled) as result:
        assert result.parts == ("flag", "arm")
        assert len(result.time) == 25
        exact = cooling.temperature(result.time.values[7])
        assert np.allclose(result.temperature("arm", output=7), exact["arm"], atol=3e-5)
        assert np.allclose(result.temperature("flag", output=7, face="front"), exact["flag"] + 1, atol=3e-5)
        assert result.temperature("flag").values.shape == (25, 210)
        last = result.temperature(output=-1)
        assert last.unit == "K"
        assert np.allclose(last, np.concatenate(list(cooling.temperature(LUNATION).values())), atol=3e-5)


def test_nearest_time(cooled):
    with open_result(cooled) as result:
        spacing = LUNATION / 24
        assert result.nearest(-1.0) == 0
        assert result.nearest(7.4 * spacing) == 7
        assert result.nearest(7.6 * spacing) == 8
        assert result.nearest(1e12) == 24
        by_time = result.temperature("flag", time_s=7.4 * spacing)
        assert np.array_equal(by_time, result.temperature("flag", output=7))


def test_probes_follow_the_closed_solution_at_every_step(cooled, cooling):
    with open_result(cooled) as result:
        probe = result.probes["centre"]
        assert (probe.part, probe.at_m) == ("flag", (1.0, 0.45))
        assert len(probe.time) == 96
        column = cooling.parts["flag"].uv[:, 0]
        at_centre = [cooling.temperature(t)["flag"][np.isclose(column, 1.0)][0] for t in probe.time]
        assert np.allclose(probe.temperature, at_centre, rtol=1e-12)


def test_probe_between_vertices_is_interpolated(cooling, tmp_path):
    """Between two columns of vertices linear elements are linear: the start has T = 300 + 20 u."""
    path = write_cooling(tmp_path / "run.h5", cooling, outputs=2)
    with open_result(path) as result:
        first = result["series/probes/quarter/temperature"].values[0]
    assert first == pytest.approx(300 + 20 * 0.52, abs=1e-9)


def test_part_rows_and_ledger(cooled, cooling):
    with open_result(cooled) as result:
        flag = result.group("series/parts/flag")
        area = cooling.parts["flag"].area
        for row in (0, 5, 24):
            exact = cooling.temperature(result.time.values[row])["flag"]
            assert flag["minimum"][row] == pytest.approx(exact.min())
            assert flag["maximum"][row] == pytest.approx(exact.max())
            assert flag["mean"][row] == pytest.approx(area @ exact / area.sum())
        stored = cooling.stored(LUNATION) - cooling.stored(0.0)
        assert result.ledger["stored_j"] == pytest.approx(stored)
        assert set(result.powers) == {"emission"}
        assert result.powers["emission"].unit == "W"


def test_sky_and_local_time(cooled):
    """On the equator with declination 0 the run starts at sunrise, and a quarter of a day later is noon."""
    with open_result(cooled) as result:
        hour = result["series/local_hour"].values
        assert hour[0] == pytest.approx(6.0)
        assert hour[6] == pytest.approx(12.0)
        assert hour[18] == pytest.approx(0.0)
        elevation = result["sky/sun_elevation"].values
        assert elevation.max() == pytest.approx(90.0, abs=0.2)
        assert np.diff(result["sky/time"]).max() <= 1800.0


def test_field_converts_units():
    assert Field(np.array([300.0]), "K", "").to("degC")[0] == pytest.approx(26.85)
    assert Field(np.array([1.0]), "W m-2", "").to("mW/cm**2")[0] == pytest.approx(0.1)
    assert Field(np.array([0.5]), "1", "").to("percent")[0] == pytest.approx(50.0)
    assert np.max(Field(np.array([1.0, 4.0]), "K", "")) == 4.0


def test_groups_and_verdict_of_others_come_back(tmp_path, cooling):
    verdict = {
        "life_years": np.float64(3.2),
        "limits": [{"name": "uv", "years": float("inf")}],
        "failed": np.True_,
    }
    fields = {"uv_dose": Field(np.linspace(0, 300, 273), "hour", "equivalent sun hours")}
    path = write_cooling(
        tmp_path / "run.h5", cooling, outputs=2, verdict=verdict, groups={"endurance": fields}
    )
    with open_result(path) as result:
        assert result.verdict == {
            "life_years": 3.2,
            "limits": [{"name": "uv", "years": None}],
            "failed": True,
        }
        dose = result["endurance/uv_dose"]
        assert (dose.unit, dose.long_name) == ("hour", "equivalent sun hours")
        assert np.array_equal(dose, fields["uv_dose"].values)


def test_the_table_of_fields_has_no_doubles():
    assert len(FIELDS) == len(thermal.results.layout.quantities._TABLE)


def test_what_is_missing_is_named(cooled):
    with open_result(cooled) as result:
        with pytest.raises(KeyError, match="there are flag, arm"):
            result.temperature("pole")
        with pytest.raises(KeyError, match="has no series/nonsense"):
            result["series/nonsense"]


def refusal(path):
    with pytest.raises(CaseError) as caught:
        open_result(path)
    (problem,) = caught.value.problems
    return problem


def test_clear_errors(tmp_path, cooled):
    assert refusal(tmp_path / "none.h5").code == "cannot-read"
    assert refusal(tmp_path).message == "this is a folder"
    text = tmp_path / "text.h5"
    text.write_text("not HDF5")
    assert refusal(text).code == "result-foreign"
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["x"] = 1.0
    assert refusal(tmp_path / "other.h5").code == "result-foreign"
    cut = tmp_path / "cut.h5"
    cut.write_bytes(cooled.read_bytes()[:40_000])
    assert refusal(cut).code == "result-truncated"


def test_newer_layout_is_refused(cooled):
    with h5py.File(cooled, "r+") as file:
        file.attrs["version"] = np.array([2, 0])
    assert refusal(cooled).code == "result-newer"


def test_what_fails_on_the_content_of_a_file_names_the_file(cooled):
    with h5py.File(cooled, "r+") as file:
        del file["series/ledger"]
    with (
        pytest.raises(CaseError, match=r"cooling\.h5: the file is damaged") as caught,
        read_result(cooled) as result,
    ):
        _ = result["series/ledger/stored_j"]
    assert caught.value.problems[0].code == "result-damaged"
    with h5py.File(cooled, "r+") as file:
        del file.attrs["version"]
    assert refusal(cooled).code == "result-damaged"


def test_a_full_disk_and_a_broken_pipe_are_no_damage(cooled):
    for error in (OSError(errno.ENOSPC, "No space left on device"), BrokenPipeError()):
        with pytest.raises(type(error)) as caught, read_result(cooled):
            raise error
        assert caught.value is error


def test_memory_and_time_do_not_grow_with_the_run(tmp_path):
    """118 outputs of 22 000 vertices cost well under 2 s; 10 times fewer rows are held than are written."""
    cooling = Cooling(200, 107)
    begin = time.process_time()
    path = write_cooling(tmp_path / "large.h5", cooling, outputs=118)
    assert time.process_time() - begin < 4.0  # with the states' own cost, on a busy machine
    with open_result(path) as result:
        assert result.temperature(output=118).values.shape == (22_000,)
