"""A user's file → its columns (core.table makes a Table of them). Each file here is one step:

textfile   bytes → text
records    text → rows of cells, with the line each starts in
header     the first row: the names of the columns
fast       the fast way, for large clean files
read       which way a file is read, and the careful way
column     cells of a column → numbers, and texts where they matter
problems   what keeps a column from being a feature or the label, as one sentence
"""
