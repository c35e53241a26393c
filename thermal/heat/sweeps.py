"""Compiled loops of the linear solver: products, directions, and the preconditioners' lines and modes.

Arrays run over owned vertices unless said otherwise; the search direction has ghosts. Units are W/K a vertex.
"""

from __future__ import annotations

from thermal.heat.kernels import jit


@jit
def multiply(x, column, link, diagonal, y):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Y = J x without links; returns x . y over owned vertices."""
    total = 0.0
    for i in range(y.size):
        s = diagonal[i] * x[i]
        for k in range(column.shape[1]):
            s -= link[i, k] * x[column[i, k]]
        y[i] = s
        total += s * x[i]
    return total


@jit
def multiply_links(x, rows, start, column, value, y):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Y -= links x; returns the change of x . y."""
    total = 0.0
    for row in range(rows.size):
        i = rows[row]
        s = 0.0
        for k in range(start[row], start[row + 1]):
            s += value[k] * x[column[k]]
        y[i] -= s
        total -= s * x[i]
    return total


@jit
def descend(x, r, p, Ap, alpha):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Move along the search direction."""
    for i in range(x.size):
        x[i] += alpha * p[i]
        r[i] -= alpha * Ap[i]


@jit
def search(p, z, r, beta):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Next search direction."""
    for i in range(r.size):
        p[i] = z[i] + beta * p[i]


@jit
def dot(r, z):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Inner product over owned vertices, and the largest magnitude of z."""
    total, worst = 0.0, 0.0
    for i in range(r.size):
        total += r[i] * z[i]
        worst = max(worst, abs(z[i]))
    return total, worst


@jit
def level(x, r, local):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Sum residual and own rates, W and W/K: their ratio is the mean error left in x."""
    total, rates = 0.0, 0.0
    for i in range(x.size):
        total += r[i]
        rates += local[i]
    return total, rates


@jit
def solve_alone(  # type: ignore[no-untyped-def] # noqa: ANN201
    x, r, p, Ap, local, column, link, diagonal, joints, exchange, tolerance, limit  # noqa: ANN001
):  # fmt: skip
    """Conjugate gradients on one rank, preconditioned by the vertices' own rates; returns the iterations.

    ``joints`` and ``exchange`` are links as (rows, start, column, value).
    """
    rz, worst = 0.0, 0.0
    for i in range(x.size):
        x[i] = 0.0
        z = r[i] / local[i]
        p[i] = z
        rz += r[i] * z
        worst = max(worst, abs(z))
    count = 0
    while worst >= tolerance and count < limit:
        pAp = multiply(p, column, link, diagonal, Ap)
        pAp += multiply_links(p, *joints, Ap) + multiply_links(p, *exchange, Ap)
        alpha = rz / pAp
        before, rz, worst = rz, 0.0, 0.0
        for i in range(x.size):
            x[i] += alpha * p[i]
            left = r[i] - alpha * Ap[i]
            r[i] = left
            z = left / local[i]
            Ap[i] = z
            rz += left * z
            worst = max(worst, abs(z))
        search(p, Ap, r, rz / before)
        count += 1
    total, rates = level(x, r, local)
    for i in range(x.size):
        x[i] += total / rates
    return count


@jit
def factor_lines(lines, off, slope, local, links, upper, pivot):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Factorise one tridiagonal matrix a line: own rates, links and the couplings along it, no others.

    Arrays are (positions, lines): the loop over lines is the inner one, since its rounds do not wait for each
    other. ``upper[k]`` couples positions k - 1 and k; there is none at 0.
    """
    last = lines.shape[0] - 1
    for k in range(lines.shape[0]):
        for a in range(lines.shape[1]):
            i = lines[k, a]
            total = local[i] + links[i]
            if k < last:
                onward = 0.0
                for q in range(slope.shape[0]):
                    onward += off[q, k, a] * 0.5 * (slope[q, i] + slope[q, lines[k + 1, a]])
                upper[k + 1, a] = onward
                total += onward
            if k > 0:
                before = upper[k, a]
                total += before - before * before * pivot[k - 1, a]
            pivot[k, a] = 1.0 / total


@jit
def solve_lines(lines, upper, pivot, r, z, work):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Solve the lines that :func:`factor_lines` has factorised."""
    count, last = lines.shape[1], lines.shape[0] - 1
    for a in range(count):
        work[0, a] = r[lines[0, a]] * pivot[0, a]
    for k in range(1, last + 1):
        for a in range(count):
            work[k, a] = (r[lines[k, a]] + upper[k, a] * work[k - 1, a]) * pivot[k, a]
    for a in range(count):
        z[lines[last, a]] = work[last, a]
    for k in range(last - 1, -1, -1):
        for a in range(count):
            solved = work[k, a] + pivot[k, a] * upper[k + 1, a] * work[k + 1, a]
            work[k, a] = solved
            z[lines[k, a]] = solved


@jit
def divide(rows, r, local, z):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Leave some vertices to their own rates."""
    for row in range(rows.size):
        i = rows[row]
        z[i] = r[i] / local[i]


@jit
def factor_modes(upper, diagonal, pivot):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Factorise the tridiagonal systems of a tube's ring modes, (rings, modes)."""
    for k in range(diagonal.shape[0]):
        for m in range(diagonal.shape[1]):
            carried = upper[k] * upper[k] * pivot[k - 1, m] if k > 0 else 0.0
            pivot[k, m] = 1.0 / (diagonal[k, m] - carried)


@jit
def solve_modes(grid, vectors, upper, pivot, modes, r, mean, z):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Transform every ring, solve its modes along the axis, transform back and add the ring means."""
    to_modes(grid, vectors, upper, pivot, modes, r)
    from_modes(grid, vectors, upper, pivot, modes, mean, z)


@jit
def to_modes(grid, vectors, upper, pivot, modes, r):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Transform every ring and eliminate along the axis."""
    rings, around = grid.shape
    count = vectors.shape[1]
    for k in range(rings):
        for m in range(count):
            modes[k, m] = 0.0
        for j in range(around):
            value = r[grid[k, j]]
            for m in range(count):
                modes[k, m] += vectors[j, m] * value
        if k > 0:
            for m in range(count):
                modes[k, m] += upper[k] * modes[k - 1, m]
        for m in range(count):
            modes[k, m] *= pivot[k, m]


@jit
def from_modes(grid, vectors, upper, pivot, modes, mean, z):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Substitute back along the axis, transform back and add the ring means."""
    rings, around = grid.shape
    count = vectors.shape[1]
    for k in range(rings - 1, -1, -1):
        if k < rings - 1:
            for m in range(count):
                modes[k, m] += pivot[k, m] * upper[k + 1] * modes[k + 1, m]
        for j in range(around):
            total = mean[k]
            for m in range(count):
                total += vectors[j, m] * modes[k, m]
            z[grid[k, j]] = total


@jit
def carry_over(z, rows, start, column, value, side, source, target, r):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Add to ``r`` on one side what joints bring from ``z`` on the other."""
    for row in range(rows.size):
        i = rows[row]
        if side[i] != target:
            continue
        for k in range(start[row], start[row + 1]):
            j = column[k]
            if side[j] == source:
                r[i] += value[k] * z[j]
