"""Controls and small displays that panels are put together from."""
