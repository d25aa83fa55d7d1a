"""Two scales that everybody counts by: what a whole is parted into, and what a unit once cost."""

CUM_ONE = 65536
"""Cumulative shares rise to this; a share is told in parts of it."""
PENCE_A_UNIT = 100.0
"""A unit of a need is a pound's worth at the built state's price."""
