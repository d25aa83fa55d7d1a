"""A scenario whose places stand in the tables: its areas and councils are made, not written."""

from scenarios.from_tables.expand import expand

__all__ = ["expand"]
