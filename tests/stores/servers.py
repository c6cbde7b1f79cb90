"""Real stores of three makers, started on the loopback address for the tests that ask and fill them.

Each keeps its data in a folder, so that a test can kill it and look at what stands when it comes up again.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT
from tests.support.tools import need

JENA, RDF4J = ROOT / ".tools" / "jena", ROOT / ".tools" / "rdf4j"
_PATIENCE = 90
_REPOSITORY = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rep: <http://www.openrdf.org/config/repository#> .
@prefix sr: <http://www.openrdf.org/config/repository/sail#> .
@prefix sail: <http://www.openrdf.org/config/sail#> .
[] a rep:Repository ; rep:repositoryID "kg" ; rdfs:label "kg" ;
  rep:repositoryImpl [ rep:repositoryType "openrdf:SailRepository" ; sr:sailImpl [ sail:sailType "openrdf:NativeStore" ] ] .
"""


@dataclass
class Server:
    """A store: how it is started, where it is asked, and what is done once when its folder is new."""

    name: str
    command: Sequence[str]
    endpoint: str
    alive: str
    folder: Path
    prepare: Callable[[], None] = lambda: None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> Server:
        """Start it and wait until it answers."""
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(self.command, stdout=log, stderr=log, cwd=self.folder)
        until = time.monotonic() + _PATIENCE
        while not _answers(self.alive):
            assert self.process.poll() is None, (self.folder / "server.log").read_text(errors="replace")[-2000:]
            assert time.monotonic() < until, f"{self.name} does not come up"
            time.sleep(0.05)
        self.prepare()
        return self

    def kill(self) -> None:
        """Kill it, with no time to tidy up."""
        if self.process:
            self.process.kill()
            self.process.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def oxigraph(folder: Path) -> Server:
    """Return Oxigraph, on RocksDB."""
    binary = need("oxigraph", Path(sys.executable).with_name("oxigraph"))
    address = f"127.0.0.1:{free_port()}"
    command = [binary, "serve", "--location", str(folder / "data"), "--bind", address]
    return Server("oxigraph", command, f"http://{address}/query", f"http://{address}/", folder)


def fuseki(folder: Path) -> Server:
    """Return Apache Jena Fuseki, on TDB2."""
    java, jars, port = need("java"), need("Apache Jena", JENA), free_port()
    (folder / "tdb").mkdir(exist_ok=True)
    main = "org.apache.jena.fuseki.main.cmds.FusekiMainCmd"
    options = ["--localhost", "--port", str(port), "--tdb2", "--loc", str(folder / "tdb"), "--update", "/kg"]
    address = f"http://127.0.0.1:{port}"
    return Server(
        "fuseki", [java, "-cp", f"{jars}/*", main, *options], f"{address}/kg/query", f"{address}/$/ping", folder
    )


def rdf4j(folder: Path) -> Server:
    """Return Eclipse RDF4J, on its native store."""
    java, place, port = need("java"), Path(need("Eclipse RDF4J", RDF4J)), free_port()
    runner, war = next(place.glob("jetty-runner-*.jar")), next(place.glob("rdf4j-http-server-*.war"))
    options = ["--host", "127.0.0.1", "--port", str(port), "--path", "/rdf4j-server", str(war)]
    base = f"http://127.0.0.1:{port}/rdf4j-server"
    repository = f"{base}/repositories/kg"

    def make() -> None:
        if not (folder / "data" / "server" / "repositories" / "kg").exists():
            headers = {"Content-Type": "text/turtle"}
            urllib.request.urlopen(
                urllib.request.Request(repository, _REPOSITORY.encode(), headers, method="PUT"),
                timeout=30,
            ).close()

    data = f"-Dorg.eclipse.rdf4j.appdata.basedir={folder / 'data'}"
    return Server("rdf4j", [java, data, "-jar", str(runner), *options], repository, f"{base}/protocol", folder, make)


MAKERS: dict[str, Callable[[Path], Server]] = {"oxigraph": oxigraph, "fuseki": fuseki, "rdf4j": rdf4j}
