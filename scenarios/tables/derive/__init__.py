"""How the tables of English districts come from the published ones: it can be run again.

`python -m scenarios.tables.derive FOLDER` writes the five tables anew; the folder holds the
published files under the names that districts.md lists. Nothing else of the house imports this.
"""
