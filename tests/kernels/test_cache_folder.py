"""Compiled code has a place to stay, also where a user has no home, and never a stranger's."""

import hashlib
import sys
import tempfile
from pathlib import Path

import pytest

from simulation import kernels

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="rights differ there")


@pytest.fixture
def homeless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user whose home is no folder; returns the folder for temporary things."""
    (tmp_path / "home").write_text("no folder")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return tmp_path / "tmp"


@on_unix
def test_who_has_no_home_keeps_compiled_code_in_a_folder_of_his_own(homeless: Path) -> None:
    """A service without a home runs, and finds its compiled code again."""
    first = kernels._cache_root()
    again = kernels._cache_root()

    assert first == again
    assert first.parent == homeless
    assert not first.stat().st_mode & 0o022


@on_unix
def test_a_folder_that_others_may_write_to_is_never_trusted(homeless: Path) -> None:
    """Compiled code is run as it is, so a folder that is open to others is passed by."""
    mine = kernels._cache_root()
    mine.chmod(0o777)

    found = kernels._cache_root()

    assert found != mine
    assert found.parent == homeless
    assert not found.stat().st_mode & 0o077


def test_the_folder_that_is_asked_for_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A named folder that can be written to goes first."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "named"))

    assert kernels._cache_root() == tmp_path / "named"


def test_an_edited_kernel_has_a_cache_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Compiled code is known by the names and texts of all kernels, in the order of their names."""
    (tmp_path / "tills.py").write_text("b")
    (tmp_path / "homes.py").write_text("a")
    monkeypatch.setattr(kernels, "_HERE", tmp_path)

    before = kernels._source_hash()
    (tmp_path / "tills.py").write_text("c")

    assert before == hashlib.sha256(b"homes.pyatills.pyb").hexdigest()[:16]
    assert kernels._source_hash() != before
