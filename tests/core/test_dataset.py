"""Dataset: checked when it is made, never changed after that; an edit is another dataset."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from core import dataset as dataset_module
from core.dataset import LARGEST, Dataset, Source
from core.errors import DataError

X = [[0.5, 1.5], [1.0, 1.0], [3.0, 0.5]]
Y = [0, 0, 1]


def make(**changes: object) -> Dataset:
    return Dataset(**{"X": X, "y": Y, **changes})  # type: ignore[arg-type]


def refusal(**changes: object) -> str:
    with pytest.raises(DataError) as caught:
        make(**changes)
    message = str(caught.value)
    assert ";" in message, "what to do comes after the semicolon"
    assert "\n" not in message
    assert caught.value.template.format(**caught.value.values) == message
    return message


def test_examples_are_kept_as_float64_with_names() -> None:
    dataset = make()
    assert (dataset.X.tolist(), dataset.y.tolist()) == (X, Y)
    assert dataset.X.dtype == dataset.y.dtype == np.float64
    assert (dataset.m, dataset.n, dataset.class_counts()) == (3, 2, (2, 1))
    assert (dataset.feature_names, dataset.class_names, dataset.title) == (("x1", "x2"), ("0", "1"), "")
    assert make(source=Source("Flowers")).title == "Flowers"


def test_names_given_as_lists_become_tuples() -> None:
    dataset = make(feature_names=["a", "b"], class_names=["no", "yes"])
    assert (dataset.feature_names, dataset.class_names) == (("a", "b"), ("no", "yes"))


def test_any_number_of_features_is_possible() -> None:
    dataset = Dataset(np.ones((4, 3)), np.zeros(4), ("a", "b", "c"))
    assert (dataset.m, dataset.n) == (4, 3)


# What is refused.


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1.01e150, -1e300])
def test_a_feature_that_cannot_be_computed_with_is_refused_with_its_place(value: float) -> None:
    message = refusal(X=[[0.0, 1.0], [2.0, value], [np.nan, 3.0]], feature_names=("size", "age"))
    assert message.startswith("Example 2, feature age:")
    assert str(value) in message
    assert "1e150" in message


def test_the_largest_feature_is_accepted() -> None:
    assert make(X=[[LARGEST, -LARGEST], [0, 0], [1, 1]]).X[0].tolist() == [1e150, -1e150]


@pytest.mark.parametrize("label", [2, -1, 0.5, np.nan, np.inf])
def test_a_label_other_than_0_and_1_is_refused_with_its_place(label: float) -> None:
    message = refusal(y=[0, label, 1])
    assert message.startswith("Example 2: label")
    assert "0 or 1" in message


@pytest.mark.parametrize(
    ("examples", "labels"),
    [(X, [0, 1]), (X, [[0], [0], [1]]), ([1.0, 2.0, 3.0], Y), (X, []), ([], [1]), (np.zeros((3, 2, 1)), Y), (np.zeros((0, 2)), [1])],
)
def test_shapes_that_do_not_fit_are_refused_with_both_shapes(examples: object, labels: object) -> None:
    message = refusal(X=np.array(examples, dtype=float), y=np.array(labels, dtype=float))
    assert "one label for each row" in message
    assert str(np.shape(labels)) in message


@pytest.mark.parametrize("names", [("x1",), ("a", "b", "c"), ()])
def test_names_that_do_not_fit_the_columns_are_refused_with_both_numbers(names: tuple[str, ...]) -> None:
    message = refusal(feature_names=names)
    assert "2 columns" in message
    assert f"{len(names)} feature names" in message


# Nothing changes under its reader.


def test_the_arrays_are_read_only_and_the_fields_frozen() -> None:
    dataset = make()
    with pytest.raises(ValueError, match="read-only"):
        dataset.X[0, 0] = 9.0
    with pytest.raises(ValueError, match="read-only"):
        dataset.y[0] = 1.0
    with pytest.raises(FrozenInstanceError):
        dataset.X = np.zeros((3, 2))  # type: ignore[misc]


def test_later_changes_of_the_arrays_it_was_made_from_do_not_reach_it() -> None:
    examples, labels = np.array(X), np.array(Y, dtype=float)
    dataset = make(X=examples, y=labels)
    examples[0, 0], labels[0] = 99.0, 1.0
    assert (dataset.X[0, 0], dataset.y[0]) == (0.5, 0.0)
    assert examples.flags.writeable, "the caller may go on with its own arrays"


def test_an_edit_shares_what_it_does_not_change() -> None:
    dataset = make()
    assert dataset.with_moved(0, [1.0, 2.0]).y is dataset.y
    assert replace(dataset, class_names=("no", "yes")).X is dataset.X


# Edits.


@pytest.fixture
def original() -> Dataset:
    return make(feature_names=("a", "b"), class_names=("no", "yes"), source=Source("Flowers"))


def assert_unchanged(dataset: Dataset) -> None:
    assert (dataset.X.tolist(), dataset.y.tolist()) == (X, Y)


def assert_edit_of(edit: Dataset, original: Dataset) -> None:
    assert (edit.feature_names, edit.class_names, edit.source) == (original.feature_names, original.class_names, original.source)
    assert not edit.X.flags.writeable
    assert not edit.y.flags.writeable
    assert edit.continues(original)
    assert original.continues(edit)
    assert_unchanged(original)


def test_a_point_is_added_at_the_end(original: Dataset) -> None:
    edit = original.with_point((7, 8), 1)
    assert edit.X.tolist() == [*X, [7, 8]]
    assert edit.y.tolist() == [*Y, 1]
    assert_edit_of(edit, original)


def test_a_point_is_moved(original: Dataset) -> None:
    edit = original.with_moved(1, (7, 8))
    assert edit.X.tolist() == [X[0], [7, 8], X[2]]
    assert edit.y.tolist() == Y
    assert_edit_of(edit, original)


@pytest.mark.parametrize(("erased", "kept"), [([0], [1, 2]), ([2, 0], [1]), ([], [0, 1, 2]), ([1, 1], [0, 2]), ([0, 1, 2], [])])
def test_points_are_erased(original: Dataset, erased: list[int], kept: list[int]) -> None:
    edit = original.without(erased)
    assert edit.X.tolist() == [X[i] for i in kept]
    assert edit.y.tolist() == [Y[i] for i in kept]
    assert edit.X.shape == (len(kept), 2)
    assert_edit_of(edit, original)


def test_an_impossible_edit_raises_and_changes_nothing(original: Dataset) -> None:
    with pytest.raises(DataError):
        original.with_point((np.nan, 0), 1)
    with pytest.raises(DataError):
        original.with_point((0, 0), 2)
    with pytest.raises(DataError):
        original.with_moved(0, (0, 1e200))
    with pytest.raises(IndexError):
        original.with_moved(3, (0, 0))
    assert_unchanged(original)


@pytest.mark.parametrize("empty", [np.empty((0, 2)), []])
def test_an_empty_dataset_takes_its_first_point(empty: object) -> None:
    dataset = Dataset(empty, [])  # type: ignore[arg-type]
    assert (dataset.m, dataset.n, dataset.class_counts()) == (0, 2, (0, 0))
    assert dataset.with_point((1, 2), 0).X.tolist() == [[1, 2]]


def test_what_was_checked_once_is_shared_and_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    original = make()
    looked_at: list[int] = []
    look = dataset_module._good_features
    monkeypatch.setattr(dataset_module, "_good_features", lambda X: (looked_at.append(X.size), look(X))[1])
    edit = replace(original, source=Source("Flowers")).with_point((7, 8), 1).with_moved(0, (1, 2)).without([1])
    assert edit.X.tolist() == [[1, 2], [3, 0.5], [7, 8]]
    assert max(looked_at) == 2, "only the new point"


def test_a_read_only_array_of_somebody_else_is_copied_and_checked() -> None:
    base = np.array(X)
    view = base[:]
    view.setflags(write=False)
    dataset = make(X=view)
    base[0, 0] = np.nan
    assert dataset.X[0, 0] == 0.5
    with pytest.raises(DataError):
        replace(dataset, X=view)


def test_an_impossible_edit_names_the_example_and_leaves_no_way_in(original: Dataset) -> None:
    with pytest.raises(DataError, match="Example 4, feature b: nan"):
        original.with_point((0, np.nan), 1)
    with pytest.raises(DataError, match=r"Example 4: label 0\.5"):
        original.with_point((0, 0), 0.5)  # type: ignore[arg-type]
    with pytest.raises(DataError, match="Example 2, feature a: 1e\\+200"):
        original.with_moved(1, (1e200, 0))


# Whether w and b keep their meaning.


def test_other_columns_classes_or_files_do_not_continue_a_dataset(original: Dataset) -> None:
    by_hand = replace(original, source=None)
    assert not replace(by_hand, feature_names=("a", "c")).continues(original)
    assert not replace(by_hand, class_names=("yes", "no")).continues(original)
    assert not replace(original, source=Source("Flowers")).continues(original), "the same title is not the same file"


def test_a_dataset_made_by_hand_continues_one_with_the_same_columns(original: Dataset) -> None:
    by_hand = replace(original, source=None)
    assert by_hand.continues(original)
    assert not original.continues(by_hand)


# Several at once, labels, names, examples kept back.


def test_points_are_added_moved_relabelled_and_erased_several_at_once() -> None:
    dataset = make().with_points([[5.0, 6.0], [7.0, 8.0]], [1, 0])
    assert dataset.X[3:].tolist() == [[5.0, 6.0], [7.0, 8.0]]
    dataset = dataset.with_moved([0, 4], [[0.0, 0.0], [9.0, 9.0]]).with_labels([0, 1], 1).with_labels([2, 3], [0, 0])
    assert dataset.X[[0, 4]].tolist() == [[0.0, 0.0], [9.0, 9.0]]
    assert dataset.y.tolist() == [1, 1, 0, 0, 0]
    assert dataset.without([1, 3]).y.tolist() == [1, 0, 0]


def test_what_is_edited_in_is_checked() -> None:
    with pytest.raises(DataError, match="Example 4, feature x2"):
        make().with_points([[1.0, np.inf]], [0])
    with pytest.raises(DataError, match="Example 2: label"):
        make().with_labels([1], 2)


def test_renamed_data_goes_on_with_its_run() -> None:
    dataset = make(source=Source("Flowers"))
    renamed = dataset.renamed(features=("length", "width"), classes=("setosa", "virginica"))
    assert renamed.continues(dataset)
    assert (renamed.feature_names, renamed.class_names) == (("length", "width"), ("setosa", "virginica"))


def test_examples_kept_back_are_not_trained_on() -> None:
    dataset = make(test=[False, True, False])
    assert (dataset.training.y.tolist(), dataset.kept_back.X.tolist()) == ([0, 1], [X[1]])
    assert (dataset.training.test, dataset.kept_back.test) == (None, None)
    assert make().training.m == 3
    assert make().kept_back.m == 0
    assert make(test=[False] * 3).test is None


def test_edits_keep_who_is_kept_back() -> None:
    dataset = make(test=[False, True, True]).with_point((0.0, 0.0), 1)
    assert dataset.test is not None
    assert dataset.test.tolist() == [False, True, True, False]
    kept = dataset.without([1]).with_moved(0, (4.0, 4.0)).with_labels(0, 1).test
    assert kept is not None
    assert kept.tolist() == [False, True, False]


def test_a_mark_for_each_example_is_needed() -> None:
    assert "shape (2,) for 3 examples" in refusal(test=[True, False])
