"""A form counts only with the token that this server wrote into it for this reader.

Another site can make a browser send a form here, and the browser adds the reader's cookie to it;
what it cannot do is read the token. Every form that posts gets one when its page is set, and every
request that changes something is refused without it.
"""

import re
import secrets
from collections.abc import AsyncIterator

from fastapi import HTTPException, Request

FIELD = "token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_FIELDS = 4_000
MOST_FILES = 100
LARGEST_FIELD = 262_144
"""Bytes of one field that is no file."""

_POSTS = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>')


def with_tokens(text: str, request: Request) -> str:
    """Write the reader's token into every form of a page that posts.

    Parameters
    ----------
    text : str
        The page. What users typed is escaped in it, so that each form there is ours.
    request : Request
        Whose session keeps the token.
    """
    if not _POSTS.search(text):
        return text
    token = request.session.setdefault(FIELD, secrets.token_urlsafe(24))
    return _POSTS.sub(rf'\g<0><input type="hidden" name="{FIELD}" value="{token}">', text)


async def checked(request: Request) -> AsyncIterator[None]:
    """Refuse a request that would change something and holds no token of this reader.

    Files that came with it are closed once it is answered.

    Raises
    ------
    HTTPException
        Status 403; 400 for a form that cannot be read.
    """
    if request.method in SAFE:
        yield
        return
    async with request.form(
        max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD
    ) as typed:
        given, kept = typed.get(FIELD), request.session.get(FIELD)
        if not (
            isinstance(given, str)
            and isinstance(kept, str)
            and secrets.compare_digest(given.encode(), kept.encode())
        ):
            raise HTTPException(403)
        yield
