"""Technical words of a page are explained on that page: those that it uses, at its end.

One list of words (`words.toml`) serves all pages. A word with a `forms` key is a technical one; a
page that uses one of its forms, and does not explain it in place with `<dfn>`, gets it explained.
"""

import re
from functools import cache

from markupsafe import escape

from experiments.web.words import Word, own_words

END = "</main>"
_HIDDEN = re.compile(r"<(script|style|svg|textarea|option)\b.*?</\1>|<[^>]+>", re.DOTALL)
_DEFINED = re.compile(r"<(?:dfn\b|dt id)[^>]*>(.*?)</d[ft]", re.DOTALL)


@cache
def _form_of(word: str) -> "re.Pattern[str]":
    forms = sorted(own_words()[word].forms, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])", re.IGNORECASE)


@cache
def _any_form() -> "re.Pattern[str]":
    forms = sorted((f for word in own_words().values() for f in word.forms), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])", re.IGNORECASE)


def words_met(text: str) -> list[Word]:
    """List the technical words of a text, in the order of the list of words.

    Parameters
    ----------
    text : str
        Plain text.
    """
    met = {found.casefold() for found in _any_form().findall(text)}
    return [word for word in own_words().values() if met & {form.casefold() for form in word.forms}]


def unexplained(page: str) -> list[Word]:
    """List the technical words that the main part of a page uses and does not define in place."""
    main = page.partition("<main")[2].rpartition(END)[0]
    defined = words_met(" . ".join(_DEFINED.findall(main)))
    return [word for word in words_met(_HIDDEN.sub(" ", main)) if word not in defined]


def with_words(page: str) -> str:
    """Put the technical words that a page uses, with what they mean, at the end of its main part.

    Parameters
    ----------
    page : str
        HTML of a whole page.

    Returns
    -------
    str
        The same where it uses none.
    """
    lacking = unexplained(page)
    if not lacking:
        return page
    rows = "".join(
        f"<dt>{escape(word.title)}</dt><dd>{escape(word.means)}</dd>" for word in lacking
    )
    before, _, after = page.rpartition(END)
    summary = "<summary>Words on this page</summary>"
    told = f'<details class="explained">{summary}<dl>{rows}</dl></details>'
    return f"{before}{told}\n{END}{after}"
