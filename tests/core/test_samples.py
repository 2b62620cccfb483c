"""The samples: the numbers that lessons rely on come out, and every sample keeps the contract."""

import numpy as np
import pytest

from core import linear, logistic
from core.dataset import Array, Dataset
from core.errors import DataError
from core.features import FeatureMap
from core.samples import SAMPLES, blobs, make_sample
from core.table import TableSource

SYNTHETIC = ["tumors", "blobs", "overlap", "moons", "ring", "xor", "exams", "outliers", "rare"]
REAL = ["iris", "breast-cancer"]


def descend(X: Array, y: Array, alpha: float, iterations: int) -> tuple[Array, float]:
    w, b = np.zeros(X.shape[1]), 0.0
    for _ in range(iterations):
        dj_dw, dj_db = logistic.gradient(X, y, w, b)
        w, b = w - alpha * dj_dw, b - alpha * dj_db
    return w, b


def accuracy(dataset: Dataset, degree: int) -> float:
    X = FeatureMap.fit(dataset.X, degree, "zscore").apply(dataset.X)
    w, b = descend(X, dataset.y, alpha=1.0, iterations=2000)
    return float(((X @ w + b >= 0) == dataset.y).mean())


def test_the_registry_holds_all_samples_under_their_own_keys() -> None:
    assert set(SAMPLES) == {"course", "course-1d", *SYNTHETIC, *REAL}
    assert all(sample.key == key for key, sample in SAMPLES.items())


@pytest.mark.parametrize("key", SAMPLES)
def test_every_sample_has_one_or_two_features_two_classes_and_a_note_for_people(key: str) -> None:
    sample = SAMPLES[key]
    dataset = make_sample(key)
    assert dataset.n == (1 if key == "course-1d" else 2)
    assert min(dataset.class_counts()) > 0
    assert dataset.source is not None
    assert dataset.title == sample.title
    assert dataset.source.note == sample.note
    assert sample.note.endswith(".")


@pytest.mark.parametrize("key", SAMPLES)
def test_the_same_seed_gives_the_same_examples_and_a_new_source(key: str) -> None:
    first, second = make_sample(key, 5), make_sample(key, 5)
    assert np.array_equal(first.X, second.X)
    assert np.array_equal(first.y, second.y)
    assert first.source is not second.source
    assert not second.continues(first)


@pytest.mark.parametrize("key", SYNTHETIC)
def test_synthetic_samples_say_so_and_follow_the_seed(key: str) -> None:
    assert SAMPLES[key].note.startswith("Synthetic")
    assert not np.array_equal(make_sample(key, 1).X, make_sample(key, 2).X)
    assert np.array_equal(make_sample(key).X, make_sample(key, SAMPLES[key].default_seed).X)


@pytest.mark.parametrize("key", REAL)
def test_real_samples_name_source_and_licence_and_let_other_columns_be_chosen(key: str) -> None:
    dataset = make_sample(key)
    assert "UCI" in SAMPLES[key].note
    assert "CC BY 4.0" in SAMPLES[key].note
    assert isinstance(dataset.source, TableSource)
    names = dataset.source.table.numeric_names()
    other = dataset.source.table.to_dataset(x1=names[2], x2=names[3])
    assert other.feature_names == names[2:4]
    assert other.title == SAMPLES[key].title


def test_an_unknown_name_lists_the_names_there_are() -> None:
    with pytest.raises(DataError, match=r"nosuch.*course.*breast-cancer"):
        make_sample("nosuch")


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(DataError, match="Seed -1"):
        make_sample("blobs", -1)


def test_the_course_has_its_six_points() -> None:
    dataset = make_sample("course", 99)
    assert dataset.X.tolist() == [[0.5, 1.5], [1, 1], [1.5, 0.5], [3, 0.5], [2, 2], [1, 2.5]]
    assert dataset.y.tolist() == [0, 0, 0, 1, 1, 1]
    assert dataset.feature_names == ("x1", "x2")
    assert dataset.class_names == ("0", "1")
    assert logistic.cost(dataset.X, dataset.y, np.ones(2), -3.0) == pytest.approx(0.36686678640551745, rel=1e-14)


def test_tumors_lie_in_the_range_of_patients() -> None:
    dataset = make_sample("tumors")
    assert dataset.class_counts() == (45, 45)
    assert dataset.feature_names == ("Tumor size (cm)", "Age (years)")
    assert dataset.class_names == ("benign", "malignant")
    for seed in range(20):
        X = make_sample("tumors", seed).X
        assert ((X >= (0.5, 20)) & (X <= (6, 85))).all()
    assert 0.85 < accuracy(dataset, 1) < 0.97


