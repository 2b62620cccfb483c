"""Which columns of a file are taken unasked: never one that only stands in for the column that was meant."""

from pathlib import Path

import pytest

from core.table import Columns, Table, read_table

IDS = ("PatientNr", "patient_no", "Patient ID", "CASE NUMBER", "sampleKey", "IDNumber", "patientnr", "Key", "number")
NO_IDS = ("Humid", "piano", "turkey", "Number of siblings", "Key rate", "Acid", "No of steps")


def table_of(folder: Path, content: str) -> Table:
    path = folder / "data.csv"
    path.write_text(content, encoding="utf-8")
    return read_table(path)


@pytest.mark.parametrize("name", IDS)
def test_a_number_that_only_names_its_row_is_no_feature(tmp_path: Path, name: str) -> None:
    assert table_of(tmp_path, f"{name},a,b,y\n17,2,3,0\n11,3,5,1\n12,3,7,1\n").suggest() == Columns("a", "b", "y")


@pytest.mark.parametrize("name", NO_IDS)
def test_words_that_only_end_like_an_id_are_features(tmp_path: Path, name: str) -> None:
    assert table_of(tmp_path, f"{name},a,b,y\n17,2,3,0\n11,3,5,1\n12,3,7,1\n").suggest() == Columns(name, "a", "y")
