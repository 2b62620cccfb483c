"""Names that people give: what is refused, that the run goes on, and which names stay when other columns are chosen."""

from pathlib import Path

import pytest

from core.dataset import Dataset
from core.errors import SettingError
from core.names import with_class_name, with_feature_name, with_names_kept
from core.samples import make_sample
from core.split import with_split
from core.table import Table, read_table

TABLE = "size,age,weight,kind,other\n1,10,70,a,u\n2,20,80,b,u\n3,15,75,a,v\n4,40,60,b,v\n"


@pytest.fixture
def table(tmp_path: Path) -> Table:
    path = tmp_path / "patients.csv"
    path.write_text(TABLE)
    return read_table(path)


def test_a_name_is_taken_without_room_around_it_and_everything_else_stays() -> None:
    tumors = with_split(make_sample("tumors"))
    renamed = with_class_name(with_feature_name(tumors, 1, "  Years \n lived "), 0, "harmless")
    assert renamed.feature_names == ("Tumor size (cm)", "Years lived")
    assert renamed.class_names == ("harmless", "malignant")
    assert renamed.continues(tumors)
    assert renamed.is_renamed(tumors)
    assert renamed.split == tumors.split
    assert with_class_name(renamed, 1, "bad").class_names == ("harmless", "bad")


@pytest.mark.parametrize("name", ["", "   ", "\t\n"])
def test_an_empty_name_is_refused(name: str) -> None:
    for rename in (with_feature_name, with_class_name):
        with pytest.raises(SettingError, match="cannot be empty"):
            rename(make_sample("tumors"), 0, name)


def test_a_doubled_name_is_refused_and_its_own_name_is_not() -> None:
    tumors = make_sample("tumors")
    with pytest.raises(SettingError, match=r"Age \(years\) is taken"):
        with_feature_name(tumors, 0, " Age (years)")
    with pytest.raises(SettingError, match="benign is taken"):
        with_class_name(tumors, 1, "benign")
    assert with_class_name(tumors, 1, "malignant").class_names == tumors.class_names


def test_a_name_too_long_for_any_screen_is_refused() -> None:
    with pytest.raises(SettingError, match="at most 100"):
        with_feature_name(make_sample("tumors"), 0, "x" * 101)


def renamed(dataset: Dataset) -> Dataset:
    return with_class_name(with_feature_name(with_feature_name(dataset, 0, "Length"), 1, "Years"), 1, "ill")


def test_other_columns_keep_the_names_given_to_those_that_stay(table: Table) -> None:
    old = renamed(table.to_dataset("size", "age", "kind"))
    assert with_names_kept(table.to_dataset("size", "weight", "kind"), old).feature_names == ("Length", "weight")
    swapped = with_names_kept(table.to_dataset("age", "size", "kind"), old)
    assert swapped.feature_names == ("Years", "Length")
    assert swapped.class_names == ("a", "ill")


def test_another_label_brings_its_own_classes(table: Table) -> None:
    old = renamed(table.to_dataset("size", "age", "kind"))
    assert with_names_kept(table.to_dataset("size", "age", "other"), old).class_names == ("u", "v")


def test_classes_that_are_other_examples_now_do_not_keep_their_names(table: Table) -> None:
    old = renamed(table.to_dataset("size", "age", "kind"))
    turned = old.with_labels(range(4), 1 - old.y)
    assert with_names_kept(table.to_dataset("size", "weight", "kind"), turned).class_names == ("a", "b")


def test_names_of_another_table_are_not_taken_over(table: Table, tmp_path: Path) -> None:
    old = renamed(table.to_dataset("size", "age", "kind"))
    assert with_names_kept(read_table(table.path).to_dataset("size", "age", "kind"), old).feature_names == ("size", "age")
    assert with_names_kept(make_sample("moons"), old).feature_names == ("x1", "x2")


def test_a_given_name_that_is_that_of_the_new_column_gives_way(table: Table) -> None:
    old = with_feature_name(table.to_dataset("size", "age", "kind"), 0, "weight")
    assert with_names_kept(table.to_dataset("size", "weight", "kind"), old).feature_names == ("size", "weight")
