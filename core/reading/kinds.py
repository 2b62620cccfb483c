"""What kind of file it is, by its first bytes: a text, a workbook, or something that is no table and is refused by name."""

import re

from core.errors import DataError
from core.reading.file import Bytes

TEXT, ZIP, OLD_OFFICE = "text", "zip", "old office"

_NAMED: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8[79]a", "a GIF picture"),
    (b"BM....\0\0\0\0", "a BMP picture"),
    (b"II\\*\0|MM\0\\*", "a TIFF picture"),
    (b"RIFF....WEBP", "a WebP picture"),
    (b"RIFF....(WAVE|AVI )", "a sound or film"),
    (b"....ftyp(avif|hei[cfsx]|mif1)", "a picture"),
    (b"....ftyp|\x1aE\xdf\xa3|OggS|fLaC|ID3[\x02-\x04]", "a sound or film"),
    (b"\\s*%PDF-", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"\\{\\\\rtf", "a text document (RTF)"),
    (b"PAR1[^ -~\t\r\n]", "a Parquet file"),
    (b"(ARROW1|FEA1)[^ -~\t\r\n]", "an Arrow or Feather file"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    (b"CDF[\x01\x02\x05]", "a NetCDF file"),
    (b"\x93NUMPY", "a NumPy array"),
    (b"MATLAB 5\\.0 MAT-file", "a MATLAB file"),
    (b"Obj\x01", "an Avro file"),
    (b"ORC[^ -~\t\r\n]", "an ORC file"),
    (b"\x80[\x02-\x05][^\n]*\\.?", "a Python pickle"),
    (b"\\$FL[23]", "an SPSS file"),
    (b"<stata_dta>", "a Stata file"),
    (b"RD[AX][23]\n", "an R data file"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"BZh[1-9]1AY&SY", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\\(\xb5/\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF|MZ[^\n]{0,80}\0|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe", "a program"),
    (b"\0\x01\0\0\0|OTTO\0|wOF[F2]", "a font"),
    (b"(\xef\xbb\xbf)?\\s*<(!DOCTYPE )?svg[ >]", "an SVG picture"),
    (b"(\xef\xbb\xbf)?\\s*(<!--.{0,2000}-->\\s*)?<(!DOCTYPE html|html|head|body|table)[ >\r\n]", "a web page"),
    (b"(\xef\xbb\xbf)?\\s*<\\?xml", "an XML file"),
    (b"(\xef\xbb\xbf)?\\s*(\\{\\s*(\"|\\})|\\[\\s*[{\\[])", "a JSON file"),
    (b"(\xef\xbb\xbf)?(%[^\n]*\n|\\s)*@relation\\s", "an ARFF file"),
    (b"version https://git-lfs\\.github\\.com/spec/", "only a pointer to a file in Git LFS"),
)  # fmt: skip
_KINDS = tuple((re.compile(pattern, re.DOTALL | re.IGNORECASE), name) for pattern, name in _NAMED)
_LOOKED_AT = 4096
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLD_OFFICE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(data: Bytes, file: str) -> str:
    """TEXT, ZIP or OLD_OFFICE. Raises DataError that names a kind of file which is no table."""
    head = bytes(data[:_LOOKED_AT])
    if head.startswith(_ZIP_STARTS):
        return ZIP
    if head.startswith(_OLD_OFFICE_START):
        return OLD_OFFICE
    for pattern, name in _KINDS:
        if pattern.match(head):
            raise no_table(file, name)
    return TEXT


def no_table(file: str, name: str) -> DataError:
    """The refusal of a file that is `name`, such as "a PNG picture"."""
    if name.endswith(" archive"):
        return DataError("{file}: This is {kind}, not a table; unpack it, and open the table in it", file=file, kind=name)
    return DataError(
        "{file}: This is {kind}, not a table; save the data as CSV or as a workbook (.xlsx, .xls, .ods) and open that", file=file, kind=name
    )
