"""Which tests a change is tried against."""

from pathlib import Path

from tests.mutation.near import Near


def test_the_nearest_tests_import_the_file_themselves(tmp_path: Path) -> None:
    """First the test that is named after the file, then who imports it, then who imports those."""
    files = {
        "simulation/kernels/__init__.py": "",
        "simulation/kernels/tills.py": "",
        "simulation/kernels/homes.py": "from simulation.kernels.tills import pay",
        "tests/kernels/test_homes.py": "from simulation.kernels import homes",
        "tests/kernels/test_shops.py": "import simulation.kernels.tills",
        "tests/kernels/test_tills.py": "from simulation.kernels import homes, tills",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    near = Near(tmp_path)

    assert near.tests("simulation/kernels/tills.py") == [
        "tests/kernels/test_tills.py", "tests/kernels/test_shops.py", "tests/kernels/test_homes.py"
    ]  # fmt: skip


def test_what_a_package_says_itself_is_near_to_whoever_imports_the_package(tmp_path: Path) -> None:
    """A change of it is tried too, though no file is named after it."""
    (tmp_path / "simulation" / "kernels").mkdir(parents=True)
    (tmp_path / "simulation" / "kernels" / "__init__.py").write_text("")
    (tmp_path / "tests" / "kernels").mkdir(parents=True)
    test = tmp_path / "tests" / "kernels" / "test_cache.py"
    test.write_text("from simulation import kernels")

    assert Near(tmp_path).tests("simulation/kernels/__init__.py") == ["tests/kernels/test_cache.py"]
