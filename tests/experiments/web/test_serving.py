"""The command `web`: what it refuses before it opens anything, and how it ends."""

import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.cli import answers
from experiments.design import extras
from experiments.store.locking import held
from tests.experiments.web.browser import ROOT
from tests.rights import bound_by_rights


def ended(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run the command; give its code and what it said."""
    code = answers.answer(["web", *words])
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--host", "192.0.2.1"], "--password-file"),
        (["--address", "https://pounds.example.org"], "--password-file"),
        (["--address", "pounds.example.org"], "https://pounds.example.org"),
        (["--address", "http://[half"], "https://pounds.example.org"),
        (["--host", "no such name.invalid", "--address", "http://localhost"], "password"),
        (["--port", "70000"], "65535"),
        (["--password-file", "nowhere.txt"], "nowhere.txt"),
    ],
)
def test_what_may_not_be_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    """With what to add or to change, and before anything is made."""
    code, told = ended(capsys, "--results", str(tmp_path / "out"), *words)

    assert code == 2
    assert said in told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("host", "said"),
    [("0.0.0.0", "--address"), ("192.0.2.1", "192.0.2.1"), ("no.such.invalid", "no.such.invalid")],
)
def test_a_host_that_is_not_this_machine_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], host: str, said: str
) -> None:
    """With a password, too."""
    word = tmp_path / "word"
    word.write_text("a long enough one")
    word.chmod(0o600)

    code, told = ended(
        capsys, "--host", host, "--password-file", str(word), "--results", str(tmp_path / "out")
    )

    assert code == 2
    assert said in told


def test_a_taken_port_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With how to name another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, told = ended(capsys, "--port", port, "--results", str(tmp_path))

    assert code == 2
    assert f"the port {port} in use" in told
    assert "--port N" in told


def test_a_locked_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the pages open, not when the first case is begun."""
    tmp_path.chmod(0o500)

    with bound_by_rights():
        code, told = ended(capsys, "--port", "0", "--results", str(tmp_path / "out"))

    tmp_path.chmod(0o700)
    assert code == 2
    assert "cannot be written to" in told


def test_one_server_works_in_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second one is told which process has it."""
    folder = tmp_path / "server"
    folder.mkdir()

    with held(folder):
        code, told = ended(capsys, "--port", "0", "--results", str(tmp_path))

    assert code == 2
    assert "another process is at work" in told


def test_a_missing_extra_names_the_command_that_installs_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each package that the pages need is asked for before any of them is imported."""
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "limits" else name)

    code, told = ended(capsys, "--results", str(tmp_path))

    assert code == 2
    assert '"poundflow[web]"' in told


@pytest.mark.long
@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
def test_the_server_opens_answers_and_ends_when_asked(tmp_path: Path, wish: int) -> None:
    """It says where it is, names no server in its answers, and leaves with 0."""
    import httpx2

    started = subprocess.Popen(
        [sys.executable, "-m", "experiments.cli", "web", "--port", "0", "--results", str(tmp_path)],
        cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert started.stderr is not None
        [address] = re.findall(r"http://127\.0\.0\.1:\d+", started.stderr.readline())
        until = time.monotonic() + 60
        while True:
            try:
                answer = httpx2.get(address)
                break
            except httpx2.TransportError:
                assert time.monotonic() < until
                time.sleep(0.1)
        long = httpx2.get(address, headers={"cookie": "x" * 70_000})
        started.send_signal(wish)
        code = started.wait(30)
        told = started.stderr.read()
    finally:
        started.kill()
        started.wait()
        if started.stderr is not None:
            started.stderr.close()

    assert answer.status_code == 200
    assert "server" not in answer.headers
    assert long.status_code == 431
    assert code == 0
    assert "The pages are closed" in told
    assert "Traceback" not in told
