"""Cells that come as HTML: what spreadsheets and browsers put on the clipboard."""

import pytest

from core.html_table import table_of_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>", "a\tb\n1\t2\n"),
        ("<TABLE><TR><TH>a<TH>b<TR><TD>1<TD>2</TABLE>", "a\tb\n1\t2\n"),
        ("<table><tr><td><b>a</b> &amp;\n b</td><td> 1,5&nbsp;</td></tr></table>", "a & b\t1,5\n"),
        ('<table><tr><td colspan="2">a<td>b</tr></table>', "a\t\tb\n"),
        ('<table><tr><td>say "hi"<td>a|b</tr></table>', '"say ""hi"""\t"a|b"\n'),
        ("<table><tr><td>one<br>two</tr></table>", "one two\n"),
        ("<table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table> more", "a\n"),
        ("<p>no table</p>", ""),
        ("<table></table>", ""),
        ("<td>stray</td>", ""),
        ('<table><tr><td colspan="x">a<td colspan="-3">b</tr></table>', "a\tb\n"),
        ("", ""),
    ],
)
def test_the_first_table_becomes_lines_of_cells(html: str, text: str) -> None:
    assert table_of_html(html) == text
