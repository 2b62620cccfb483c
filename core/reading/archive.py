"""A zip archive: a workbook that can be read, or something that is refused by name. Looks at the directory of the archive only."""

import io
import zipfile

from core.errors import DataError
from core.reading.file import Bytes
from core.reading.kinds import no_table

MOST_BYTES = 1 << 30  # of all parts, unpacked
MOST_RATIO = 250  # numbers pack to a tenth, equal ones to a hundredth
_SMALL_BYTES = 50 << 20  # that much is no danger, however well it packs

_NAMED_PARTS = (
    ("xl/workbook.bin", "an Excel binary workbook (.xlsb)"),
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("Index/Document.iwa", "a Numbers, Pages or Keynote document"),
    ("META-INF/MANIFEST.MF", "a program (Java archive)"),
    ("AndroidManifest.xml", "a program (Android package)"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_SPREADSHEET = _OPEN_DOCUMENT + "spreadsheet"


def check_workbook(data: Bytes, file: str) -> None:
    """Raises DataError unless the archive is an .xlsx or .ods workbook of an acceptable size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            kind = _kind(archive, [part.filename for part in parts])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, KeyError) as error:
        raise damaged(file) from error
    if kind is not None:
        raise no_table(file, kind)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_BYTES or (unpacked > _SMALL_BYTES and unpacked > MOST_RATIO * len(data)):
        raise DataError(
            "{file} would unpack from {packed} MB to {unpacked} MB, which no honest workbook does; save the sheet as CSV and open that",
            file=file,
            packed=f"{len(data) / 1e6:.1f}",
            unpacked=f"{unpacked / 1e6:.0f}",
        )


def damaged(file: str) -> DataError:
    """The refusal of a workbook that cannot be opened."""
    return DataError(
        "{file} is a damaged workbook or archive; open it in a spreadsheet program, save it again as .xlsx or CSV, and open that", file=file
    )


def _kind(archive: zipfile.ZipFile, names: list[str]) -> str | None:
    """What it is by name, None for a workbook."""
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        what = archive.read("mimetype").decode("ascii", "replace").strip()
        if what.startswith(_OPEN_DOCUMENT):
            return None if what.startswith(_SPREADSHEET) else "an OpenDocument file without a spreadsheet"
        if what == "application/epub+zip":
            return "an e-book"
    for part, kind in _NAMED_PARTS:
        if any(name == part or (part.endswith("/") and name.startswith(part)) for name in names):
            return kind
    if "xl/workbook.xml" in names:
        return None
    if names and all(name.endswith(".npy") for name in names):
        return "a NumPy archive"
    return "a zip archive"
