"""The command line as people meet it: answers, formats, exit codes, and one clear message for each mistake."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import paths
from kg.commands.shell.parser import command_names
from tests.conftest import BOTH, ROOT, cited


def kg(*arguments: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "NO_COLOR": "1", **env}
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        env=settings,
        encoding="utf-8",
    )


VERBS = command_names()


@pytest.mark.parametrize("verb", VERBS)
def test_every_help_opens_with_three_examples(verb: str) -> None:
    done = kg(verb, "--help")
    examples = done.stdout.split("examples:\n", 1)[1].split("\n\n", 1)[0].splitlines()
    assert done.returncode == 0
    assert len(examples) == 3
    assert all("kg " + verb in line for line in examples)


def test_the_list_of_commands_is_what_is_tested() -> None:
    listed = kg("--help").stdout.split("commands:")[1]
    found = [line.split()[0] for line in listed.splitlines() if line.startswith("    ") and line[4] != " "]
    assert [v for v in found if v not in {"COMMAND"}] == VERBS


ASKED = ("query", "programmes-funding-domain", "--domain", "quantum security", "--fiscal-year", "2020")
SAID = "4 programmes; stated: at most ¥27.9 bn (279億円), with what the layout suggests: between"


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_byte_order_mark_opens_an_answer_in_excel(form: str) -> None:
    plain, marked = (kg(*ASKED, "--format", form, *more) for more in ((), ("--bom",)))
    assert marked.stdout == f"\ufeff{plain.stdout}"
    read = csv.DictReader(io.StringIO(marked.stdout.removeprefix("\ufeff")), delimiter={"csv": ",", "tsv": "\t"}[form])
    assert {int(row["upper_yen"]) for row in read} >= {27_900_000_000}


def test_a_byte_order_mark_is_refused_where_it_would_do_harm() -> None:
    done = kg(*ASKED, "--format", "json", "--bom")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "kg: --bom goes with csv and tsv, not with json\n")


def test_a_piped_answer_is_the_table_of_the_terminal_a_little_wider() -> None:
    done = kg(*ASKED, "--lang", "en")
    assert " ".join(done.stdout.split()).startswith(SAID)
    assert done.stdout.endswith("3 open readings affect this: --notes\n")
    assert done.stderr == ""


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl"])
def test_records_leave_the_sentence_to_standard_error_unless_it_is_asked_for(form: str) -> None:
    bare, noted = kg(*ASKED, "--format", form), kg(*ASKED, "--format", form, "--with-notes")
    assert SAID in bare.stderr
    assert SAID not in bare.stdout
    assert (SAID in noted.stdout, noted.stderr) == (True, "")


def test_the_name_of_a_file_says_its_format(tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    assert kg(*ASKED, "-o", str(target)).returncode == 0
    assert json.loads(target.read_text(encoding="utf-8"))["question"] == "programmes-funding-domain"


def test_funding_says_lower_upper_what_counted_what_not_and_why() -> None:
    done = kg("query", "funding", "--domain", "quantum security", "--fiscal-year", "2020", "--format", "json")
    answer = json.loads(done.stdout)
    rows = answer["rows"]
    assert [*rows[0]][-5:] == ["counts", "counts_code", "lower_yen", "upper_yen", "why"]
    assert sum(r["lower_yen"] for r in rows) == answer["total"]["lower_yen"] == 1_400_000_000
    assert sum(r["upper_yen"] for r in rows) == answer["total"]["upper_yen"] == 34_500_000_000
    assert [r["counts_code"] for r in rows].count("no") == 1
    assert f"an unstated part of the same money as 279億円の内数 ({cited(4, '279')})" in [r["why"] for r in rows]


@pytest.mark.parametrize(
    ("asked", "upper", "unbounded"),
    [(("--domain", "quantum-inspired"), 37_420_000_000, 0), (("--programme", "moonshot"), None, 1)],
)
def test_only_an_amount_that_nothing_bounds_opens_the_upper_bound(
    asked: tuple[str, str], upper: int | None, unbounded: int
) -> None:
    done = kg("query", "funding", *asked, "--format", "json")
    total = json.loads(done.stdout)["total"]
    assert (total["upper_yen"], total["open"]) == (upper, unbounded)


@pytest.mark.slow("takes over a second")
@pytest.mark.parametrize(
    "form", ["table", "csv", "tsv", "json", "jsonl", "md", "html", "sparql-json", "sparql-csv", "sparql-tsv"]
)
def test_every_format_writes_the_same_rows(form: str) -> None:
    out = kg("query", "rank-ministries", "--fiscal-year", "2020", "--format", form).stdout
    rows = 17 + (3 if BOTH else 0)  # the second document prints the year before its own
    if form == "csv":
        assert len(list(csv.reader(io.StringIO(out)))) == rows + 1
    elif form == "json":
        assert len(json.loads(out)["rows"]) == rows
    elif form == "sparql-json":
        assert len(json.loads(out)["results"]["bindings"]) == rows
    elif form == "jsonl":
        assert len([json.loads(line) for line in out.splitlines()]) == rows
    else:
        assert out.count("688") >= 1 or out.count("6889") >= 1


def test_japanese_where_the_terminal_is_japanese() -> None:
    out = kg("query", "rank-ministries", "--fiscal-year", "2020", "--format", "table", LC_ALL="ja_JP.UTF-8").stdout
    assert "文部科学省" in out
    assert "21,224億円" in out


def test_an_answer_can_go_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    assert kg("query", "hubs", "--format", "csv", "-o", str(target)).returncode == 0
    assert target.read_text(encoding="utf-8").startswith("hub,")
    assert [p.name for p in tmp_path.iterdir()] == ["answer.csv"]


def test_sparql_takes_text_files_and_standard_input(tmp_path: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?m a <https://w3id.org/innovation-strategy/ontology#Ministry> }"
    file = tmp_path / "q.rq"
    file.write_text(query, encoding="utf-8")
    assert (
        kg("sparql", query, "--format", "tsv").stdout
        == kg("sparql", str(file), "--format", "tsv").stdout
        == kg("sparql", "-", "--format", "tsv", stdin=query).stdout
        == "?n\n12\n"
    )
    assert json.loads(kg("sparql", query, "--format", "json").stdout)["head"] == {"vars": ["n"]}
    assert kg("sparql", query).stdout.splitlines() == ["1 row", "", " n", "--", "12"]


def test_sparql_answers_ask_and_construct() -> None:
    assert kg("sparql", "ASK { ?s ?p ?o }").stdout == "true\n"
    assert "CONSTRUCTED" in kg("sparql", 'CONSTRUCT { <urn:a> <urn:b> "CONSTRUCTED" } WHERE {}').stdout


def test_show_gives_evidence_page_and_lines() -> None:
    out = kg("show", "衛星量子暗号", "--format", "table", "--lang", "en").stdout
    assert "p4 l397–398" in out
    assert "background" in out
    whole = kg("show", "衛星量子暗号", "--all", "--format", "table", "--lang", "en").stdout
    assert "p4 l397–398" in whole
    assert "Inferred" in whole
    assert len(whole.splitlines()) > len(out.splitlines())


@pytest.mark.slow("takes over a second")
def test_export_of_the_whole_dataset(tmp_path: Path) -> None:
    target = tmp_path / "g.nq"
    assert kg("export", "-f", "nq", "-o", str(target)).returncode == 0
    lines = target.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    assert all(line.endswith("> .") for line in lines)
    assert len(lines) > 20_000


MISTAKES: list[tuple[list[str], int, str]] = [
    (["query", "fundin"], 2, "did you mean 'funding'"),
    (["query", "funding", "--doman", "x"], 2, "did you mean 'domain'"),
    (["query", "funding", "--domain"], 2, "--domain needs a value"),
    (["query", "funding", "--domain", "quantum secrity"], 2, "did you mean 'quantum security'"),
    (["query", "funding", "--fiscal-year", "2020x"], 2, "is not a whole number"),
    (["query", "funding", "stray"], 2, "write parameters as --name value"),
    (["query", "funding", "--domain", "ai", "--domain", "ai"], 2, "given twice"),
    (["query", "hubs", "--format", "xml"], 2, "--format does not accept 'xml'; did you mean"),
    (["sparql", "SELECT * { ?s"], 2, "at line 1, column"),
    (["sparql", "SELECT *\n{ ?s ?p ?o\n} LIMIT x"], 2, "at line 3, column"),
    (["sparql", "DELETE WHERE { ?s ?p ?o }"], 2, "updates are refused"),
    (["sparql", "PREFIX a: <urn:a> INSERT DATA { a:b a:c a:d }"], 2, "updates are refused"),
    (["sparql", "SELECT * { SERVICE <http://localhost:1> { ?s ?p ?o } }"], 2, "--allow-service"),
    (["sparql", "SELECT * " + "{" * 5000], 2, "nests deeper than 100"),
    (["sparql", "no-such-file.rq"], 3, "no-such-file.rq"),
    (["sparql", "ASK {}", "--data", "no-such-file.ttl"], 3, "no such file"),
    (["sparql", "ASK {}", "--data", "README.md"], 3, "unknown kind of file"),
    (["show", "no such thing at all"], 2, "unknown name 'no such thing at all'"),
    (["coverage", "no-such-file.txt"], 3, "no such file"),
    (["build", "--facts", "no-such-folder", "-o", "x.trig"], 3, "no such folder"),
    (["export", "-o", "no/such/folder/x.ttl"], 3, "cannot be written"),
    (["frob"], 2, "unknown command 'frob'; try: kg --help"),
    (["find", "RIKEN", "--limt", "3"], 2, "kg find has no option --limt; did you mean '--limit'?"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), MISTAKES, ids=lambda v: str(v)[:40])
def test_each_mistake_gets_one_clear_message_and_its_exit_code(arguments: list[str], code: int, said: str) -> None:
    done = kg(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert done.stderr.startswith("kg: ")
    assert "Traceback" not in done.stderr


def test_a_table_with_faults_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "facts" / "doc"
    folder.mkdir(parents=True)
    (folder / "FundedItem.csv").write_text("id,hasPurpose\nq-leap,reserch\n,research\n", encoding="utf-8")
    done = kg("build", "--facts", str(tmp_path / "facts"), "-o", str(tmp_path / "g.trig"))
    assert done.returncode == 1
    assert (
        "facts/doc/FundedItem.csv:2:hasPurpose: reserch: no Purpose has this id — did you mean 'research'"
        in done.stderr
    )
    assert "facts/doc/FundedItem.csv:3:id: is empty" in done.stderr
    assert not (tmp_path / "g.trig").exists()


def test_nothing_found_is_an_error_only_when_asked() -> None:
    empty = ["query", "funding", "--domain", "quantum security", "--fiscal-year", "2018"]
    assert kg(*empty).returncode == 0
    assert kg(*empty, "--fail-if-empty").returncode == 1


def test_an_unsure_question_offers_the_three_nearest() -> None:
    done = kg("ask", "the performance of quantum computers")
    assert done.returncode == 2
    assert done.stderr.count("kg query ") == 3
    assert done.stdout == ""


@pytest.mark.slow("builds several times")
def test_build_check_says_when_the_committed_files_are_fresh() -> None:
    assert kg("build", "--check").returncode == (1 if BOTH else 0)
    assert kg("build", "--check", "--facts", str(paths.OWN_FACTS)).returncode == 0
    assert kg("build", KG_FACTS="elsewhere").returncode != 0
    assert "KG_FACTS needs -o FILE" in kg("build", KG_FACTS=str(paths.FACTS / ".." / "facts")).stderr


def test_help_imports_nothing_that_takes_time() -> None:
    code = "import atexit, sys; from kg.commands.shell.parser import run; atexit.register(lambda: print(*sys.modules)); run(['--help'])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    heavy = {
        "pyoxigraph",
        "yaml",
        "rdflib",
        "networkx",
        "pyshacl",
        "SPARQLWrapper",
        "kg.questions.run",
        "kg.stores.embedded",
        "json",
    }
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "kg.commands.query" in loaded
    assert heavy & loaded == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_the_shell_learns_commands_options_and_questions(shell: str) -> None:
    script = kg("completion", shell).stdout
    assert "coverage" in script
    assert "fail-if-empty" in script
    assert "programmes-funding-domain" in script


def test_bash_completes_a_question(tmp_path: Path) -> None:
    (tmp_path / "kg.sh").write_text(kg("completion", "bash").stdout, encoding="utf-8")
    line = "COMP_WORDS=(kg query rank); COMP_CWORD=2; COMP_LINE='kg query rank'; COMP_POINT=13; $(complete -p kg | sed 's/.*-F \\([^ ]*\\).*/\\1/'); printf '%s\\n' \"${COMPREPLY[@]}\""
    done = subprocess.run(["bash", "-c", f". {tmp_path / 'kg.sh'}; {line}"], capture_output=True, text=True)
    assert "rank-ministries" in done.stdout.split()


def test_an_answer_begins_with_the_question_as_it_was_understood() -> None:
    asked = kg("ask", "which programs fund quantum security", "--lang", "en").stderr.splitlines()
    assert asked[0] == "Question: Which programmes fund quantum security? (fiscal year: 2020)"
    assert asked[1] == ("Same as: kg query programmes-funding-domain --domain quantum-security --fiscal-year 2020")


@pytest.mark.slow("asks four times")
@pytest.mark.parametrize("form", ["table", "md", "html", "csv"])
def test_amounts_are_given_in_the_unit_that_is_asked_for(form: str) -> None:
    words = ("query", "funding-by-ministry", "--domain", "quantum security", "--lang", "en", "--format", form)
    billions, oku = kg(*words), kg(*words, "--unit", "oku")
    assert "¥" in billions.stdout + billions.stderr
    assert "¥" not in oku.stdout + oku.stderr
    assert "at most 331億円" in oku.stdout + oku.stderr
    assert form != "csv" or billions.stdout == oku.stdout


def test_the_working_is_given_in_the_unit_that_is_asked_for() -> None:
    words = ("why", "funding", "--domain", "quantum security", "--lang", "en")
    assert "at most ¥3.2 bn" in kg(*words).stdout
    oku = kg(*words, "--unit", "oku").stdout
    assert "at most 32億円" in oku
    assert "¥" not in oku
