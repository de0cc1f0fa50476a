from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from heavy_modules import HEAVY

import rte_graph.cli
from rte_graph import __version__
from rte_graph.cli import VERBS
from rte_graph.cli.common import LocalGroup, Session, argument, command, group, option, text
from rte_graph.cli.language import early_language
from rte_graph.errors import LimitReached

Run = Callable[..., Any]
SCRIPT = [sys.executable, "-c", "import sys; from rte_graph.cli import main; sys.exit(main())"]


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> LocalGroup:
    """A command line of its own in place of the real verbs: ``probe``, ``fail``, ``crash``, ``set inner``."""

    @group("rte-graph", help=text(fr="Essai.", en="Trial."), example="rte-graph probe x")
    def trial(session: Session) -> None:
        pass

    @command(
        "probe",
        help=text(fr="Sonder. Deux phrases.", en="Probe. Two sentences."),
        example=text(fr="rte-graph probe nom", en="rte-graph probe name"),
        parent=trial,
    )
    @argument("name", metavar=text(fr="NOM", en="NAME"))
    @option("--top", type=int, default=3, show_default=True, help=text(fr="Les N premiers.", en="First N."))
    @option("--by", type=click.Choice(["degree", "rank"]), help=text(fr="Mesure.", en="Measure."))
    def probe(session: Session, name: str, top: int, by: str | None) -> None:
        session.say(fr="bavard", en="chatty")
        session.emit(f"{name} {top} {session.lang} {session.store_spec} {session.verbosity} {session.debug}")

    @command("fail", help=text(fr="Échouer.", en="Fail."), example="rte-graph fail", parent=trial)
    def fail(session: Session) -> None:
        raise LimitReached(fr="Trop long : attendez.", en="Too long: wait.")

    @command("crash", help=text(fr="Planter.", en="Crash."), example="rte-graph crash", parent=trial)
    def crash(session: Session) -> None:
        raise RuntimeError("two\nlines")

    @command("interrupt", help=text(fr="Stop.", en="Stop."), example="rte-graph interrupt", parent=trial)
    def interrupt(session: Session) -> None:
        raise KeyboardInterrupt

    @group("set", help=text(fr="Groupe.", en="Group."), example="rte-graph set inner")
    def inner_group(session: Session) -> None:
        pass

    @command(
        "inner", help=text(fr="Dedans.", en="Inside."), example="rte-graph set inner", parent=inner_group
    )
    def inner(session: Session) -> None:
        session.emit(f"inner {session.lang} {session.store_spec} {session.verbosity}")

    trial.add_command(inner_group)
    monkeypatch.setattr(rte_graph.cli, "cli", trial)
    return trial


def test_common_options_are_accepted_before_and_after_the_verb(cli: Run, verb: LocalGroup) -> None:
    before = cli("--store", "d", "--lang", "en", "-v", "--debug", "probe", "x")
    after = cli("probe", "x", "--store", "d", "--lang", "en", "-v", "--debug")
    assert before.out == after.out == "x 3 en d 1 True\n"
    assert cli("set", "--lang", "en", "inner", "-v").out == "inner en None 1\n"
    assert cli("--store", "d", "set", "inner").out == "inner fr d 0\n"


def test_one_call_leaves_nothing_to_the_next(cli: Run, verb: LocalGroup) -> None:
    assert cli("probe", "x", "--lang", "en", "-v", "--debug").out == "x 3 en None 1 True\n"
    assert cli("probe", "x").out == "x 3 fr None 0 False\n"


def test_quiet_shows_the_result_only(cli: Run, verb: LocalGroup) -> None:
    assert cli("probe", "x").err == "bavard\n"
    assert cli("probe", "x", "-q").err == ""
    assert cli("-q", "probe", "x").out == "x 3 fr None -1 False\n"


def test_an_error_is_one_sentence_in_the_language_asked_for(cli: Run, verb: LocalGroup) -> None:
    french, english = cli("fail"), cli("fail", "--lang", "en")
    assert (french.code, french.out, french.err) == (75, "", "rte-graph : Trop long : attendez.\n")
    assert (english.code, english.err) == (75, "rte-graph: Too long: wait.\n")


