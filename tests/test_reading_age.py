"""The reading age of a text is the published index, worked by hand."""

import pytest

from tests.reading_age import reading_age


def test_the_index_is_the_published_one() -> None:
    """Ten words of 40 letters in two sentences: 4.71 x 4 + 0.5 x 5 - 21.43, and five years."""
    text = "Some firms grow fast. They then hire more local staff."

    assert reading_age(text) == pytest.approx(4.71 * 43 / 10 + 0.5 * 5 - 21.43 + 5, abs=1e-9)


def test_longer_words_and_longer_sentences_want_an_older_reader() -> None:
    """Both parts of the index count."""
    plain = reading_age("The council buys meals. The firm pays its staff.")

    assert reading_age("The council buys meals and the firm pays its staff.") > plain
    assert reading_age("The municipality procures catering. The contractor remunerates.") > plain
