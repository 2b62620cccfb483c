"""Workbooks: of several sheets the dialog asks for one, and reads it when it is chosen."""

import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gui.dialogs.import_table import ImportDialog
from gui.main_window import MainWindow
from tests.gui.hands import LEFT, LONG_MS, choose, loaded

ANIMALS = [["height", "weight", "group"], [1.5, 50, "cat"], [1.6, 55, "cat"], [1.9, 80, "dog"], [1.8, 90, "dog"]]
PLANTS = [["length", "width", "kind"], [5.1, 3.5, "iris"], [4.9, 3.0, "iris"], [6.3, 2.9, "rose"]]
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.main+xml"/></Types>'
)
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'

Row = list[object]


def workbook(path: Path, sheets: dict[str, list[Row]]) -> Path:
    """An .xlsx file with these sheets."""
    names = "".join(f'<sheet name="{name}" sheetId="{k}" r:id="r{k}"/>' for k, name in enumerate(sheets, 1))
    links = "".join(
        f'<Relationship Id="r{k}" Type="{RELATED}/worksheet" Target="worksheets/sheet{k}.xml"/>' for k in range(1, len(sheets) + 1)
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", LINKS.format(f'<Relationship Id="r" Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/>'))
        file.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{names}</sheets></workbook>')
        file.writestr("xl/_rels/workbook.xml.rels", LINKS.format(links))
        for k, rows in enumerate(sheets.values(), 1):
            cells = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
            file.writestr(f"xl/worksheets/sheet{k}.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>')
    return path


def _cell(value: object) -> str:
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>' if isinstance(value, str) else f"<c><v>{value}</v></c>"


def asked(qtbot: QtBot, window: MainWindow, path: Path) -> ImportDialog:
    window.opening.open_file(str(path))
    qtbot.waitUntil(lambda: window.findChild(ImportDialog) is not None, timeout=LONG_MS)
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    return dialog


def test_a_workbook_with_one_clean_sheet_opens_without_a_question(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.opening.open_file(str(workbook(tmp_path / "one.xlsx", {"Animals": ANIMALS})))
    loaded(qtbot, window)
    assert window.findChild(QDialog) is None
    assert window.session.experiment.dataset.X.tolist() == [[1.5, 50], [1.6, 55], [1.9, 80], [1.8, 90]]


@pytest.mark.parametrize("sheet", ["Animals", "Plants"])
def test_of_several_sheets_one_is_chosen(qtbot: QtBot, window: MainWindow, tmp_path: Path, sheet: str) -> None:
    dialog = asked(qtbot, window, workbook(tmp_path / "two.xlsx", {"Animals": ANIMALS, "Plants": PLANTS}))
    assert dialog.format.sheet.isVisible() and not dialog.format.delimiter.isVisible()
    assert [dialog.format.sheet.itemText(k) for k in range(dialog.format.sheet.count())] == ["Animals", "Plants"]
    choose(qtbot, dialog.format.sheet, sheet)
    qtbot.waitUntil(lambda: not window.session.loader.active and not dialog._counting, timeout=LONG_MS)
    qtbot.mouseClick(dialog.open_button, LEFT)
    qtbot.waitUntil(lambda: window.findChild(QDialog) is None)
    loaded(qtbot, window)
    assert window.session.experiment.dataset.class_names == (("cat", "dog") if sheet == "Animals" else ("iris", "rose"))
