"""A scenario whose places stand in the tables: its areas and councils are made, not written."""

from scenarios.from_tables.expand import Expanded, expand, named_neighbours

__all__ = ["Expanded", "expand", "named_neighbours"]
