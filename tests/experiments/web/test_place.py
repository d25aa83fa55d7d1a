"""The page of the place: three ways to one, each state told, nothing hostile let through."""

import json
import re
from pathlib import Path

import pytest

from experiments.web.case import Case
from experiments.web.places.section import PlaceChoice
from experiments.web.places.standing import in_words
from experiments.web.workroom import Workroom
from tests.experiments.web.asking import Asking
from tests.experiments.web.little_jobs import LittleJobs, LittleState
from tests.experiments.web.little_lists import PENCE, ROWS, as_csv, hand_in, paid


def field_of(text: str, heading: str) -> str:
    """Name of the select beside a heading."""
    found = re.search(rf'id="([^"]+)-name">\d+\. {re.escape(heading)}<', text)
    assert found, heading
    return found[1]


def test_a_place_from_the_shelf_is_ready_at_once(
    client: Asking, jobs: LittleJobs, case: Case, at: str
) -> None:
    """Its file is that of the shelf; no job is needed."""
    answer = client.post(f"{at}/shelf", data={"name": "village"})

    assert answer.status_code == 303
    assert 'name = "village"' in case.place_file.read_text("utf-8")
    assert "Your place is ready" in client.get(at).text
    assert jobs.asked == []


def test_every_place_of_the_shelf_says_what_it_is_good_for(
    client: Asking, jobs: LittleJobs, at: str
) -> None:
    """Each card has a sentence of its own note, a use and a time."""
    text = client.get(at).text

    assert text.count("Take this place") == 9
    assert text.count("Good for") == text.count("Time for its own question") == 9
    assert "Ten firms, thirty households and one council, invented, with round figures." in text


def test_a_name_that_is_not_on_the_shelf_is_refused(
    client: Asking, jobs: LittleJobs, case: Case, at: str
) -> None:
    """A path is no name."""
    answer = client.post(f"{at}/shelf", data={"name": "../../etc/passwd"})

    assert answer.status_code == 422
    assert "no such place on the shelf" in answer.text
    assert not case.place_file.exists()


def test_a_district_is_found_and_built(
    client: Asking, jobs: LittleJobs, case: Case, at: str
) -> None:
    """Search, choose, build; what is derived and what is inherited is told."""
    assert "Tameside" in client.get(at, params={"q": "Tamside"}).text

    answer = client.post(f"{at}/district", data={"code": "E08000008"})
    text = client.get(at).text

    assert answer.status_code == 303
    assert jobs.asked == [["build-place", "E08000008", f"--out={case.place_file}", "--json"]]
    assert "Your place is ready" in text
    assert "taken from a wider area, because none is published" in text


@pytest.mark.parametrize("code", ["", "Tameside", "E99999999", "--out=x", "E08000008 --json"])
def test_only_a_code_of_a_district_is_built(
    client: Asking, jobs: LittleJobs, at: str, code: str
) -> None:
    """Anything else is told at the field, and starts nothing."""
    answer = client.post(f"{at}/district", data={"code": code, "q": "tameside"})

    assert answer.status_code == 422
    assert "choose one of those that were found" in answer.text
    assert jobs.asked == []


def test_payments_are_read_confirmed_and_built(
    client: Asking, jobs: LittleJobs, case: Case, at: str
) -> None:
    """An officer drops in a list, sees what each column is, and gets a place."""
    assert hand_in(client, at, ("april.csv", as_csv())).status_code == 303
    text = client.get(at).text

    assert "Is this what your files say?" in text
    assert f"£{PENCE // 100:,}.{PENCE % 100}" in text
    assert "april.csv" in text
    assert "very sure" in text
    assert "Brackenfell Builders Ltd" in text
    assert "Thistlewood" not in text
    assert str(case.uploads) not in text

    assert client.post(f"{at}/columns").status_code == 303
    text = client.get(at).text
    assert "Your place is ready" in text
    assert "with the payments of Tameside" in text
    assert "from your own payments" in text or "GBP" not in text
    assert f"--payments={case.imported}" in jobs.asked[-1]


def test_a_column_that_is_changed_is_read_again(client: Asking, jobs: LittleJobs, at: str) -> None:
    """What was chosen goes to the importer as a setting, and stays on the next page."""
    hand_in(client, at, ("april.csv", as_csv()))
    key = field_of(client.get(at).text, "Reference")

    client.post(f"{at}/columns", data={key: "supplier_id"})
    text = client.get(at).text

    assert "--map=Reference=supplier_id" in jobs.asked[-1]
    assert "set by you" in text
    assert client.post(f"{at}/columns").status_code == 303
    assert jobs.asked[-1][0] == "build-place"


