"""Asks the pages as a browser does that was given a form: with its cookie and its token."""

import re
from typing import Any

from fastapi.testclient import TestClient

TOKEN = re.compile(r'name="token" value="([^"]+)"')


class Asking(TestClient):
    """A client whose posts hold the token of a form, as those of our own pages do.

    Where `token` is set to something else, that is what they hold.
    """

    token: str | None = None

    def post(self, url: Any, *, data: Any = None, **others: Any) -> Any:
        """Post a form."""
        if self.token is None:
            found = TOKEN.search(self.get("/").text)
            self.token = found.group(1) if found else ""
        return super().post(url, data={"token": self.token, **(data or {})}, **others)
