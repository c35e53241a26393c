"""Vertex-centred finite volumes on the even rectangle as sparse matrices: shared by hand-written peers."""

import numpy as np
from scipy.sparse import csr_array, diags_array, eye_array, kron

from benchmarks import problem as p


class Volumes:
    """Couplings in W/K, areas in m2, contact with the arm in W/K, and the probes."""

    def __init__(self, size_mm: float) -> None:
        xs, ys = p.grid(size_mm)
        wx, wy = (np.r_[0.5, np.ones(len(k) - 2), 0.5] * (k[1] - k[0]) for k in (xs, ys))
        self.shape = len(xs), len(ys)
        self.x = np.repeat(xs, len(ys))
        self.area = np.outer(wx, wy).ravel()
        self.contact = np.outer(np.arange(len(xs)) == 0, p.EDGE_CONDUCTANCE * wy).ravel().astype(float)
        along = kron(self._chain(xs), diags_array(wy))
        across = kron(diags_array(wx), self._chain(ys))
        self.conduction = csr_array(p.SHEET_CONDUCTANCE * (along + across))
        self.probes = p.probe_vertices(self.x, np.tile(ys, len(xs)))
        self.weight = self.area / self.area.sum()

    @staticmethod
    def _chain(k):
        """Second difference with closed ends, 1/m."""
        ends = np.r_[1.0, np.full(len(k) - 2, 2.0), 1.0]
        chain = diags_array(ends) - eye_array(len(k), k=1) - eye_array(len(k), k=-1)
        return chain / (k[1] - k[0])

    def note(self, run, t, T):
        """Keep an output."""
        run.note(t, T[self.probes], T.max(), T.min(), self.weight @ T)