def test_a_choice_that_is_not_on_the_list_is_told_at_its_column(
    client: Asking, jobs: LittleJobs, at: str
) -> None:
    """A form that was tampered with starts nothing."""
    hand_in(client, at, ("april.csv", as_csv()))
    key = field_of(client.get(at).text, "Reference")

    answer = client.post(f"{at}/columns", data={key: "--out=/etc"})

    assert answer.status_code == 422
    assert f'href="#{key}"' in answer.text
    assert f'id="{key}-fault"' in answer.text
    assert len(jobs.asked) == 1


def test_a_list_that_cannot_be_read_says_why_and_what_next(
    client: Asking, jobs: LittleJobs, at: str
) -> None:
    """The importer's reason under the file's own name; then columns are named by hand."""
    head = ("Payment Date", "Whom it may concern", "Amount", "Expense Type", "Reference")
    hand_in(client, at, ("april.csv", as_csv(head=head)))
    text = client.get(at).text

    assert "Your files could not be read" in text
    assert "april.csv" in text
    assert "--map" not in text

    named = {"heading-0": "2", "field-0": "payee"}
    client.post(f"{at}/named", data=named)
    assert "Is this what your files say?" in client.get(at).text


def test_a_council_that_is_not_clear_is_asked_for(
    client: Asking, jobs: LittleJobs, case: Case, at: str
) -> None:
    """Files are kept meanwhile; a county council is asked which district is looked at."""
    hand_in(client, at, ("april.csv", as_csv()), council="Lancashire County Council")
    text = client.get(at).text

    assert "Whose payments are these?" in text
    assert "looking at Burnley" in text
    assert jobs.asked == []
    assert len(list(case.uploads.iterdir())) == 1

    client.post(f"{at}/whose", data={"whose": "E10000017:E07000117"})
    assert "--area=E10000017" in jobs.asked[0]
    assert "Is this what your files say?" in client.get(at).text


def test_a_council_and_a_district_must_belong_together(
    client: Asking, jobs: LittleJobs, at: str
) -> None:
    """Tameside does not lie in Lancashire."""
    hand_in(client, at, ("april.csv", as_csv()), council="")

    answer = client.post(f"{at}/whose", data={"whose": "E10000017:E08000008"})

    assert answer.status_code == 422
    assert jobs.asked == []


@pytest.mark.parametrize(("hold", "said"), [("queued", "2 before it"),
                                            ("running", "is under way")])  # fmt: skip
def test_a_page_that_was_closed_shows_where_it_is(
    client: Asking, jobs: LittleJobs, at: str, hold: str, said: str
) -> None:
    """Nothing else can be started meanwhile; it can be stopped."""
    jobs.hold = hold
    hand_in(client, at, ("april.csv", as_csv()))

    assert said in client.get(at).text
    assert client.get(f"{at}/state.json").json()["mark"].startswith("reading/")
    answer = client.post(f"{at}/shelf", data={"name": "village"})
    assert answer.status_code == 422
    assert "Wait until it is done, or stop it first." in answer.text

    client.post(f"{at}/stop")
    assert "It was stopped." in client.get(at).text


@pytest.mark.parametrize(("hold", "message", "said"), [
    ("failed", "place.toml: found no council; wanted one.", "found no council"),
    ("died", "", "ended without a word"),
    ("stopped", "", "It was stopped."),
])  # fmt: skip
def test_a_building_that_failed_says_so_and_can_be_tried_again(
    client: Asking, jobs: LittleJobs, at: str, hold: str, message: str, said: str
) -> None:
    """What happened, and what next."""
    jobs.hold, jobs.message = hold, message
    client.post(f"{at}/district", data={"code": "E08000008"})
    text = client.get(at).text

    assert "The place could not be built" in text
    assert said in text
    jobs.hold = ""
    client.post(f"{at}/again")
    assert "Your place is ready" in client.get(at).text


def test_a_server_that_forgot_its_jobs_says_so(client: Asking, jobs: LittleJobs, at: str) -> None:
    """A job of which nothing is left has failed; it does not stand for ever."""
    client.post(f"{at}/district", data={"code": "E08000008"})
    jobs.states.clear()

    assert "Nothing is left of this job." in client.get(at).text