def test_the_default_clouds_are_those_of_scenario_2() -> None:
    dataset = make_sample("blobs")
    assert np.array_equal(dataset.X, blobs(1, 200, 1, 1.2).X)
    for alpha, J in [(0.001, 0.608), (0.01, 0.336), (0.1, 0.183), (1.0, 0.165)]:
        w, b = descend(dataset.X, dataset.y, alpha, 200)
        assert logistic.cost(dataset.X, dataset.y, w, b) == pytest.approx(J, abs=6e-4)


def test_separable_clouds_grow_w_as_in_scenario_7() -> None:
    dataset = blobs(2, 100, 2, 0.7)
    for iterations, length in [(10, 1.77), (100, 2.58), (1000, 3.63)]:
        w, _ = descend(dataset.X, dataset.y, 1.0, iterations)
        assert np.linalg.norm(w) == pytest.approx(length, abs=0.006)


def test_clouds_of_odd_size_have_all_their_points() -> None:
    assert blobs(0, 7, 1, 1).class_counts() == (3, 4)


def test_exam_scores_are_a_ravine_as_in_scenario_5() -> None:
    dataset = make_sample("exams")
    assert dataset.feature_names == ("Exam 1 score", "Exam 2 score")
    assert dataset.class_names == ("not admitted", "admitted")
    w, b = descend(dataset.X, dataset.y, 0.0005, 10_000)
    assert logistic.cost(dataset.X, dataset.y, w, b) == pytest.approx(0.643, abs=6e-4)
    scaled = FeatureMap.fit(dataset.X, 1, "zscore").apply(dataset.X)
    w, b = descend(scaled, dataset.y, 1.0, 356)
    assert logistic.cost(scaled, dataset.y, w, b) == pytest.approx(0.1875 * 1.01, abs=1e-4)


@pytest.mark.parametrize("seed", range(8))
def test_outliers_break_the_line_but_not_the_curve(seed: int) -> None:
    dataset = make_sample("outliers", seed)
    solution, *_ = np.linalg.lstsq(np.column_stack([dataset.X, np.ones(dataset.m)]), dataset.y)
    wrong = (linear.predict(dataset.X, solution[:2], float(solution[2])) >= 0.5) != dataset.y
    assert 9 <= wrong.sum() <= 23
    w, b = descend(dataset.X, dataset.y, 0.1, 5000)
    assert np.array_equal(logistic.predict(dataset.X, w, b) >= 0.5, dataset.y == 1)


def test_the_rare_class_gives_the_recall_of_scenario_11() -> None:
    dataset = make_sample("rare")
    assert dataset.class_counts() == (380, 20)
    w, b = descend(dataset.X, dataset.y, 0.3, 2000)
    f = logistic.predict(dataset.X, w, b)
    assert ((f >= 0.5) == dataset.y).mean() == pytest.approx(0.96)
    assert (f[dataset.y == 1] >= 0.5).mean() == pytest.approx(0.40)
    assert (f[dataset.y == 1] >= 0.1).mean() == pytest.approx(0.75)
    assert dataset.y[f >= 0.1].mean() == pytest.approx(0.33, abs=0.005)


@pytest.mark.parametrize("key", ["xor", "ring"])
def test_xor_and_ring_need_degree_2(key: str) -> None:
    dataset = make_sample(key)
    assert accuracy(dataset, 1) == pytest.approx(0.62, abs=0.02)
    assert accuracy(dataset, 2) == 1.0


def test_moons_gain_from_degree_3() -> None:
    dataset = make_sample("moons")
    assert accuracy(dataset, 1) < 0.92 < accuracy(dataset, 3)


def test_iris_begins_with_its_petals() -> None:
    dataset = make_sample("iris")
    assert dataset.feature_names == ("Petal length (cm)", "Petal width (cm)")
    assert dataset.class_names == ("versicolor", "virginica")
    assert dataset.class_counts() == (50, 50)


def test_malignant_is_class_1_of_breast_cancer() -> None:
    dataset = make_sample("breast-cancer")
    assert dataset.feature_names == ("Mean radius", "Mean texture")
    assert dataset.class_names == ("benign", "malignant")
    assert dataset.class_counts() == (357, 212)
    assert isinstance(dataset.source, TableSource)
    assert len(dataset.source.table.numeric_names()) == 30
