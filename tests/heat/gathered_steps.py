"""Run under mpirun on three ranks: a step that two of them share is gathered without the third."""

import sys
from pathlib import Path

import numpy as np
from mpi4py import MPI

from thermal.heat.time.state import Step
from thermal.run.gather import WholeSteps

OWN = ([3, 0, 4], [2, 1], [0, 1])
"""Vertices of each rank; the third has a run of its own."""


class Seen:
    def observe(self, step):
        self.step = step


world = MPI.COMM_WORLD
comm = world.Split(color=world.rank // 2, key=world.rank)
vertex = np.array(OWN[world.rank])
values = [10.0 * vertex + number for number in range(5)]
step = Step(60.0, 60.0, *values, {}, vertex, comm)
if world.rank < 2:  # the third never calls: gathering over all ranks would wait for it for ever
    whole, seen = step.gathered(), Seen()
    WholeSteps(seen if comm.rank == 0 else None, comm).observe(step)
    both = [whole, seen.step] if comm.rank == 0 else [whole]
    for one in both:
        assert one.vertex.tolist() == [0, 1, 2, 3, 4]
        assert one.front.tolist() == [1.0, 11.0, 21.0, 31.0, 41.0]
        assert one.sunlight_back.tolist() == [4.0, 14.0, 24.0, 34.0, 44.0]
    Path(sys.argv[1], f"rank{world.rank}").touch()
