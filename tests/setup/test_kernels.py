"""Machine code on disk follows everything that it was made from, and is the same however it was loaded."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from thermal.core.kernel_folder import kernel_folder
from thermal.core.kernels import fast_kernel, kernel, notice
from thermal.core.kernels.ingredients import digest_of
from thermal.core.kernels.store import remove_unused

ROOT = Path(__file__).parents[2]
CONSTANT = "FACTOR = {factor}\n"
INNER = """
from low.constants import FACTOR
from thermal.core.kernels import kernel

@kernel
def inner(x):
    return {sign}FACTOR * x
"""
OUTER = """
from middle.inner import inner
from thermal.core.kernels import kernel

@kernel
def outer(x):
    '''{doc}'''
    return inner(x)

if __name__ == "__main__":
    print(outer(1.0), sum(outer.stats.cache_hits.values()))
"""


class Sources:
    """A kernel, the one that it calls and a constant of that, each in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts = {"low/constants.py": CONSTANT, "middle/inner.py": INNER, "high/outer.py": OUTER}
        self.words = {"factor": "2.0", "sign": "", "doc": "What it does."}

    def answer(self, **changed: str) -> list[str]:
        self.words |= changed
        for name, text in self.texts.items():
            file = self.folder / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text.format(**self.words))
        return self.run("high/outer.py")

    def run(self, script: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, str(self.folder / script)],
            env=os.environ
            | {
                "PYTHONPATH": f"{ROOT}{os.pathsep}{self.folder}",
                "NUMBA_CACHE_DIR": str(self.folder / "kernels"),
            },
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.split()


@pytest.fixture
def sources(tmp_path):
    return Sources(tmp_path)


def test_a_kernel_follows_what_it_calls_from_another_folder(sources):
    assert sources.answer() == ["2.0", "0"]
    assert sources.answer() == ["2.0", "1"]
    assert sources.answer(sign="-") == ["-2.0", "0"]


def test_a_kernel_follows_a_constant_of_another_folder_that_its_callee_names(sources):
    assert sources.answer() == ["2.0", "0"]
    assert sources.answer(factor="3.0") == ["3.0", "0"]


def test_going_back_to_an_earlier_version_compiles_nothing(sources):
    sources.answer()
    sources.answer(factor="3.0")
    assert sources.answer(factor="2.0") == ["2.0", "1"]


def test_a_word_in_a_docstring_compiles_nothing(sources):
    sources.answer()
    assert sources.answer(doc="What it really does.") == ["2.0", "1"]


def test_damaged_machine_code_is_compiled_anew(sources):
    sources.answer()
    for file in (sources.folder / "kernels").iterdir():
        file.write_bytes(file.read_bytes()[:100])
    assert sources.answer() == ["2.0", "0"]
    assert sources.answer() == ["2.0", "1"]


RUN = """
import numpy as np
from thermal.heat.time.integrator import Integrator
from thermal.verify.models import model, sheet

part = sheet(np.linspace(0.0, 1.0, 65) ** 2, np.linspace(0.0, 0.5, 40), conductance=5e-2)
lit = model(part, lambda t, x: 300.0 * np.sin(np.pi * t / 3600.0) * (x[:, 1] + 0.3), temperature=250.0)
*_, end = Integrator(lit, 0.0, 0.05).run(1800.0, (), (), ())
print(float(end.temperature["sheet"].sum()).hex())
"""


def test_a_run_that_compiles_gives_the_bits_of_one_that_loads(sources):
    """A sum in vector units gives other bits in another order, and each kernel holds copies of others."""
    (sources.folder / "run.py").write_text(RUN)
    assert sources.run("run.py") == sources.run("run.py")


def test_a_fast_kernel_that_another_calls_has_to_be_inlined():
    @fast_kernel
    def add(x):
        return x[0] + x[1]

    @kernel
    def twice(x):
        return 2.0 * add(x)

    with pytest.raises(TypeError, match=r"twice calls add: make that @fast_kernel\(inline=True\)"):
        twice(np.ones(2))


def test_what_cannot_be_followed_is_refused():
    table = {"a": 1.0}

    @kernel
    def look(x):
        return table["a"] * x

    with pytest.raises(TypeError, match="look names table"):
        digest_of(look)


def test_every_kernel_of_the_package_has_a_digest_of_its_own():
    script = """
import importlib, pkgutil, sys, thermal
from numba.extending import is_jitted
from thermal.core.kernels.ingredients import digest_of
for module in pkgutil.walk_packages(thermal.__path__, "thermal."):
    importlib.import_module(module.name)
modules = [module for name, module in sys.modules.items() if name.startswith("thermal")]
found = {id(value): value for module in modules for value in vars(module).values() if is_jitted(value)}
print(len(found), len({digest_of(v) for v in found.values()}))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    count, different = map(int, done.stdout.split())
    assert count == different > 100


def test_machine_code_that_nothing_uses_is_removed(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert kernel_folder() == tmp_path
    old, new = tmp_path / "old.bin", tmp_path / "new.bin"
    old.touch()
    new.touch()
    os.utime(old, (0.0, 0.0))
    assert remove_unused() == 1
    assert not old.exists()
    assert new.exists()


def test_compiling_is_said_once_and_a_folder_that_cannot_be_written_too(tmp_path, monkeypatch, caplog):
    @kernel
    def triple(x):
        return 3.0 * x

    (tmp_path / "file").touch()
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    monkeypatch.setattr("thermal.core.kernels.store.NOTICE", notice.Notice())
    with caplog.at_level(logging.WARNING, logger="lunarflag.kernels"):
        assert triple(2.0) == 6.0
        assert triple(2) == 6.0
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 2
    assert "compiling the numerical kernels" in said[0]
    assert "cannot be kept" in said[1]
