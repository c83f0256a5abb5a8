"""Many tests at once: two shares compared, and what is left when thousands of comparisons are made."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Numbers = NDArray[np.float64]
Whole = TypeVar("Whole", bound=NDArray[np.integer])


def larger_share(part: Whole, whole: Whole, other_part: Whole, other_whole: Whole) -> Numbers:
    """p: how often chance alone makes the first share so much larger (one-sided, any shape).

    The normal approximation with one pooled share and Yates's correction (1934, J. R. Stat. Soc. Suppl. 1:217–235),
    which errs on the side of “no difference” where people are few; 1 where either side saw nothing.
    """
    everybody = whole + other_whole
    pooled = (part + other_part) / np.maximum(everybody, 1)
    counted = (whole > 0) & (other_whole > 0)
    part_expected = whole * pooled
    scatter = np.sqrt(whole * pooled * (1 - pooled) * other_whole / np.maximum(everybody, 1))
    above = np.maximum(part - part_expected - 0.5, 0) / np.where(scatter > 0, scatter, 1)
    z = np.where(part > part_expected, above, -np.inf)
    return np.asarray(np.where(counted & (scatter > 0), ndtr(-z), 1.0))


def corrected(p: Numbers) -> Numbers:
    """The smallest share of false finds at which each test (any shape) would be called one.

    Benjamini and Hochberg (1995, J. R. Stat. Soc. B 57:289–300), the step-up procedure.
    """
    flat = p.ravel()
    order = np.argsort(flat, kind="stable")
    scaled = flat[order] * len(flat) / np.arange(1, len(flat) + 1)
    found = np.empty_like(flat)
    found[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return found.reshape(p.shape)
