"""Every key of a valid file has a line and a column."""

import tomllib

from scenarios import shelf
from scenarios.locate import locate, place_of
from scenarios.read import read_draft

SAMPLE = '''top = 1
"a.b" = { c = 1, "é" = [1, { x = 2 }], d.e = 3 }
[policies.x]
p = 1
[[policies.x.rules]]
from = { year = 2012 }
[[policies.x.rules]]
from = 2
[policies.x.rules.sub]
k = """a
b"""
l = 3
'''


def test_keys_of_every_form_are_found():
    """Quoted, dotted, inline, in arrays of tables and in their sub-tables."""
    places = locate(SAMPLE)

    assert places[("top",)] == (1, 1)
    assert places[("a.b", "c")] == (2, 11)
    assert places[("a.b", "é", 1, "x")] == (2, 30)
    assert places[("a.b", "d", "e")] == (2, 40)
    assert places[("policies", "x", "rules", 0, "from", "year")] == (6, 10)
    assert places[("policies", "x", "rules", 1, "from")] == (8, 1)
    assert places[("policies", "x", "rules", 1, "sub", "l")] == (12, 1)


def test_a_missing_key_is_placed_at_its_table():
    """The nearest thing that exists stands in for what does not."""
    places = locate(SAMPLE)

    assert place_of(("policies", "x", "rules", 1, "regime"), places) == (7, 3)
    assert place_of(("nowhere",), places) == (1, 1)
    assert place_of(("nowhere",), {}) is None


def test_every_path_of_every_file_on_the_shelf_is_found():
    """The locator follows all that tomllib reads."""
    for entry in shelf.names():
        draft = read_draft(entry.name)

        written = tomllib.loads(draft.origin.source)
        missing = [path for path in _paths(written, ()) if path not in draft.positions]

        assert missing == []


def _paths(value, path):
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _paths(inner, (*path, number))
