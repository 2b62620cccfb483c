"""Names of features and classes as people give them: checked, and kept where the columns they belong to stay."""

import numpy as np

from core.dataset import Dataset
from core.errors import SettingError
from core.table_source import TableSource

MOST_CHARACTERS = 100


def with_feature_name(dataset: Dataset, feature: int, name: str) -> Dataset:
    """The dataset with another name for one feature, 0..n-1. Raises SettingError for an empty, a long or a doubled name."""
    names = list(dataset.feature_names)
    names[feature] = _checked(name, names[:feature] + names[feature + 1 :])
    return dataset.renamed(features=tuple(names))


def with_class_name(dataset: Dataset, label: int, name: str) -> Dataset:
    """The dataset with another name for class 0 or 1. Raises SettingError for an empty, a long or a doubled name."""
    new = _checked(name, [dataset.class_names[1 - label]])
    return dataset.renamed(classes=(new, dataset.class_names[1]) if label == 0 else (dataset.class_names[0], new))


def with_names_kept(new: Dataset, old: Dataset) -> Dataset:
    """`new`, made of other columns of the same table as `old`, with the names that were given to the columns that both have.

    The names of the classes are kept where every label is what it was: with another column, or with the classes the other way round, they
    would be wrong.
    """
    now, before = new.source, old.source
    if not isinstance(now, TableSource) or not isinstance(before, TableSource) or now.table is not before.table:
        return new
    given = dict(zip(before.columns.features, old.feature_names, strict=True))
    features = tuple(given.get(column, column) for column in now.columns.features)
    if len(set(features)) < len(features):
        features = new.feature_names
    same_labels = now.columns.label == before.columns.label and np.array_equal(new.y, old.y)
    return new.renamed(features=features, classes=old.class_names if same_labels else None)


def _checked(name: str, others: list[str]) -> str:
    # Line breaks and tabs would break the lines that names stand in.
    name = " ".join(name.split())
    if not name:
        raise SettingError("A name cannot be empty; write one, or press Escape to keep the one it has")
    if name in others:
        raise SettingError("The name {name} is taken already; give another one", name=name)
    if len(name) > MOST_CHARACTERS:
        raise SettingError("A name of {count} characters is too long; use at most {most}", count=len(name), most=MOST_CHARACTERS)
    return name
