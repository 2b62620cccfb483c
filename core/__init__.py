"""The numbers: data, features, cost, descent and its trace. Knows no GUI; imports only numpy and the standard library at start."""
