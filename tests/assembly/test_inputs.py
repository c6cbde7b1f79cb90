"""Tables, ontology, shapes and stored questions can be read, and no fact violates a shape; else this test alone runs."""

from __future__ import annotations

import pytest

from tests.conftest import FAULTS


def test_what_people_edit_has_no_faults(pytestconfig: pytest.Config) -> None:
    if faults := pytestconfig.stash[FAULTS]:
        pytest.fail("\n".join(["all other tests wait for this:", *faults]), pytrace=False)
