"""Whatever stands in a case file, it is read or refused with problems, and what is written is read back."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import thermal.case
from thermal.case import load_case
from thermal.case.reading.toml_text import to_toml
from thermal.core.errors import CaseError

REFERENCE = Path(__file__).parents[2] / "cases" / "change5-reference.toml"

toml_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_a_random_file_gives_problems_never_a_traceback(tmp_path, content):
    file = tmp_path / "random.toml"
    file.write_bytes(content)
    with pytest.raises(CaseError):
        load_case(file)


KEYS = [
    "flag.width",
    "flag",
    "tube",
    "tube.0",
    "tube.0.start",
    "joint.0.between",
    "sink",
    "sink.lander",
    "sky",
]
KEYS += [
    "output.probe",
    "output.probe.0.at",
    "sky.start",
    "run.initial",
    "requirements",
    "title",
    "mesh",
    "site",
]


@settings(deadline=None, max_examples=300)
@given(path=st.sampled_from(KEYS), value=toml_values)
def test_a_random_value_gives_problems_never_a_traceback(path, value):
    data = tomllib.loads(REFERENCE.read_text())
    node = data
    *parents, last = [int(step) if step.isdecimal() else step for step in path.split(".")]
    for step in parents:
        node = node[step]
    node[last] = value
    case, findings = thermal.case.reading.load.validate(data, REFERENCE.parent)
    assert (case is not None) or findings
    assert all(finding.message and finding.code for finding in findings)


plain = (
    st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
tables = st.recursive(
    st.dictionaries(st.text(min_size=1), plain | st.lists(plain, max_size=3), max_size=3),
    lambda inner: st.dictionaries(
        st.text(min_size=1), inner | st.lists(inner, min_size=1, max_size=2), max_size=3
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(tables)
def test_what_is_written_as_toml_is_read_back(data):
    assert tomllib.loads(to_toml(data)) == data
