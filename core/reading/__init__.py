"""A user's file → its columns (core.table makes a Table of them). Each file here is one step:

file       the bytes, or the system's reason why there are none
kinds      what kind of file it is; what is no table is refused by name
encoding   bytes → text
separator  what stands between cells
records    text → rows of cells, with the line each begins in
archive, workbook, worker, workbook_process   a sheet of a workbook → rows of cells
header     the first row: names of columns, or an example
decimal    decimal point or decimal comma
cells      a cell: number, missing, infinite, too large or text
column     the cells of a column → numbers, and texts where they matter
careful    rows → columns, and what does not fit
fast       the fast way, for large clean texts
read       which way a file is read
bad_rows, problems, label_check, notes   what is wrong, as sentences
suggestion which columns are taken unasked
"""
