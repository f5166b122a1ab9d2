"""Which party does an issuer's name in a manifest stand for?"""

from __future__ import annotations

import re

import pycountry

CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")


def issuer_code(value: str) -> str:
    """The party code of a code or a country's name. Raises ValueError when nothing answers to it."""
    if CODE.fullmatch(value):
        return value
    try:
        return str(pycountry.countries.lookup(value).alpha_3)
    except LookupError:
        raise ValueError(f"issuer: nothing is called {value!r}; write a code such as USA, IND or EU") from None
