import pytest
from cooling_run import Cooling, write_cooling


@pytest.fixture
def cooling():
    return Cooling()


@pytest.fixture
def cooled(tmp_path, cooling):
    return write_cooling(tmp_path / "cooling.h5", cooling)
