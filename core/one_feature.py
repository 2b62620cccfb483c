"""One feature instead of two, and back: for data that is no table. A table's columns are chosen by core.table.

What was drawn or erased while there was one feature has no x2, so the second feature comes back with the examples as they were with it.
"""

from dataclasses import dataclass, replace

import numpy as np

from core.boundary import Range
from core.dataset import Dataset, Source
from core.experiment import Experiment


@dataclass(frozen=True, eq=False, kw_only=True)
class OneFeatureSource(Source):
    """The source of a dataset whose second feature was left out; `whole` still has it."""

    whole: Dataset


def without_second(dataset: Dataset) -> Dataset:
    """The examples with their first feature alone; classes, names and test set stay."""
    title, note = (dataset.source.title, dataset.source.note) if dataset.source else ("", "")
    source = OneFeatureSource(title, note, whole=dataset)
    return replace(dataset, X=dataset.X[:, :1], feature_names=dataset.feature_names[:1], source=source)


def with_second(dataset: Dataset) -> Dataset:
    """The examples as they were with both features, under the names given since; of other data the dataset itself."""
    source = dataset.source
    if not isinstance(source, OneFeatureSource):
        return dataset
    whole = source.whole
    first, second = dataset.feature_names[0], whole.feature_names[1]
    features = whole.feature_names if first == second else (first, second)
    return replace(whole, feature_names=features, class_names=dataset.class_names)


def is_edited(dataset: Dataset) -> bool:
    """Whether examples were changed since the second feature was left out, so that with_second() takes that back."""
    source = dataset.source
    if not isinstance(source, OneFeatureSource):
        return False
    return not (np.array_equal(dataset.X, source.whole.X[:, :1]) and np.array_equal(dataset.y, source.whole.y))


def landscape_ranges(experiment: Experiment) -> tuple[Range, Range] | None:
    """The range of w and that of b over which a lesson shows the cost of its data, as trained; None where the view must find its own."""
    source = experiment.dataset.source
    as_in_the_lesson = (experiment.n_terms, experiment.scaling, experiment.model) == (1, "none", "logistic")
    return source.w_b_range if source is not None and as_in_the_lesson else None
