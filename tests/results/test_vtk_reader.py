"""VTK's own reader sees every step with the right values."""

import numpy as np
import pytest
from cooling_run import write_cooling
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkIOHDF import vtkHDFReader

from thermal.results import Field


def read_at(reader, time_s):
    reader.UpdateTimeStep(time_s)
    grid = reader.GetOutputAsDataSet()
    return grid, {
        grid.GetPointData().GetArrayName(i): vtk_to_numpy(grid.GetPointData().GetArray(i))
        for i in range(grid.GetPointData().GetNumberOfArrays())
    }


def open_reader(path):
    reader = vtkHDFReader()
    assert reader.CanReadFile(str(path))
    reader.SetFileName(str(path))
    reader.UpdateInformation()
    return reader


def test_all_steps_and_values(cooled, cooling):
    reader = open_reader(cooled)
    information = reader.GetOutputInformation(0)
    times = np.array(information.Get(reader.GetExecutive().TIME_STEPS()))
    assert len(times) == 25
    assert times[-1] == pytest.approx(2551442.8896)
    for time_s in (times[0], times[7], times[-1], times[3]):
        grid, fields = read_at(reader, time_s)
        exact = np.concatenate(list(cooling.temperature(time_s).values()))
        assert np.allclose(fields["temperature"], exact, atol=3e-5)
        assert np.allclose(fields["front_temperature"], exact + 1, atol=3e-5)
        assert np.allclose(fields["back_temperature"], exact - 1, atol=3e-5)
        assert grid.GetNumberOfPoints() == len(exact)


def test_mesh_and_parts(cooled, cooling):
    grid, _ = read_at(open_reader(cooled), 0.0)
    points = vtk_to_numpy(grid.GetPoints().GetData())
    assert np.allclose(points, np.concatenate([part.points for part in cooling.parts.values()]))
    cells = vtk_to_numpy(grid.GetCells().GetConnectivityArray()).reshape(-1, 3)
    flag = cooling.parts["flag"]
    assert np.array_equal(cells[: len(flag.triangles)], flag.triangles)
    part = vtk_to_numpy(grid.GetCellData().GetArray("part"))
    assert np.array_equal(
        np.unique(part, return_counts=True)[1], [len(p.triangles) for p in cooling.parts.values()]
    )
    corners = points[cells]
    area = (
        np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1).sum()
        / 2
    )
    assert area == pytest.approx(2.0 * 0.98)


def test_endurance_fields_are_point_data_of_every_step(tmp_path, cooling):
    size = sum(len(part.points) for part in cooling.parts.values())
    dose = Field(np.linspace(0, 300, size), "hour", "equivalent sun hours")
    path = write_cooling(tmp_path / "run.h5", cooling, outputs=3, groups={"endurance": {"uv_dose": dose}})
    reader = open_reader(path)
    for time_s in (0.0, 1e6, 2.5e6):
        assert np.array_equal(read_at(reader, time_s)[1]["uv_dose"], dose.values)
