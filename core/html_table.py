"""The first table in a piece of HTML, as a spreadsheet or a browser puts it on the clipboard, → tab-separated text."""

from html.parser import HTMLParser

CELLS = ("td", "th")


def table_of_html(html: str) -> str:
    """One line for each row, cells quoted where they must be; empty when there is no table. A cell over several columns is in the first."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in parser.rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in '"\t;|') else cell


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None
        self._more = 0  # columns that the cell spans beside its first
        self._over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._over:
            return
        if tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in CELLS and self.rows:
            self._end_cell()
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._more = min(int(span), 1000) - 1 if span.isdecimal() else 0
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in (*CELLS, "tr", "table"):
            self._end_cell()
        self._over = self._over or (tag == "table" and bool(self.rows))

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._over:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None:
            self.rows[-1] += [" ".join("".join(self._cell).split()), *[""] * self._more]
            self._cell = None
