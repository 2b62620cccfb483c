"""The data table: every example as a row, in a dock beside or under the plots."""
