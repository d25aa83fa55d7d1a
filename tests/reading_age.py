"""How old a reader has to be for a text: the Automated Readability Index, in years.

The index of Senter and Smith (1967, AMRL-TR-66-220) is a school grade: 4.71 times the letters a
word, plus half the words a sentence, less 21.43. A grade is for readers five years older.
"""

import re

GRADE_TO_AGE = 5.0

_SENTENCE = re.compile(r"[.!?]+(?=\s|$)")
_LETTERS = re.compile(r"[^\W_]")


def reading_age(text: str) -> float:
    """Give the age at which a text can be read.

    Parameters
    ----------
    text : str
        Plain prose, no markup; a line without an end of its own counts as a sentence.

    Returns
    -------
    float
        Age [years].
    """
    sentences = [
        words
        for line in text.splitlines()
        for part in _SENTENCE.split(line)
        if (words := [word for word in part.split() if _LETTERS.search(word)])
    ]
    words = [word for sentence in sentences for word in sentence]
    letters = sum(len(_LETTERS.findall(word)) for word in words)
    grade = 4.71 * letters / len(words) + 0.5 * len(words) / len(sentences) - 21.43
    return grade + GRADE_TO_AGE
