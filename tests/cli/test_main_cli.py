"""The command line as a user's shell sees it: streams, exit codes, time to --help."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "cases" / "change5-reference.toml"
VERBS = ["new", "check", "run", "show", "report", "compare", "sweep", "materials", "sky", "verify"]
VERBS += ["schema", "explain", "doctor"]


def lunarflag(*words, cwd=ROOT, **variables):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run(
        [sys.executable, "-m", "thermal.cli.main", *map(str, words)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_help_names_every_verb_in_under_300_ms():
    is_quick = any(_seconds("--help") < 0.3 for _ in range(10))  # a busy machine gets more than one chance
    result = lunarflag("--help")
    assert result.returncode == 0
    assert all(f"  {verb} " in result.stdout for verb in VERBS)
    assert is_quick


def _seconds(*words):
    start = time.perf_counter()
    lunarflag(*words)
    return time.perf_counter() - start


def test_help_imports_nothing_heavy():
    code = "import sys, thermal.cli.main; print(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.split(".")[0] for name in result.stdout.split()}
    assert not loaded & {"numpy", "pint", "pydantic", "h5py", "dolfinx", "scipy", "matplotlib", "numba"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], 2),
        (["frobnicate"], 2),
        (["check"], 2),
        (["check", "missing.toml"], 3),
        (["check", "."], 3),
        (["explain", "no-such-code"], 2),
        (["schema", "cheese"], 2),
    ],
)
def test_wrong_words_end_with_their_exit_code_and_nothing_on_stdout(words, code):
    result = lunarflag(*words)
    assert result.returncode == code
    assert result.stderr
    assert "Traceback" not in result.stderr
    if words:
        assert not result.stdout


def test_problems_go_to_stderr_without_colours_when_it_is_no_terminal():
    result = lunarflag("check", REFERENCE, "--set", "flag.width=2 kg", "--set", "flag.tilt=4")
    assert result.returncode == 3
    assert not result.stdout
    assert "\x1b" not in result.stderr
    assert '"2 kg" is a mass, not a length [wrong-dimension]' in result.stderr
    assert result.stderr.endswith("2 problems\n")


def test_colours_can_be_forced_and_forbidden():
    words = ["check", REFERENCE, "--set", "flag.width=2 kg"]
    assert "\x1b" in lunarflag(*words, FORCE_COLOR="1").stderr
    assert "\x1b" not in lunarflag(*words, FORCE_COLOR="1", NO_COLOR="1").stderr


def test_an_unforeseen_failure_is_one_sentence_with_the_place_on_demand(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import tomllib\ndef loads(text): raise ZeroDivisionError('x')\ntomllib.loads = loads\n"
    )
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    result = lunarflag("check", REFERENCE, PYTHONPATH=path)
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "ZeroDivisionError" in result.stderr
    assert "Traceback" in lunarflag("check", REFERENCE, PYTHONPATH=path, LUNARFLAG_DEBUG="1").stderr


def test_a_closed_pipe_is_silent():
    command = f"{sys.executable} -m thermal.cli.main schema | head -1"
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0
    assert result.stderr == ""


@pytest.mark.parametrize("words", [["explain", "--json"], ["--help"], ["run", "--help"], ["schema"]])
def test_a_reader_that_has_gone_is_no_failure(words):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        assert _onto(pipe, words) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [["schema"], ["--help"]])
def test_output_to_a_full_disk_is_a_problem_of_the_machine(words):
    with Path("/dev/full").open("w") as full:
        code, error = _onto(full, words)
    assert code == 6
    assert error.startswith("error: the output cannot be written (the disk is full) [disk-full]")


def _onto(stream, words):
    """Exit code and stderr of a verb that prints onto a stream."""
    done = subprocess.run(
        [sys.executable, "-m", "thermal.cli.main", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=stream,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stderr


def test_ctrl_c_ends_a_verb_with_code_7(tmp_path):
    fifo = tmp_path / "slow.toml"
    os.mkfifo(fifo)
    process = subprocess.Popen(
        [sys.executable, "-m", "thermal.cli.main", "check", str(fifo)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    with fifo.open("w"):  # opens as soon as the program reads: it is inside the verb now
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=30)
    assert process.returncode == 7
    assert error.strip() == "lunarflag: interrupted"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("lunarflag check case.toml --set mesh.si", "mesh.size="),
        ("lunarflag check case.toml --set tube.0.wa", "tube.0.wall="),
        ("lunarflag explain missing-u", "missing-unit"),
        ("lunarflag sch", "schema"),
    ],
)
def test_a_shell_completes_verbs_keys_and_codes(line, expected):
    words = {
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split()) - 1),
        "_LUNARFLAG_COMPLETE": "bash_complete",
    }
    assert expected in lunarflag(**words).stdout


def test_version_is_printed():
    assert lunarflag("--version").stdout.startswith("lunarflag ")


@pytest.mark.mpi
@pytest.mark.parametrize("failing", ["rank == 1", "True"])
def test_a_failure_on_one_rank_or_on_all_ends_all_with_one_message(failing, tmp_path):
    launcher = shutil.which("mpirun")
    pytest.importorskip("mpi4py")
    script = tmp_path / "two_ranks.py"
    script.write_text(
        "from mpi4py import MPI\nfrom thermal.cli.main import main\nrank = MPI.COMM_WORLD.rank\n"
        f"if {failing}: main(['check', 'missing.toml'])\nMPI.COMM_WORLD.Barrier()\n"
    )
    result = subprocess.run(
        [launcher, "-n", "2", "--oversubscribe", "-x", "PYTHONPATH", sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 3
    assert result.stderr.count("[cannot-read]") == 1