def test_a_defect_is_one_sentence_and_its_traceback_comes_with_debug(cli: Run, verb: LocalGroup) -> None:
    outcome = cli("crash")
    assert outcome.code == 70
    assert outcome.err.count("\n") == 1
    assert "RuntimeError: two" in outcome.err
    assert "Traceback" not in outcome.err
    assert "Traceback" in cli("crash", "--debug").err
    assert "Traceback" in cli("--debug", "crash").err


def test_a_name_in_an_error_cannot_command_the_terminal(cli: Run) -> None:
    for words in (["describe", "x\x1b[2J\u202ey"], ["\x1b[2J"], ["load", "\x9bno.ttl"]):
        outcome = cli(*words)
        assert outcome.code == 2
        assert not {"\x1b", "\x9b", "\u202e"} & set(outcome.err)


def test_an_interruption_ends_with_130_and_no_words(cli: Run, verb: LocalGroup) -> None:
    outcome = cli("interrupt")
    assert (outcome.code, outcome.out, outcome.err) == (130, "", "")


@pytest.mark.parametrize(
    ("words", "french", "english"),
    [
        (
            ["prob"],
            "« prob » n’est pas une commande de rte-graph : essayez probe.",
            "“prob” is not a command",
        ),
        (["probe"], "Il manque NOM : voyez « rte-graph probe --help ».", "NAME is missing"),
        (
            ["probe", "x", "--tpo", "1"],
            "L’option --tpo n’existe pas : essayez --top.",
            "There is no option --tpo: try --top.",
        ),
        (["probe", "x", "--zzz"], "L’option --zzz n’existe pas : voyez", "There is no option --zzz: see"),
        (
            ["probe", "x", "--top", "y"],
            "--top attend un nombre entier, pas « y »",
            "--top expects a valid integer",
        ),
        (["probe", "x", "--top"], "L’option --top attend une valeur", "The option --top needs a value"),
        (
            ["probe", "x", "--by", "y"],
            "--by n’accepte pas cette valeur : choisissez parmi degree, rank.",
            "choose among",
        ),
        (["probe", "x", "y"], "« y » est de trop", "“y” is one word too many"),
        (["set", "x"], "« x » n’est pas une commande de rte-graph set : essayez inner.", "is not a command"),
    ],
)
def test_wrong_usage_is_one_sentence_with_exit_code_2(
    cli: Run, verb: LocalGroup, words: list[str], french: str, english: str
) -> None:
    outcome = cli(*words)
    assert outcome.code == 2
    assert outcome.err.startswith(f"rte-graph : {french}")
    assert outcome.err.count("\n") == 1
    other = cli(*words, "--lang", "en") if words[-1] != "--top" else cli("--lang", "en", *words)
    assert english in other.err
    assert other.code == 2


def test_help_of_a_verb_has_its_example_and_speaks_both_languages(cli: Run, verb: LocalGroup) -> None:
    french, english = cli("probe", "--help"), cli("probe", "--lang", "en", "--help")
    for words in (
        "Usage : rte-graph probe [OPTIONS] NOM",
        "Les N premiers.",
        "[par défaut : 3]",
        "Exemple :",
        "rte-graph probe nom",
        "Options communes :",
        "Montrer cette aide.",
    ):
        assert words in french.out
    for words in (
        "Usage: rte-graph probe [OPTIONS] NAME",
        "First N.",
        "[default: 3]",
        "Example:",
        "rte-graph probe name",
        "Common options:",
        "Show this help.",
    ):
        assert words in english.out
    assert french.code == english.code == 0
    assert "  Sonder. Deux phrases." in french.out
    assert "  Probe. Two sentences." in english.out
    assert "[par défaut" not in english.out
    assert "\n  NOM" not in french.out, "an argument without help has no row"
    assert cli("probe", "--help").out == french.out, "back to French"


def test_metavars_speak_the_language_asked_for(cli: Run) -> None:
    assert "-o, --output FILE" in cli("validate", "--help", "--lang", "en").out
    assert "-o, --output FICHIER" in cli("validate", "--help").out
    assert "--store PATH|URL" in cli("validate", "--help", "--lang", "en").out