@pytest.mark.long
def test_a_register_goes_with_the_payments(
    client: Asking, jobs: LittleJobs, case: Case, at: str
) -> None:
    """It is read beside them, and taken for sizes."""
    register = as_csv(
        head=("Title", "Supplier", "Start Date", "End Date", "Total Value"),
        rows=[(f"Building works {k}", "Brackenfell Builders Ltd", "01/04/2023", "31/03/2026",
               "90,000.00") for k in range(12)],
    )  # fmt: skip
    hand_in(client, at, ("april.csv", as_csv()), contracts=[("register.csv", register)])

    assert [one[:2] for one in jobs.asked] == [
        ["import", "payments"], ["import", "register"], ["suppliers", str(case.imported)]
    ]  # fmt: skip
    assert f"--register={case.folder / 'register'}" in jobs.asked[-1]
    client.post(f"{at}/columns")
    assert f"--register={case.folder / 'register'}" in jobs.asked[-1]
    assert "Your place is ready" in client.get(at).text


def test_a_damaged_import_is_read_again(
    client: Asking, jobs: LittleJobs, case: Case, at: str
) -> None:
    """Half a file on the disk is no server fault."""
    hand_in(client, at, ("april.csv", as_csv()))
    (case.imported / "import.json").write_text("{")

    assert "What was read is damaged" in client.get(at).text


@pytest.mark.long
def test_a_second_choice_leaves_nothing_of_the_first(
    client: Asking, jobs: LittleJobs, case: Case, at: str
) -> None:
    """Old uploads and an old file do not mix with new ones."""
    hand_in(client, at, ("april.csv", as_csv()))
    client.post(f"{at}/columns")
    hand_in(client, at, ("may.csv", as_csv(ROWS[:4])))

    assert not case.place_file.exists()
    kept = case.read(PlaceChoice)
    assert kept is not None
    assert {path.name for path in case.uploads.iterdir()} == {one.stored for one in kept.uploads}
    assert [one.name for one in kept.payments] == ["may.csv"]


def test_forms_that_do_not_fit_the_state_change_nothing(
    client: Asking, jobs: LittleJobs, case: Case, at: str
) -> None:
    """Each leads back to the page."""
    for action in ("whose", "another", "columns", "named", "again", "stop"):
        assert client.post(f"{at}/{action}").status_code == 303

    assert case.read(PlaceChoice) is None
    assert jobs.asked == []


def test_suggestions_are_data(client: Asking, jobs: LittleJobs, at: str) -> None:
    """Script may ask for them; the page works without."""
    found = client.get(f"{at}/districts.json", params={"q": "leeds"}).json()

    assert found["districts"][0] == {
        "code": "E08000035", "name": "Leeds", "where": "Yorkshire and The Humber",
    }  # fmt: skip


def test_months_with_the_same_columns_stand_in_one_table(
    client: Asking, jobs: LittleJobs, at: str
) -> None:
    """Twelve files are not twelve forms."""
    hand_in(client, at, ("april.csv", as_csv()), ("may.csv", as_csv(paid("A1 Fencing Ltd"))))
    text = client.get(at).text

    assert text.count('<table class="columns"') == 1
    assert "april.csv and 1 more with the same columns" in " ".join(text.split())


def test_state_is_plain_words(case: Case) -> None:
    """The kept choice is a small file that a person can read."""
    case.write(PlaceChoice(way="shelf", shelf="village"))

    assert json.loads((case.folder / "place.json").read_text())["shelf"] == "village"
    assert LittleState("queued").position == 0
    assert isinstance(case.folder, Path)


def test_options_of_the_command_line_are_told_as_lines_of_the_form(case: Case) -> None:
    """An officer is never told to type one."""
    choice = PlaceChoice(way="payments")
    said = 'Say so: --map "#4=ignore", or --map "Paid to=payee".'

    assert in_words(said, case.uploads, choice) == (
        "Say so: the form below: column 4, left out, or the form below: “Paid to”, who was paid."
    )


def test_a_copied_case_shows_files_under_their_own_names(
    client: Asking, jobs: LittleJobs, workroom: Workroom, case: Case, at: str
) -> None:
    """No folder of this machine stands on its page."""
    hand_in(client, at, ("april.csv", as_csv()))
    copy = workroom.copy(case, "What if")
    text = client.get(f"/cases/{copy.name}/place").text

    assert "april.csv" in text
    assert str(case.uploads) not in text
