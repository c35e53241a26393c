"""The set-up notices what is half-made, and ends in one clear sentence where it cannot go on."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

NO_NAMESPACES = 'echo 0 > /proc/sys/user/max_mnt_namespaces && exec "$@"'
ROOT_MEGABYTES = 3500


def shell(checkout, cache, script):
    """Return the command and environment that run `script` with the set-up's own functions."""
    parts = "".join(
        f'. "$CONTAINERS/lib/{name}.sh"\n' for name in ("messages", "cache", "mirror", "bootstrap", "root")
    )
    environment = {**os.environ, "CONTAINERS": str(checkout / "containers"), "XDG_CACHE_HOME": str(cache)}
    return ["bash", "-c", f"set -euo pipefail\n{parts}\n{script}"], environment


def root_id(checkout, suite="trixie"):
    command, environment = shell(checkout, checkout, f"root_id {suite}")
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def assert_one_sentence(done, *words):
    lines = done.stderr.splitlines()
    said = [line for line in lines if not line.endswith(("GB)", "waiting for it"))]
    assert done.returncode == 6, done.stderr
    assert len(said) == 1, done.stderr
    assert said[0].startswith("lunarflag: ")
    assert said[0].endswith(".")
    for word in words:
        assert word in said[0]


def allowed(*command):
    """Whether this machine lets this user run `command`."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def offline():
    """Return a command prefix with no network, on a machine where a Debian root could be built."""
    if not shutil.which("mmdebstrap") or not allowed("unshare", "--mount", "--net", "true"):
        pytest.skip("no mmdebstrap, or no right to make a namespace, on this machine")
    return ["unshare", "--net"]


@pytest.fixture
def shared_cache():
    """Return the variables under which a scratch checkout shares the cache of this one."""
    if not Path("/usr/share/lunarflag").exists():
        pytest.skip("no Debian root here: the machine's own Python is in use")
    cache = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser()
    return {"LUNARFLAG_VENV": "elsewhere", "XDG_CACHE_HOME": str(cache)}


def test_name_of_the_root_follows_the_list_but_not_its_comments(checkout):
    packages = checkout / "containers" / "packages.txt"
    before = root_id(checkout)
    assert before.startswith("root-trixie-")
    packages.write_text("# a comment more\n" + packages.read_text())
    assert root_id(checkout) == before
    packages.write_text(packages.read_text() + "hello\n")
    assert root_id(checkout) != before
    assert root_id(checkout, "unstable").startswith("root-unstable-")


def test_list_is_one_package_a_line_each_once(checkout):
    command, environment = shell(checkout, checkout, "packages")
    names = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert "python3-dolfinx-real" in names
    assert len(names) == len(set(names))
    assert all(name and " " not in name and not name.startswith("#") for name in names)


def test_no_network_and_a_half_made_root(set_up, checkout, tmp_path, offline):
    if shutil.disk_usage(tmp_path).free < (ROOT_MEGABYTES + 100) * 2**20:
        pytest.skip("too little room for what this test starts and abandons")
    cache = tmp_path / "cache" / "lunarflag"
    half_made = cache / root_id(checkout)
    killed = cache / "root-trixie-0123456789abcdef.pending"
    for folder in (half_made, killed):
        (folder / "usr").mkdir(parents=True)
    assert_one_sentence(set_up(*offline, LUNARFLAG_VENV="elsewhere"), "No network", "root.log")
    assert not half_made.exists()
    assert not killed.exists()


def test_small_disk(set_up, tmp_path):
    cache = tmp_path / "cache"
    cache.mkdir()
    mount = 'mount -t tmpfs -o size=20m small "$0" && exec "$@"'
    if not allowed("unshare", "--mount", "true"):
        pytest.skip("no right to mount on this machine")
    done = set_up("unshare", "--mount", "sh", "-c", mount, str(cache), LUNARFLAG_VENV="elsewhere")
    assert_one_sentence(done, "Not enough disk", "20 MB are free")


def test_no_right_to_enter(set_up, wrappers, outside):
    refused = ["unshare", "--user", "--map-root-user", "sh", "-c", NO_NAMESPACES, "sh"]
    if not outside or not allowed(*refused, "true"):
        pytest.skip("no Debian root here, or no right to take rights away")
    assert_one_sentence(set_up(*refused, LUNARFLAG_VENV="elsewhere"), "no mount namespace")
    command = [*outside, *refused, str(wrappers / "python"), "-V"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert_one_sentence(done, "cannot be entered")


def test_machine_that_is_not_debian(set_up, tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    for program in (*Path("/usr/bin").iterdir(), *Path("/usr/sbin").iterdir()):
        link = programs / program.name
        if not program.name.startswith(("apt", "mmdebstrap")) and not link.is_symlink():
            link.symlink_to(program)
    done = set_up(PATH=str(programs), LUNARFLAG_VENV="")
    if "allows no mount namespace" in done.stderr:
        pytest.skip("this machine allows no mount namespace")
    assert_one_sentence(done, "not of the Debian family", "conda")


def test_cache_that_cannot_be_written(set_up):
    assert_one_sentence(set_up(XDG_CACHE_HOME="/proc/nowhere"), "XDG_CACHE_HOME")


def test_venv_of_somebody_else_is_left_alone(set_up, checkout, shared_cache):
    (checkout / ".venv" / "bin").mkdir(parents=True)
    assert_one_sentence(set_up(**shared_cache), "somebody else")
    assert list((checkout / ".venv").iterdir()) == [checkout / ".venv" / "bin"]


def test_clone_shares_the_cache_and_a_half_made_venv_is_made_anew(set_up, checkout, shared_cache):
    for _ in range(2):
        done = set_up(**shared_cache)
        assert done.returncode == 0, done.stderr
        assert "once" not in done.stderr
        (checkout / ".venv" / "key").unlink()
    script = "import thermal; print(*thermal.__path__, sep='\\n')"
    shown = subprocess.run(
        [checkout / ".venv" / "bin" / "python", "-c", script],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.splitlines()[0] == str(checkout / "thermal")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_a_set_up_at_once_with_nothing_left(checkout, tmp_path, number):
    script = """
    tidy_on_exit
    mkdir -p "$CACHE"
    begin half-made
    echo ready
    attend "$XDG_CACHE_HOME/log" bash -c 'echo $$; sleep 60 & wait'
    """
    command, environment = shell(checkout, tmp_path, script)
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        log = tmp_path / "log"
        while not (log.exists() and log.read_text().endswith("\n")):
            assert process.poll() is None
        process.send_signal(number)
        assert process.wait(timeout=10) == 128 + number
    with pytest.raises(ProcessLookupError):
        os.kill(int(log.read_text()), 0)
    assert not list((tmp_path / "lunarflag").glob("*.pending"))
