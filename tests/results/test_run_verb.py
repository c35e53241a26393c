"""The verbs run, show and report on a real, small run of the reference case."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import h5py
import numpy as np
import pytest
from click.testing import CliRunner

from thermal.cli.compare import command as compare
from thermal.cli.report import command as report
from thermal.cli.run import command as run
from thermal.cli.show import command as show
from thermal.core.errors import CaseError
from thermal.results import open_result

ROOT = Path(__file__).parents[2]
CASE = ROOT / "cases" / "change5-reference.toml"
COARSE = ("--set", "mesh.size=200 mm", "--set", "mesh.edge_size=20 mm")
SHORT = ("--set", "run.duration=12 h", "--set", "output.every=3 h")


def command(*words):
    return [sys.executable, "-m", "thermal.cli.main", *map(str, words)]


def environment():
    return {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "NO_COLOR": "1", "COLUMNS": "80"}


def lunarflag(*words, cwd):
    return subprocess.run(
        command(*words), cwd=cwd, env=environment(), capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def short_run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    words = ("run", CASE, "-o", "short.h5", *COARSE, *SHORT, "--figure", "short.png")
    return folder, lunarflag(*words, cwd=folder)


@pytest.mark.parametrize("verb", [("run", CASE, "-o", "piped.h5", *COARSE, *SHORT), ("show", "short.h5")])
def test_a_reader_that_leaves_early_harms_nothing(short_run, verb):
    """PETSc, left alone, would end the process and its ranks with a page of text."""
    folder, _ = short_run
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        done = subprocess.run(
            command(*verb), cwd=folder, env=environment(), stdout=pipe, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")
    if verb[0] == "run":
        with open_result(folder / "piped.h5") as result:
            assert result.attributes["complete"]
        (folder / "piped.h5").unlink()


def test_a_reader_that_takes_one_line_leaves_a_run_its_success(tmp_path):
    words = " ".join(f"'{word}'" for word in command("run", CASE, "-o", "piped.h5", *COARSE, *SHORT))
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{words} | head -1"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    with open_result(tmp_path / "piped.h5") as result:
        assert result.complete


def test_run_writes_result_summary_and_figure(short_run):
    folder, done = short_run
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "Energy ledger" in done.stdout
    assert "result short.h5" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert sorted(path.name for path in folder.iterdir() if path.suffix in {".h5", ".png"}) == [
        "short.h5",
        "short.png",
    ]
    assert (folder / "short.png").read_bytes().startswith(b"\x89PNG")


def test_result_holds_the_run(short_run):
    folder, _ = short_run
    with open_result(folder / "short.h5") as result:
        assert np.allclose(result.time, np.arange(5) * 3 * 3600.0)
        assert result.parts == ("flag", "arm1", "arm2", "arm3")
        assert result.ledger["residual_fraction"] < 1e-6
        assert 'size = "0.2 m"' in result.text("inputs/case_resolved")
        assert 'size = "10 mm"' in result.text("inputs/case_as_given")
        assert set(result.group_names("inputs/materials")) >= {"ce5_flag", "al6061_t6"}
        centre = result.probes["centre"]
        fields = result.temperature("flag")
        assert centre.temperature[-1] == pytest.approx(fields[-1].mean(), abs=3.0)
        powers = sum(field[2] for field in result.powers.values())
        assert abs(powers) < 1e-3 * abs(result.powers["emission"][2])  # by day nearly nothing is stored
        assert result.verdict["findings"]


def test_endurance_fields_sit_on_their_vertices(short_run):
    """The highest temperature that endurance saw is nowhere below any output."""
    folder, _ = short_run
    with open_result(folder / "short.h5") as result:
        highest = result["endurance/temperature_highest"].values
        outputs = result.temperature().values
        assert (highest >= outputs[1:].max(axis=0) - 1e-4).all()
        assert np.abs(highest - outputs.max(axis=0)).max() < 2.0


def test_every_dataset_of_a_real_run_has_unit_and_name(short_run):
    folder, _ = short_run
    with h5py.File(folder / "short.h5", "r") as file:
        bare = []
        file.visititems(
            lambda name, item: (
                bare.append(name)
                if isinstance(item, h5py.Dataset) and not {"units", "long_name"} <= set(item.attrs)
                else None
            )
        )
    assert bare == []


def test_show_json(short_run):
    folder, _ = short_run
    shown = json.loads(lunarflag("show", "short.h5", "--json", cwd=folder).stdout)
    assert shown["schema"] == "lunarflag.show/1"
    assert {"case", "summary", "probes", "ledger", "verdict", "provenance"} <= set(shown)
    assert (
        shown["summary"]["flag"]["min_k"]
        < shown["summary"]["flag"]["mean_k"]
        < shown["summary"]["flag"]["max_k"]
    )
    assert shown["probes"]["centre"]["night_minimum_k"] is None
    assert shown["ledger"]["absorbed_j"] > 0 > shown["ledger"]["emitted_j"]
    assert shown["provenance"]["libraries"]["dolfinx"]
    assert "al6061_t6" in shown["provenance"]["materials"]


def refused(verb, *words):
    answer = CliRunner().invoke(verb, [str(word) for word in words])
    assert isinstance(answer.exception, CaseError), answer.output
    return str(answer.exception)


def test_bad_outputs_are_refused_before_the_run(short_run, tmp_path):
    folder, _ = short_run
    before = (folder / "short.h5").read_bytes()
    assert "--force" in refused(run, CASE, "-o", folder / "short.h5")
    assert "does not exist" in refused(run, CASE, "-o", tmp_path / "none" / "run.h5")
    assert ".png, .pdf, .svg" in refused(
        run, CASE, "-o", tmp_path / "a.h5", "--figure", tmp_path / "picture.txt"
    )
    same = tmp_path / "w.png"
    assert "where the result goes" in refused(run, CASE, *COARSE, *SHORT, "-o", same, "--figure", same)
    itself = refused(report, folder / "short.h5", "-o", folder / "short.h5", "--force")
    assert "this is the result itself" in itself
    assert (folder / "short.h5").read_bytes() == before
    assert list(tmp_path.iterdir()) == []


def test_a_number_of_years_is_finite(short_run, tmp_path):
    folder, _ = short_run
    picture = ("--picture", tmp_path / "p.png")
    for words in ((run, CASE, "-o", tmp_path / "nan.h5"), (report, folder / "short.h5", *picture)):
        for number in ("nan", "inf", "-inf"):
            answer = CliRunner().invoke(words[0], [*map(str, words[1:]), "--years", number])
            assert answer.exit_code == 2, answer.output
            assert "--years" in answer.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_files_is_refused_before_the_run():
    """The superuser has the right to write to /proc, and yet no file can be made there."""
    done = lunarflag("run", CASE, *COARSE, "-o", "/proc/run.h5", cwd="/")
    assert done.returncode == 3
    assert "/proc takes no files" in done.stderr or "/proc cannot be written to" in done.stderr
    assert "[cannot-write]" in done.stderr


def test_exit_code_of_a_refusal(short_run):
    folder, _ = short_run
    done = lunarflag("run", CASE, "-o", "short.h5", cwd=folder)
    assert done.returncode == 3
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_dry_run_writes_nothing(tmp_path):
    done = lunarflag("run", CASE, *COARSE, "--dry-run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "vertices" in done.stdout
    assert "sunset day 8.21" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_a_run_after_its_step(tmp_path, number):
    words = ("run", CASE, "-o", "run.h5", *COARSE, "--set", "output.every=1 h")
    process = subprocess.Popen(
        command(*words),
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    partial = tmp_path / "run.h5.partial"
    end = time.monotonic() + 60  # 2 MB are set aside at the start, the first output adds half a megabyte
    while time.monotonic() < end and not (partial.exists() and partial.stat().st_size > 2_400_000):
        time.sleep(0.05)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 7, err
    assert out == ""
    assert number.name in err
    assert "Traceback" not in err
    assert not (tmp_path / "run.h5").exists()
    with open_result(partial) as result:
        assert len(result.time) >= 1
        assert f"holds its {len(result.time)} outputs" in err


def test_report_is_one_page_without_network(short_run):
    folder, _ = short_run
    done = CliRunner().invoke(report, [str(folder / "short.h5")])
    assert done.exit_code == 0, done.output
    page = (folder / "short.html").read_text("utf-8")
    assert "2000 x 900 mm flag" in page
    outside = page.replace("https://plotly.com", "")
    for link in ('src="http', "src='http", '<link rel="stylesheet"', "@import"):
        assert link not in outside
    assert page.count("Plotly.newPlot(") >= 4
    assert "--force" in refused(report, folder / "short.h5")


@pytest.mark.parametrize("flips", [4, 20, 100])
@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_result_is_shown_or_refused_by_its_name(short_run, tmp_path, seed, flips):
    """Whatever bits are not as they were written."""
    folder, _ = short_run
    data, random = bytearray((folder / "short.h5").read_bytes()), np.random.default_rng([seed, flips])
    for place, bit in zip(
        random.integers(len(data), size=flips), random.integers(8, size=flips), strict=True
    ):
        data[place] ^= 1 << int(bit)
    file = tmp_path / "flipped.h5"
    file.write_bytes(data)
    for words in ((show,), (compare, "--json")):
        answer = CliRunner().invoke(words[0], [str(file), *words[1:]])
        if answer.exit_code:
            assert isinstance(answer.exception, CaseError), answer.exception
            assert "flipped.h5" in str(answer.exception)


def test_a_cut_verdict_is_damage_to_every_verb(short_run, tmp_path):
    folder, _ = short_run
    file = tmp_path / "cut.h5"
    file.write_bytes((folder / "short.h5").read_bytes())
    with h5py.File(file, "r+") as opened:
        text = opened["verdict/json"].asstr()[()]
        del opened["verdict/json"]
        opened["verdict/json"] = text[: len(text) // 2]
    for words in (("show", file), ("report", file), ("compare", file)):
        done = lunarflag(*words, cwd=tmp_path)
        assert done.returncode == 3
        assert "cut.h5: the file is damaged (JSONDecodeError" in done.stderr
    assert not file.with_suffix(".html").exists()


@pytest.mark.mpi
def test_two_ranks_write_the_same_result(short_run, tmp_path):
    folder, _ = short_run
    words = command("run", CASE, "-o", "two.h5", *COARSE, *SHORT, "-q")
    done = subprocess.run(
        ["mpirun", "--oversubscribe", "-n", "2", *words],
        cwd=tmp_path,
        env=environment() | {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    with open_result(folder / "short.h5") as one, open_result(tmp_path / "two.h5") as two:
        assert two.attributes["ranks"] == 2
        assert np.allclose(one.temperature(), two.temperature(), atol=2e-3)
        for name in ("temperature_highest", "sun_hours_front"):
            assert np.allclose(one[f"endurance/{name}"], two[f"endurance/{name}"], atol=2e-3)
        assert two.probes["centre"].temperature[-1] == pytest.approx(
            one.probes["centre"].temperature[-1], abs=2e-3
        )
