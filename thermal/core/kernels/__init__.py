"""How loops are compiled: the one place that knows numba.

``@kernel`` keeps the arithmetic of IEEE 754; ``@fast_kernel`` may reorder sums and products. Machine code is
kept on disk under the digest of all that it was made from.
"""

from thermal.core.kernels.decorators import fast_kernel, kernel

__all__ = ["fast_kernel", "kernel"]
