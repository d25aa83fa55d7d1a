"""A scenario file of one district, made from the tables and a council's own data, for a person."""

from scenarios.place_file.figures import Figure
from scenarios.place_file.find import PlaceError, find_district
from scenarios.place_file.place import Place, put_together
from scenarios.place_file.text import place_text

__all__ = ["Figure", "Place", "PlaceError", "find_district", "place_text", "put_together"]