def test_help_lists_the_verbs_of_a_group(cli: Run, verb: LocalGroup) -> None:
    assert "probe      Sonder." in cli("--help").out
    assert "inner  Inside." in cli("set", "--help", "--lang=en").out


def test_no_verb_at_all_shows_the_help_with_exit_code_2(cli: Run) -> None:
    outcome = cli()
    assert outcome.code == 2
    assert "Commandes :" in outcome.out


def test_the_version_is_shown(cli: Run) -> None:
    assert cli("--version").out == f"rte-graph {__version__}\n"


@pytest.mark.parametrize(
    ("words", "lang"),
    [
        (["--lang", "en"], "en"),
        (["hubs", "x", "--lang=en"], "en"),
        (["--lang", "de"], "fr"),
        (["--", "--lang", "en"], "fr"),
        (["--lang"], "fr"),
        (["--lang", "en", "x", "--lang", "fr"], "fr"),
    ],
)
def test_the_language_is_found_anywhere_on_the_line(words: list[str], lang: str) -> None:
    assert early_language(words) == lang


def test_the_locale_does_not_choose_the_language_nor_the_encoding(write: Callable[..., Path]) -> None:
    environment = {**os.environ, "LC_ALL": "C", "LANG": "en_US", "PYTHONIOENCODING": "ascii"}
    words = ["validate", str(write("x.ttl", "alliance:a rte:zzz 1 .")), "--format", "json"]
    done = subprocess.run([*SCRIPT, *words], capture_output=True, env=environment, check=False)
    assert "Le terme rte:zzz n’est déclaré nulle part" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", list(VERBS))
def test_every_verb_has_help_with_an_example(cli: Run, name: str, lang: str) -> None:
    outcome = cli(name, "--help", "--lang", lang)
    assert outcome.code == 0, outcome.err
    assert {"fr": "Exemple :", "en": "Example:"}[lang] in outcome.out
    assert f"rte-graph {name}" in outcome.out.partition("Exemple" if lang == "fr" else "Example")[2]


def test_a_reader_that_leaves_is_no_error() -> None:
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from rte_graph.cli import main\n"
            "from rte_graph.cli.session import Session\n"
            "import rte_graph.cli as c\n"
            "c._invoke = lambda words, session: [session.emit('x' * 100) for _ in range(100000)] and 0\n"
            "sys.exit(main())",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(100)
    process.stdout.close()
    assert process.wait(timeout=30) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_in_a_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*SCRIPT, "query", "list"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 75
    assert "disque est plein" in done.stderr
    assert done.stderr.count("\n") == 1
    told = subprocess.run(
        [*SCRIPT, "network", "list", "-o", "/dev/full"], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr.count("\n")) == (2, 1)
    assert "(disque plein)" in told.stderr


def test_output_goes_to_a_file_whole_and_a_missing_folder_is_a_usage_error(cli: Run, tmp_path: Path) -> None:
    from rte_graph.cli.session import write_file
    from rte_graph.errors import UsageError

    write_file(tmp_path / "é.txt", "œuvre")
    assert (tmp_path / "é.txt").read_bytes() == "œuvre".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["é.txt"]
    with pytest.raises(UsageError, match="choose another place"):
        write_file(tmp_path / "no" / "x.txt", "x")


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], *([name, "--help"] for name in VERBS)], ids=" ".join
)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys; from rte_graph.cli import main; code = main(sys.argv[1:]); "
        f"print(code, [m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 []", done.stderr


def test_top_level_help_imports_no_verb() -> None:
    code = (
        "import sys; from rte_graph.cli import main; main(['--help']); "
        "print(sorted(m for m in sys.modules if m.startswith('rte_graph')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(eval(done.stdout.splitlines()[-1])) == {
        "rte_graph",
        "rte_graph.cli",
        "rte_graph.cli.common",
        "rte_graph.cli.language",
        "rte_graph.cli.localised",
        "rte_graph.cli.session",
        "rte_graph.errors",
        "rte_graph.typography",
    }


def test_help_is_quick_enough_to_be_asked() -> None:
    start = time.perf_counter()
    subprocess.run([*SCRIPT, "--help"], capture_output=True, check=True)
    assert time.perf_counter() - start < 30, "hangs"
