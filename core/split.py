"""Split: some examples are kept back from training, to see how the model does on examples that it has not seen.

Each class gives the same share, drawn at random, and keeps at least one example in either set where it has two. The same seed keeps back
the same examples of the same data; a larger share keeps back more of them and lets none of them go.
"""

from dataclasses import replace

import numpy as np

from core.dataset import Dataset, Split
from core.parameters import SEED, Parameter

SHARE = Parameter(
    "share",
    "Test set",
    "Share of the examples of each class that is kept back from training, to test on; 0 for none",
    0.0,
    0.9,
    0.2,
    share=True,
)


def with_split(dataset: Dataset, share: float = SHARE.default, seed: int = 0) -> Dataset:
    """The dataset with that share of each class kept back, drawn anew from all examples; a share of 0 keeps none back.

    Raises SettingError for a share outside 0..0.9, and for a seed below 0.
    """
    share, seed = SHARE.check(share), int(SEED.check(seed))
    if not share:
        return without_split(dataset)
    rng = np.random.default_rng(seed)
    test = np.zeros(dataset.m, dtype=bool)
    for label in (0, 1):
        rows = np.flatnonzero(dataset.y == label)
        test[rng.permutation(rows)[: _count(share, len(rows))]] = True
    return replace(dataset, test=test, split=Split(share, seed))


def without_split(dataset: Dataset) -> Dataset:
    """The dataset with every example trained on; the very same one where none is kept back."""
    return dataset if dataset.test is None else replace(dataset, test=None)


def kept_back_counts(dataset: Dataset) -> tuple[int, int]:
    """How many examples of class 0 and of class 1 are kept back."""
    zeros, ones = dataset.class_counts()
    trained_zeros, trained_ones = dataset.training.class_counts()
    return zeros - trained_zeros, ones - trained_ones


def _count(share: float, examples: int) -> int:
    """How many of the examples of one class to keep back."""
    return min(max(round(share * examples), 1), examples - 1) if examples > 1 else 0
