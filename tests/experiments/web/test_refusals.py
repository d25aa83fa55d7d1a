"""What a command says is told to a reader who types none."""

import pytest

from experiments.web.refusals import ASK, told_here


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "place.toml: 2 faults. Correct them and run `poundflow check` again.",
            "place.toml: 2 faults. Put them right on the pages before, then start again.",
        ),
        (
            "it is no list. Give `poundflow import payments FILES.. --out DIR` again.",
            f"It is no list. {ASK} Give `poundflow import payments FILES.. --out DIR` again.",
        ),
        ("--measure: found `x`; wanted one of them", "The measure: found `x`; wanted one of them"),
        ("--measures: found `x`", "--measures: found `x`"),
        ("nothing of this kind is wrong.", "Nothing of this kind is wrong."),
    ],
)
def test_a_step_for_the_command_line_becomes_one_for_the_page(said: str, told: str) -> None:
    """What only the command can do is put to who looks after the server."""
    assert told_here(said) == told


def test_folders_are_called_what_a_reader_calls_them() -> None:
    """Their paths are those of the server."""
    said = "/srv/x/cases/1: no room; /srv/x/cases/1/place.toml: line 3"

    assert (
        told_here(said, {"/srv/x/cases/1": "your case"}) == "Your case: no room; place.toml: line 3"
    )


def test_a_fault_of_the_program_is_told_by_its_last_line() -> None:
    """No list of our own files."""
    said = 'Traceback (most recent call last):\n  File "/srv/a.py", line 3\n    x()\nKeyError: 3'

    told = told_here(said)

    assert "/srv" not in told
    assert told.startswith("The program met a fault of its own.")
    assert told.endswith("KeyError: 3")
