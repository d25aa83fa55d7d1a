"""Levers beside buying: fair employment, land and assets, inclusive finance, as formulas."""
