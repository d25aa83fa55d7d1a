"""A password where one is asked for: nothing is shown before it, and it cannot be tried at will."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from experiments.web import password
from experiments.web.app import create_app
from experiments.web.case import Case
from experiments.web.password import PasswordFileError, is_right, read_password
from experiments.web.sessions import HOURS, secret
from experiments.web.settings import Rates, Settings
from experiments.web.workroom import Workroom
from tests.experiments.web.asking import TOKEN, Asking

WORD = "a long enough one"
HASHED = PasswordHasher(1, 8, 1).hash(WORD)
ADDRESS = "http://127.0.0.1:8060"


@pytest.fixture
def kept(workroom: Workroom) -> Settings:
    """Settings with a password, and no bound on tries."""
    return Settings(workroom.settings.results, password=HASHED, rates=Rates(sign_in="999/minute"))


@pytest.fixture
def stranger(kept: Settings) -> Iterator[Asking]:
    """Someone who has not signed in."""
    with Asking(create_app(kept), base_url=ADDRESS, follow_redirects=False) as asking:
        yield asking


def enter(asking: Asking, word: str = WORD, **more: str) -> int:
    """Sign in; give the status of the answer."""
    asking.token = TOKEN.findall(asking.get("/sign-in").text)[0]
    answer = asking.post("/sign-in", data={"password": word, **more})
    asking.token = None
    return int(answer.status_code)


def test_nothing_is_shown_before_signing_in(stranger: Asking, case: Case) -> None:
    """Every page leads to the sign-in, and back to itself afterwards."""
    for path in ("/", "/help", f"/cases/{case.name}/keep", "/nothing"):
        answer = stranger.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/sign-in?next={path}"
    assert stranger.request("POST", f"/cases/{case.name}/delete").status_code == 303
    assert case.folder.exists()
    assert stranger.get("/static/style.css").status_code == 200


def test_the_right_password_opens_and_leaving_shuts(stranger: Asking) -> None:
    """A cookie that was copied before signing out is worth nothing after it."""
    assert enter(stranger) == 303
    assert stranger.get("/").status_code == 200
    copied = dict(stranger.cookies)

    stranger.post("/sign-out")

    assert stranger.get("/").status_code == 303
    stranger.cookies.update(copied)
    assert stranger.get("/").status_code == 303


@pytest.mark.parametrize("word", ["", "A long enough one", WORD + " ", "x" * 5_000, "\u0000é"])
def test_another_word_opens_nothing(stranger: Asking, word: str) -> None:
    """And says only that it is not the password."""
    assert enter(stranger, word) == 422
    assert stranger.get("/").status_code == 303


@pytest.mark.parametrize(
    "back",
    ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "javascript:1"],
)
def test_signing_in_leads_to_no_other_site(stranger: Asking, back: str) -> None:
    """A link to the sign-in cannot send readers on to a stranger's page."""
    stranger.token = TOKEN.findall(stranger.get("/sign-in", params={"next": back}).text)[0]

    answer = stranger.post("/sign-in", data={"password": WORD, "next": back})

    assert answer.headers["location"] == "/"


def test_signing_in_leads_on(stranger: Asking, case: Case) -> None:
    """To the page that one had asked for."""
    path = f"/cases/{case.name}/keep"
    stranger.token = TOKEN.findall(stranger.get(f"/sign-in?next={path}").text)[0]

    answer = stranger.post("/sign-in", data={"password": WORD, "next": path})

    assert answer.headers["location"] == path


def test_a_session_ends_by_itself(stranger: Asking, kept: Settings) -> None:
    """After the hours that it lasts, the password is asked for again."""
    enter(stranger)
    [session] = (kept.server / "sessions").iterdir()
    ago = time.time() - HOURS * 3600 - 1

    os.utime(session, (ago, ago))

    assert stranger.get("/").status_code == 303


def test_a_new_password_ends_every_session(stranger: Asking, kept: Settings) -> None:
    """Whoever knew the old one has to give the new one."""
    enter(stranger)
    other = Settings(kept.results, password=PasswordHasher(1, 8, 1).hash("quite another one"))

    with Asking(create_app(other), base_url=ADDRESS, follow_redirects=False) as asking:
        asking.cookies.update(stranger.cookies)
        answer = asking.get("/")

    assert answer.status_code == 303


def test_a_forged_cookie_opens_nothing(stranger: Asking, kept: Settings) -> None:
    """Only this server's secret signs one."""
    enter(stranger)
    [(name, value)] = stranger.cookies.items()

    stranger.cookies.clear()
    stranger.cookies.set(name, value[:-2] + ("aa" if value[-2:] != "aa" else "bb"))

    assert stranger.get("/").status_code == 303


def test_tries_are_few(workroom: Workroom) -> None:
    """After five in a minute even the right one has to wait."""
    told = Settings(workroom.settings.results, password=HASHED)
    with Asking(create_app(told), base_url=ADDRESS, follow_redirects=False) as asking:
        codes = [enter(asking, "wrong") for _ in range(5)]
        codes.append(enter(asking))

    assert codes == [422] * 5 + [429]


def test_one_password_is_tried_at_a_time(stranger: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many at once wait a moment, then are sent away: trying one costs memory on purpose."""
    monkeypatch.setattr(password, "_PATIENCE_SECONDS", 0.01)

    with password._AT_ONCE:
        assert is_right(HASHED, WORD) is None
        assert enter(stranger) == 429
    assert is_right(HASHED, WORD)


def test_the_secret_is_made_once_and_for_its_owner_alone(kept: Settings) -> None:
    """One that others could read, or that is damaged, is made anew."""
    first = secret(kept)
    path = kept.server / "secret"
    assert secret(kept) == first
    assert path.stat().st_mode & 0o777 == 0o600

    path.chmod(0o644)
    second = secret(kept)
    path.write_text("half")

    assert len({first, second, secret(kept)}) == 3
    assert path.stat().st_mode & 0o777 == 0o600


def written(folder: Path, text: bytes, mode: int = 0o600) -> Path:
    """Write a password file."""
    path = folder / "password.txt"
    path.write_bytes(text)
    path.chmod(mode)
    return path


def test_a_password_file_holds_the_word_or_what_argon2_made_of_it(tmp_path: Path) -> None:
    """Either way the word opens."""
    plain = read_password(written(tmp_path, f"{WORD}\r\n".encode()))
    hashed = read_password(written(tmp_path, f"{HASHED}\n".encode()))

    assert is_right(plain, WORD)
    assert not is_right(plain, "wrong")
    assert hashed == HASHED


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        (b"short", 0o600, "12 to 1000"),
        (b"two long lines of\nwords, not one", 0o600, "2 lines"),
        (b"\xff\xfe no text at all", 0o600, "no text"),
        (b"$argon2id$half", 0o600, "damaged"),
        (WORD.encode(), 0o644, "chmod 600"),
    ],
)
def test_a_bad_password_file_is_refused(tmp_path: Path, text: bytes, mode: int, said: str) -> None:
    """With what to do about it, and never with the password in it."""
    with pytest.raises(PasswordFileError) as refused:
        read_password(written(tmp_path, text, mode))

    assert said in str(refused.value)
    assert WORD not in str(refused.value)
