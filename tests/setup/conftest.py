"""What the set-up tests share: the checkout, and a place outside the environment they run in."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
RIGHTS = (["--mount"], ["--user", "--map-current-user", "--keep-caps", "--mount"])
# The wrappers know by a file in this folder that they are inside; covering it puts a command outside again.
LEAVE = 'mount -t tmpfs outside /usr/share/lunarflag && exec "$@"'


@pytest.fixture(scope="session")
def wrappers() -> Path:
    """Return the folder of wrappers of this checkout."""
    folder = CHECKOUT / ".venv" / "bin"
    if not (folder / "inside").exists():
        pytest.skip("this checkout has no wrappers: the tests run in an environment made by hand")
    return folder


@pytest.fixture(scope="session")
def outside() -> list[str]:
    """Return the command prefix that runs a command as from outside the Debian root."""
    if not Path("/usr/share/lunarflag").exists():
        return []
    for rights in RIGHTS:
        prefix = ["unshare", *rights, "sh", "-c", LEAVE, "sh"]
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
            return prefix
    pytest.skip("this machine allows no mount namespace within another")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a scratch checkout with what the set-up reads."""
    folder = tmp_path / "a checkout"
    folder.mkdir()
    for name in ("containers", "thermal", "materials"):
        shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(CHECKOUT / name, folder)
    return folder


@pytest.fixture
def set_up(checkout: Path, tmp_path: Path):
    """Return a function that runs the set-up of the scratch checkout with an empty cache.

    It takes a command to run it under and variables to change, and returns the finished process.
    """

    def run(*prefix: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
            "PIP_RETRIES": "0",
            **variables,
        }
        script = str(checkout / "containers" / "setup.sh")
        return subprocess.run(
            [*prefix, script], env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    return run
