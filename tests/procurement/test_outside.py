"""Ways of buying from outside the package: what fits is taken, what does not is told."""

import os
import sys
from pathlib import Path

import pytest

from scenarios.regime_files import RegimeFile, read_regime_files
from simulation.procurement import outside, registry
from simulation.procurement.errors import RegimeFilesError, UnknownRegimeError

pytestmark = pytest.mark.usefixtures("no_files_left")

SOUND = """
from simulation.procurement.tender import Tendered


class Sound(Tendered):
    name = "sound"
    title = "Sound"
    summary = "An example."
"""

ENTRY = """
from scenarios.assumptions import Entry


def entry(name):
    return Entry(name=name, value=1.0, unit="share", low=0.0, high=1.0, distribution="fixed",
                 what="An example.", source="An example", grade="judgement")
"""


def file_of(text: str, name: str = "mine.py") -> RegimeFile:
    """A file of code as a scenario would have read it."""
    return RegimeFile(name, name, text)


def test_a_sound_file_gives_its_way_of_buying():
    """Its name is known as long as its scenario is the one at hand, and no longer."""
    assert registry.take_files([file_of(SOUND)]) == []
    known = registry.get("sound")

    registry.take_files([])

    assert known.title == "Sound"
    assert "sound" not in registry.names()
    with pytest.raises(UnknownRegimeError):
        registry.get("sound")


def test_the_same_text_is_run_once_and_a_changed_one_is_another():
    """Two readings give one class; an edited file gives a new one under the same name."""
    registry.take_files([file_of(SOUND)])
    first = registry.get("sound")
    registry.take_files([file_of(SOUND)])
    again = registry.get("sound")

    registry.take_files([file_of(SOUND.replace("An example", "Another"))])

    assert again is first
    assert registry.get("sound") is not first
    assert registry.get("sound").summary == "Another."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x = 1\n\nx +\n", "a file that stops at line 3 (SyntaxError: invalid syntax)"),
        ("\ndef f():\n    return 1 / 0\n\nf()\n", "stops at line 3 (ZeroDivisionError"),
        ("import no_such_module\n", "stops at line 1 (ModuleNotFoundError"),
        ("import sys\nsys.exit('no')\n", "stops at line 2 (SystemExit: no)"),
        ("from simulation.procurement.tender import Tendered\n", "no way of buying"),
        (SOUND.replace('"sound"', '"lowest_price"'), "the name `lowest_price`"),
        (SOUND.replace('"sound"', '"tender"'), "the name `tender`"),
        (SOUND.replace('"sound"', '"Not Sound"'), "with the name 'Not Sound'"),
        (SOUND.replace('    title = "Sound"\n', ""), "`Sound` without a title"),
        (SOUND + '    option = "rent"\n', "`Sound` as the option 'rent'"),
        (SOUND + '    categories = ("homecares",)\n', "for the category 'homecares'"),
        (SOUND + '    lawful = ("the Act",)\n', "with the legal route 'the Act'"),
        (SOUND + '    lawful = "the Act"\n', "with `lawful` that is one thing and no list"),
        (SOUND + '    form = "contract"\n', "with `form` = 'contract'; wanted a `Form`"),
        (SOUND + "    settles = 1\n", "with `settles` = 1; wanted true or false"),
        (SOUND + "    parameters = (1,)\n", "the parameter 1 of `sound`"),
        (
            ENTRY + SOUND + '    parameters = (entry("other.share"),)\n',
            "the parameter `other.share` of `sound`",
        ),
        (
            ENTRY + SOUND + '    parameters = (entry("sound.a"), entry("sound.a"))\n',
            "the parameter `sound.a` a second time",
        ),
        (
            SOUND.replace("tender import Tendered", "interface import Regime").replace(
                "(Tendered)", "(Regime)"
            ),
            "`Sound` without `paperwork`, `procure`, `terms`",
        ),
    ],
)
def test_what_does_not_fit_is_told_and_left_out(text: str, told: str):
    """One sentence a fault, with the line where there is one; nothing is registered."""
    (file, misfit), *_ = registry.take_files([file_of(text)])

    assert file.name == "mine.py"
    assert told in str(misfit)
    assert registry.names() == tuple(registry.BUILT_IN)


