"""The tab key: what is offered where, in real shells, and that nothing bad ever shows."""

from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rte_graph.cli
from rte_graph.cli.completion import candidates
from rte_graph.cli.completion.answering import SHELLS
from rte_graph.cli.completion.candidates import COMPLETED
from rte_graph.cli.completion.fitting import growing, squeezed
from rte_graph.cli.completion.typed import read_typed, written

sys.path.insert(0, str(Path(__file__).parent))
from shells import Shell, missing

PATIENCE = "60"
"""Seconds for a machine that has much else to do: what is offered is tested here, not how soon."""

BREAKS = " \t\n\"'@><=;|&(:"
Ask = Callable[..., list[str]]

ODD_LABELS = ('L’Outil "en" $Main', "L'Atelier & Co (Lyon) !", "a\\b `c` #d ~e *f", "Éco {x} [y]; z|w > v")
ODD = """\
@prefix rte: <https://w3id.org/rte/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RTE_GRAPH_MAX_COMPLETION_SECONDS", PATIENCE)
    return tmp_path


@pytest.fixture
def ask(cli, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """What is offered for a line."""

    def run(line: str, shell: str = "zsh", *, column: int = 1) -> list[str]:
        monkeypatch.setenv("_RTE_GRAPH_COMPLETE", shell)
        monkeypatch.setenv("_RTE_GRAPH_LINE", line)
        monkeypatch.setenv("_RTE_GRAPH_BREAKS", BREAKS)
        outcome = cli()
        assert (outcome.code, outcome.err) == (0, "")
        return [offered.split("\t")[column] for offered in outcome.out.splitlines()]

    return run


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("rte-graph que", ["query"]),
        ("rte-graph query sh", ["show"]),
        ("rte-graph query run members-of", ["members-of-alliance"]),
        ("rte-graph query show MEMBERS-OF", ["members-of-alliance"]),
        ("rte-graph query run --form", ["--format"]),
        ("rte-graph query list --format j", ["json"]),
        ("rte-graph --lang=e", ["--lang=en"]),
        ("rte-graph query list --topic pe", ["people"]),
        ("rte-graph query new x --topic lo", ["local"]),
        ("rte-graph hubs all", ["alliance-memberships"]),
        ("rte-graph overlap all", ["alliance-memberships"]),
        ("rte-graph draw all", ["alliance-memberships"]),
        ("rte-graph export all", ["alliance-memberships"]),
        ("rte-graph network show all", ["alliance-memberships"]),
        ("rte-graph hubs alliance-memberships --by betw", ["betweenness"]),
        ("rte-graph draw alliance-memberships --size-by page", ["pagerank"]),
        ("rte-graph hubs alliance-memberships --exclude siel", ["Siel\\ Bleu"]),
        ("rte-graph hubs alliance-memberships --role membre\\ f", ["membre\\ fondateur"]),
        ("rte-graph communities alliance-m", ["alliance-memberships"]),
        ("rte-graph project alliance-memberships --weight c", ["count", "cosine"]),
        ("rte-graph robustness all", ["alliance-memberships"]),
        ("rte-graph compare alliance-memberships terr", ["territory-actors"]),
        ("rte-graph robustness alliance-memberships --by betw", ["betweenness"]),
        ("rte-graph overlap alliance-memberships --expand betw", ["betweenness"]),
        (
            "rte-graph hubs cooperation --source mgen",
            ["MGEN,\\ Rapport\\ sur\\ la\\ responsabilité\\ territoriale"],
        ),
        ("rte-graph completion f", ["fish"]),
        ("rte-graph query run members-of-alliance -p ", ["alliance="]),
        ("rte-graph query run -p all", []),
        ("rte-graph query run alliances -p ", ["level=", "source="]),
        ("rte-graph query run alliances -p level=national -p ", ["source="]),
        ("rte-graph query run alliances -p l", ["level=", "lang="]),
        ("rte-graph query run alliances -p lang=", ["lang=fr", "lang=en"]),
        ("rte-graph query run alliances -p level=", ["level=\\*", "level=national", "level=territorial"]),
        ("rte-graph query run alliances -p level=TERR", ["level=territorial"]),
        ("rte-graph query run alliances --param=level=nat", ["--param=level=national"]),
        ("rte-graph query run members-of-alliance -p alliance=gener", ["alliance=Génér’action"]),
        (
            "rte-graph query run members-of-alliance -p 'alliance=COALITION SOLIDAIRE",
            ["alliance=Coalition\\ Solidaire"],
        ),
        ("rte-graph describe tous\\ rep", ["Tous\\ Repreneurs"]),
        ("rte-graph describe habitee", []),
        ("rte-graph query run nothing -p x=", []),
        ("rte-graph nothing ", []),
        ("rte-graph query run members-of-alliance extra word", []),
    ],
)
def test_what_can_stand_there_is_offered(ask: Ask, line: str, offered: list[str]):
    found = ask(line)
    assert found == offered or (offered and "Solidaire" in offered[0] and offered[0] in found)


def test_words_of_a_language_go_with_it(ask: Ask):
    assert ask("rte-graph describe general\\ man") == []
    assert ask("rte-graph --lang en describe general\\ man") == ["general\\ manager"]
    assert "query  -- List and run the saved queries." in ask("rte-graph --lang en q", column=2)
    assert "Personnes" in ask("rte-graph query list --topic pe", "fish", column=2)


def test_one_word_of_a_label_is_enough_where_it_leaves_no_choice(ask: Ask):
    assert ask("rte-graph describe repreneurs") == ["Tous\\ Repreneurs"]
    assert ask("rte-graph query run members-of-alliance -p alliance=emploi", "bash") == []


def test_files_are_left_to_the_shell(ask: Ask):
    for line in ("query check q", "query run x -o f", "load ", "--store d", "query run x --store=d"):
        assert ask(f"rte-graph {line}", column=0) == ["file"]
    assert ask("rte-graph run --out o", column=0) == ["folder"]


def test_queries_and_stores_of_the_working_folder_are_known(ask: Ask, cli, elsewhere: Path):
    (elsewhere / "rte.toml").write_text('store = "here.ttl"\nqueries = "mine"\n', encoding="utf-8")
    alliance = '<urn:a> a rte:Alliance ; skos:prefLabel "Ligue du Nord"@fr ; skos:altLabel "LDN" .\n'
    (elsewhere / "here.ttl").write_text(ODD + alliance, encoding="utf-8")
    (elsewhere / "mine").mkdir()
    head = '#+ summary: {fr: "A", en: "A"}\n#+ description: {fr: "A.", en: "A."}\n#+ order: [s]\n'
    (elsewhere / "mine" / "leagues.rq").write_text(head + "SELECT ?s { ?s a ?t }", encoding="utf-8")
    (elsewhere / "mine" / "broken.rq").write_text("nothing", encoding="utf-8")
    assert ask("rte-graph query run lea") == ["leagues"]
    assert ask("rte-graph query run brok") == []
    assert ask("rte-graph query run members-of-alliance -p alliance=") == ["alliance=Ligue\\ du\\ Nord"]
    assert ask("rte-graph query run members-of-alliance -p alliance=ld") == ["alliance=LDN"]
    assert ask("rte-graph --store none.ttl describe Ligue") == []
    assert "Siel\\ Bleu" not in ask("rte-graph describe Siel")


def test_labels_of_a_store_on_disk_are_offered(ask: Ask, cli, elsewhere: Path):
    data = ODD + '<https://e.org/a> a rte:Alliance ; skos:prefLabel "Zorglub du Nord"@fr .'
    (elsewhere / "a.ttl").write_text(data, encoding="utf-8")
    assert cli("load", "a.ttl", "--no-shapes").code == 0
    assert ask("rte-graph describe zor") == ["Zorglub\\ du\\ Nord"]
    assert ask("rte-graph query run members-of-alliance -p alliance=") == ["alliance=Zorglub\\ du\\ Nord"]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that notes what it is asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815 - the name that the server looks for

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql", asked
    server.shutdown()
    server.server_close()


def test_an_endpoint_is_not_asked_while_somebody_types(ask: Ask, listener: tuple[str, list[str]]):
    url, asked = listener
    assert ask(f"rte-graph describe --store {url} Siel") == []
    assert asked == []
    assert ask(f"rte-graph query run --store {url} members-of") == ["members-of-alliance"]


def test_large_files_are_not_read_while_somebody_waits(ask: Ask, monkeypatch, elsewhere: Path):
    (elsewhere / "d").mkdir()
    (elsewhere / "d" / "a.ttl").write_text(
        ODD + '<urn:a> a rte:Alliance ; skos:prefLabel "Zorglub"@fr .', "utf-8"
    )
    assert ask("rte-graph --store d describe zor") == ["Zorglub"]
    monkeypatch.setattr(candidates, "MOST_BYTES", 10)
    assert ask("rte-graph --store d describe zor") == []


def test_a_label_cannot_command_the_terminal_nor_pass_for_two(ask: Ask, cli, elsewhere: Path):
    label = "Zor\\u001b[2Jglub\\tword\\nword\\tx\\u202e"
    data = ODD + f'<urn:a> a rte:Alliance ; skos:prefLabel "{label}"@fr .'
    (elsewhere / "a.ttl").write_text(data, encoding="utf-8")
    cli("query", "new", "mine")
    path = elsewhere / "queries" / "local" / "mine.rq"
    text = path.read_text(encoding="utf-8").replace("type: concept", "type: string")
    text = text.replace("#+     scheme: organisation-kind\n", "").replace('"association"', '"a\\tb"')
    path.write_text(text, encoding="utf-8")
    assert ask("rte-graph --store a.ttl describe zor") == ["Zor\\[2Jglub\\ word\\ word\\ x"]
    assert ask("rte-graph query run mine -p ofKind=") == ["ofKind=\\*"]


@pytest.mark.parametrize(
    "fault", [RuntimeError("x"), SystemExit(3), KeyboardInterrupt(), BaseException("panic")]
)
def test_a_fault_offers_nothing_and_says_nothing(ask: Ask, monkeypatch, fault: BaseException):
    def fail(*_: object) -> None:
        print("noise")
        raise fault

    monkeypatch.setitem(COMPLETED, ("describe", "name"), fail)
    assert ask("rte-graph describe x") == []


def test_a_wait_has_an_end(ask: Ask, monkeypatch):
    def never_ends(*_: object) -> None:
        while True:
            pass

    monkeypatch.setenv("RTE_GRAPH_MAX_COMPLETION_SECONDS", "1")
    monkeypatch.setitem(COMPLETED, ("describe", "name"), never_ends)
    assert ask("rte-graph describe x") == []


@pytest.mark.parametrize(
    "line", ["", "rte-graph", 'rte-graph "', "rte-graph \\", "rte-graph -- ", "rte-graph =", "\x00"]
)
@pytest.mark.parametrize("shell", [*SHELLS, "tcsh", "bash_source", ""])
def test_odd_requests_are_answered_with_nothing_or_candidates(cli, monkeypatch, shell: str, line: str):
    monkeypatch.setenv("_RTE_GRAPH_COMPLETE", shell or "x")
    if "\x00" not in line:
        monkeypatch.setenv("_RTE_GRAPH_LINE", line)
    outcome = cli("query", "list")
    assert (outcome.code, outcome.err) == (0, "")
    assert all(offered.count("\t") == 2 for offered in outcome.out.splitlines())


def test_broken_settings_of_the_folder_say_nothing_either(ask: Ask, elsewhere: Path):
    (elsewhere / "rte.toml").write_text("store = [", encoding="utf-8")
    assert ask("rte-graph describe Siel") == []
    assert ask("rte-graph query run mem") == []
    assert ask("rte-graph que") == ["query"]


def test_verbs_are_offered_without_loading_them():
    code = (
        "import sys; from rte_graph.cli import main; main([]); "
        "print([m for m in sys.modules if m.startswith('rte_graph.cli.') and m.count('.') == 2])"
    )
    given = {"_RTE_GRAPH_COMPLETE": "bash", "_RTE_GRAPH_LINE": "rte-graph "}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=given)
    known = {"common", "completion", "language", "localised", "session"}
    assert {name.rpartition(".")[2] for name in eval(done.stdout.splitlines()[-1])} == known
    assert {line.split("\t")[1] for line in done.stdout.splitlines()[:-1]} == set(rte_graph.cli.VERBS)


def test_what_is_completed_exists():
    context = click.Context(rte_graph.cli.cli)
    for verb, name in COMPLETED:
        command: click.Command = rte_graph.cli.cli
        for word in verb.split():
            assert isinstance(command, click.Group)
            found = command.get_command(context, word)
            assert found is not None, verb
            command = found
        assert name in {each.name for each in command.params}, (verb, name)


@pytest.mark.parametrize(
    ("line", "words", "incomplete", "quote", "replaced"),
    [
        ("rte-graph q", ["rte-graph"], "q", "", "q"),
        ("rte-graph q ", ["rte-graph", "q"], "", "", ""),
        ("r -p a=Coal", ["r", "-p"], "a=Coal", "", "Coal"),
        ('r -p a="Coal S', ["r", "-p"], "a=Coal S", '"', "Coal S"),
        ("r 'L'\\''Ou", ["r"], "L'Ou", "'", "Ou"),
        ("r L'Ou", ["r"], "LOu", "'", "Ou"),
        ("r a\\ b\\=c", ["r"], "a b=c", "", "a\\ b\\=c"),
        ('r "a"b=c "d', ["r", "ab=c"], "d", '"', "d"),
        ('r "a\\"b\\c', ["r"], 'a"b\\c', '"', 'a\\"b\\c'),
        ("r a\\", ["r"], "a", "", "a\\"),
        ("r Tiers:l", ["r"], "Tiers:l", "", "l"),
    ],
)
def test_a_line_is_read_as_a_shell_reads_it(
    line: str, words: list[str], incomplete: str, quote: str, replaced: str
):
    typed = read_typed(line)
    assert (typed.words, typed.incomplete, typed.quote) == (words, incomplete, quote)
    assert line[typed.replaced_from(BREAKS) :] == replaced


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_what_is_written_is_what_the_shell_then_reads(shell: str, quote: str):
    if missing(shell):
        pytest.skip(missing(shell))
    texts = [
        *ODD_LABELS,
        "-x",
        "=a",
        "a=b",
        "’« é »",
        "\ta",
        "~",
        "a!b",
        "^a^b",
        "$(x)",
        "&&",
        "\\",
        "{a,b}",
        "%1",
    ]
    line = " ".join(f"{quote}{written(text, quote)}{quote}" for text in texts)
    command = [shell, *(["-f"] if shell == "zsh" else ["--norc"]), "-c", f"printf '%s\\0' {line}"]
    done = subprocess.run(command, capture_output=True, check=True, cwd="/")
    assert done.stdout.decode().split("\0")[:-1] == texts


@given(st.lists(st.text("abé Œ'\"\\$`*’=", min_size=1), min_size=1, max_size=4))
def test_what_is_written_reads_back_as_it_was(texts: list[str]):
    for quote in ("", "'", '"'):
        line = " ".join(f"{quote}{written(text, quote)}{quote}" for text in texts) + " "
        assert read_typed(line).words == texts


@given(st.lists(st.text("aAeéEœ'’ ", min_size=1), min_size=2, max_size=5), st.text("aeéœ' ", max_size=3))
def test_candidates_never_have_less_in_common_than_was_typed(names: list[str], typed: str):
    fitting = [name for name in names if squeezed(name).startswith(squeezed(typed))]
    grown = growing(fitting, typed)
    if len(grown) > 1:
        common = grown[0]
        while not all(name.startswith(common) for name in grown):
            common = common[:-1]
        assert len(squeezed(common)) >= len(squeezed(typed))
    assert all(squeezed(name) in {squeezed(each) for each in fitting} for name in grown)


@pytest.mark.parametrize("shell", sorted(SHELLS))
def test_the_script_is_one_that_its_shell_can_read(cli, shell: str):
    outcome = cli("completion", shell)
    assert outcome.code == 0
    if missing(shell):
        pytest.skip(missing(shell))
    done = subprocess.run([shell, "-n"], input=outcome.out, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_shell_is_answered_with_those_known(cli):
    outcome = cli("completion", "tcsh")
    assert outcome.code == 2
    assert "bash, fish, zsh" in outcome.err


@pytest.fixture(scope="module", params=["bash", "zsh", "fish"])
def shell(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Shell]]:
    """An interactive shell in a folder whose data have odd labels."""
    if missing(request.param):
        pytest.skip(missing(request.param))
    folder = tmp_path_factory.mktemp("home")
    named = "".join(
        f"<urn:{number}> a rte:Organisation ; skos:prefLabel {written_turtle(label)}@fr .\n"
        for number, label in enumerate(ODD_LABELS)
    )
    (folder / "odd.ttl").write_text(ODD + named, encoding="utf-8")
    started = Shell(request.param, folder)
    yield request.param, started
    started.close()


def written_turtle(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


RUN = "rte-graph query run members-of-alliance -p "


@pytest.mark.parametrize(
    ("line", "then"),
    [
        ("rte-graph qu", {"": "rte-graph query "}),
        ("rte-graph query run memb", {"": "rte-graph query run members-of-alliance "}),
        (f"{RUN}al", {"": f"{RUN}alliance="}),
        (f"{RUN}alliance=gen", {"": f"{RUN}alliance=Génér’action ", "fish": f"{RUN}alliance=genér’action "}),
        (f"{RUN}alliance=Collectif\\ Emploi\\ de\\ Na", {"": f"{RUN}alliance=Collectif\\ Emploi\\ de\\ Nan"}),
        (
            f"{RUN}alliance=collectif\\ emploi\\ de\\ nanc",
            {"": f"{RUN}alliance=Collectif\\ Emploi\\ de\\ Nancy "},
        ),
        (
            f'{RUN}alliance="collectif emploi de nanc',
            {
                "": f"{RUN}alliance=Collectif\\ Emploi\\ de\\ Nancy ",
                "bash": f'{RUN}alliance="Collectif Emploi de Nancy" ',
            },
        ),
        (
            f"{RUN}'alliance=collectif emploi de nanc",
            {
                "": f"{RUN}'alliance=Collectif Emploi de Nancy' ",
                "fish": f"{RUN}alliance=Collectif\\ Emploi\\ de\\ Nancy ",
            },
        ),
        ("rte-graph --lang=e", {"": "rte-graph --lang=en "}),
        ("rte-graph nothing x", {"": "rte-graph nothing x"}),
        ("rte-graph --store=od", {"": "rte-graph --store=odd.ttl "}),
        ("rte-graph --store od", {"": "rte-graph --store odd.ttl "}),
    ],
)
def test_the_tab_key_completes_in_a_real_shell(shell: tuple[str, Shell], line: str, then: dict[str, str]):
    name, running = shell
    after, shown = running.press_tab(line)
    assert after == then.get(name, then[""])
    assert "Traceback" not in shown


@pytest.mark.parametrize("beginning", ["l’outil", "L\\'Atel", "a\\\\b\\ c", "eco\\ \\{x"])
def test_a_label_with_signs_of_the_shell_is_completed_to_the_word_that_it_is(
    shell: tuple[str, Shell], beginning: str
):
    name, running = shell
    after, _ = running.press_tab(f"rte-graph --store odd.ttl describe {beginning}")
    typed = after.removeprefix("rte-graph --store odd.ttl describe ")
    command = [name, "--no-config" if name == "fish" else "-f" if name == "zsh" else "--norc", "-c"]
    done = subprocess.run([*command, f"printf %s {typed}"], capture_output=True, text=True, check=True)
    expected = next(
        each for each in ODD_LABELS if squeezed(each).startswith(squeezed(read_typed(beginning).incomplete))
    )
    assert squeezed(done.stdout) == squeezed(expected)
    if name != "fish":
        assert done.stdout == expected


def test_what_is_possible_is_listed_with_what_it_is(shell: tuple[str, Shell]):
    name, running = shell
    _, shown = running.press_tab("rte-graph query run alliances -p level=", times=2)
    assert "national" in shown
    assert "territorial" in shown
    if name != "bash":
        _, shown = running.press_tab("rte-graph query list --topic p", times=2)
        assert "Personnes" in shown
