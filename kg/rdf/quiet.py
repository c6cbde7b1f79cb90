"""Use rdflib on data of unknown quality: it logs a traceback for each literal that its datatype does not allow."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ill_typed_literals_allowed() -> Iterator[None]:
    """Keep rdflib silent about literals such as "abc"^^xsd:integer, which stay as they are and are reported as data."""
    log = logging.getLogger("rdflib.term")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"rdflib\.term")
            yield
    finally:
        log.setLevel(before)