def test_a_class_that_will_not_be_subclassed_is_told():
    """It could not be watched."""
    text = SOUND + "\n    def __init_subclass__(cls):\n        raise TypeError('final')\n"

    ((_, misfit),) = registry.take_files([file_of(text)])

    assert "`Sound`, which cannot be subclassed (TypeError: final)" in str(misfit)


def test_two_classes_of_one_file_cannot_share_a_name():
    """Neither is taken, since nobody can say which is meant."""
    file = file_of(SOUND + SOUND.replace("class Sound", "class Twin"))

    told = [str(misfit) for _, misfit in registry.take_files([file])]

    assert [("`Sound`" in told[0]), ("`Twin`" in told[1]), len(told)] == [True, True, 2]
    assert "sound" not in registry.names()


def test_every_fault_of_every_file_is_told_at_once():
    """A file with two faults, one that stops, and a name given twice: four sentences."""
    two = ENTRY + SOUND.replace('"sound"', '"two"').replace('"An example."', '""')
    two += '    parameters = (entry("other.share"),)\n'
    files = [file_of(two, "two.py"), file_of("1 / 0", "stops.py"), file_of(SOUND, "a.py")]
    files.append(file_of(SOUND + "\n", "b.py"))

    told = registry.take_files(files)

    assert [file.name for file, _ in told] == ["two.py", "two.py", "stops.py", "b.py"]
    assert registry.get("sound").__module__.endswith(files[2].digest[:16])


def test_where_files_are_needed_their_faults_are_an_error():
    """A worker without a library that the file imports says so."""
    with pytest.raises(RegimeFilesError, match=r"mine.py: found a file that stops at line 1"):
        registry.require_files([file_of("import no_such_module")])


def test_files_are_read_as_text_and_refused_with_a_reason(tmp_path: Path):
    """Missing, not text, a folder, named twice: each is told by its place in the list."""
    (tmp_path / "good.py").write_bytes(b"\xef\xbb\xbfx = 1\r\n")
    (tmp_path / "bytes.py").write_bytes(b"x = 1\n\xff\n")
    (tmp_path / "folder").mkdir()
    named = ["good.py", "none.py", "bytes.py", "folder", "good.py", 7, "a\0b"]

    files, problems = read_regime_files({"regime_files": named}, tmp_path)

    assert [(file.name, file.text) for file in files] == [("good.py", "x = 1\n")]
    assert [problem.path[1] for problem in problems] == [1, 2, 3, 4, 6]
    assert "which is not there" in problems[0].found
    assert "whose line 2 is no text in UTF-8" in problems[1].found
    assert "which is a folder" in problems[2].found
    assert "second time" in problems[3].found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_or_a_device_is_refused_and_not_waited_for(tmp_path: Path):
    """Whatever would never end is refused before it is opened."""
    os.mkfifo(tmp_path / "pipe.py")

    files, problems = read_regime_files({"regime_files": ["pipe.py", "/dev/zero"]}, tmp_path)

    assert files == ()
    assert ["which is a pipe" in problems[0].found, "a device" in problems[1].found] == [True, True]


def test_a_package_that_offers_nonsense_is_named_and_harms_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Of four entry points one is sound; the others are told, and only who asks meets them."""
    (tmp_path / "outsider.py").write_text(SOUND + "\nnothing = 1\n")
    info = tmp_path / "outsider-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: outsider\nVersion: 1.2\n")
    points = ("sound = outsider:Sound", "other = outsider:Sound", "nothing = outsider:nothing",
              "gone = outsider:Gone", "lowest_price = outsider:Sound")  # fmt: skip
    (info / "entry_points.txt").write_text("\n".join(("[poundflow.regimes]", *points)))
    monkeypatch.syspath_prepend(tmp_path)
    outside.packaged.cache_clear()
    try:
        offered = registry.packaged()

        assert registry.names() == (*registry.BUILT_IN, "sound")
        assert registry.get("sound").__module__ == "outsider"
        assert offered.origins["sound"] == "outsider 1.2"
        assert set(offered.misfits) == {"other", "nothing", "gone", "lowest_price"}
        with pytest.raises(UnknownRegimeError):
            registry.get("elsewhere")
        with pytest.raises(registry.BrokenRegimeError, match=r"outsider 1.2 offers.*AttributeErr"):
            registry.get("gone")
        assert registry.get("lowest_price").__module__ == "simulation.procurement.lowest_price"
    finally:
        sys.modules.pop("outsider", None)
        outside.packaged.cache_clear()
