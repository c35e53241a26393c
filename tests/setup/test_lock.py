"""The lock holds what pyproject.toml asks for, and the environment holds what the lock says."""

import re
import runpy
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[2]
LOCK = CHECKOUT / "containers" / "python.lock"
ASKED = runpy.run_path(str(CHECKOUT / "containers" / "lib" / "requirements.py"))


def entries():
    """Pinned requirements of the lock and the number of their hashes."""
    text = re.sub(r"^#.*\n", "", LOCK.read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    for line in text.splitlines():
        pinned, *hashes = line.split("--hash=sha256:")
        yield Requirement(pinned.strip()), len(hashes)


def here():
    """Versions that the lock gives this Python."""
    pinned = [entry for entry, _ in entries() if entry.marker is None or entry.marker.evaluate()]
    return {canonicalize_name(entry.name): next(iter(entry.specifier)).version for entry in pinned}


def test_every_package_is_pinned_with_hashes_and_no_address_is_named():
    found = list(entries())
    assert len(found) > 50
    for entry, hashes in found:
        assert [one.operator for one in entry.specifier] == ["=="], entry
        assert hashes > 0, entry
    assert "://" not in LOCK.read_text()


def test_the_lock_has_all_that_pyproject_asks_for():
    """Where this fails, ``make lock`` is due."""
    versions, base = here(), ASKED["OF_BASE"]
    for line in ASKED["requirements"](CHECKOUT / "pyproject.toml"):
        wanted = Requirement(line)
        name = canonicalize_name(wanted.name)
        if name in base:
            assert name not in versions
            assert wanted.specifier.contains(metadata.version(name))
        else:
            assert wanted.specifier.contains(versions.get(name, "0")), f"{line}: run make lock"


def test_the_environment_is_the_one_that_is_locked():
    if not Path("/usr/share/lunarflag").exists():
        pytest.skip("not the default environment: the machine's own Python is in use")
    assert {name: metadata.version(name) for name in here()} == here()
