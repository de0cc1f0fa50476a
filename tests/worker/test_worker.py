"""A child answers, is limited, is killed, and its death is told in a sentence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rte_graph.errors import (
    InternalError,
    MemoryLimit,
    NestingLimit,
    RteError,
    StoreUnavailable,
    TimeLimit,
    UnreadableData,
)
from rte_graph.worker import parent
from rte_graph.worker.deaths import Death
from rte_graph.worker.parent import Answer, Pool
from tests.conftest import plain

MODULE = "tests.worker.answering"
LONG = 60.0


def explain(death: Death) -> RteError | None:
    kinds: dict[str, type[RteError]] = {"time": TimeLimit, "memory": MemoryLimit, "nesting": NestingLimit}
    kind = kinds.get(death.cause)
    return kind(fr=death.cause, en=death.cause) if kind else None


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(MODULE)
    yield pool
    pool.close()


def ask(pool: Pool, do: str, *, seconds: float = LONG, data: object = (), **request: object) -> Answer:
    return pool.ask({"do": do, **request}, seconds=seconds, explain=explain, data=data)  # type: ignore[arg-type]


def gone(pid: int) -> bool:
    """Tell whether a process is no more (a zombie without a parent that reaps it counts as gone)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def wait_until_gone(pid: int) -> bool:
    ended = threading.Event()
    for _ in range(600):
        if gone(pid):
            return True
        ended.wait(0.5)
    return False


def test_a_child_answers_with_header_data_and_summary(pool: Pool) -> None:
    with ask(pool, "echo", data=[b"one", b"", b"two"]) as answer:
        assert answer.header["pid"] != os.getpid()
        assert b"".join(answer) == b"onetwo"
        assert answer.summary == {"done": True}
        assert list(answer) == []


def test_a_child_serves_again_after_an_answer_and_after_an_error_that_it_told(pool: Pool) -> None:
    pids = set()
    for _ in range(3):
        with ask(pool, "echo") as answer:
            pids.add(answer.header["pid"])
            list(answer)
        with pytest.raises(UnreadableData), ask(pool, "refuse") as answer:
            list(answer)
    assert len(pids) == 1


def test_much_data_in_both_directions_does_not_block(pool: Pool) -> None:
    pieces = (bytes([n % 256]) * 3_000_000 for n in range(20))
    with ask(pool, "echo", data=pieces) as answer:
        assert sum(map(len, answer)) == 60_000_000


def test_a_child_that_answers_before_it_read_everything_is_not_kept(pool: Pool) -> None:
    with ask(pool, "stubborn", data=(bytes(1_000_000) for _ in range(50))) as answer:
        assert list(answer) == [b"x"]
    with ask(pool, "echo") as answer:
        assert list(answer) == []
        assert answer.summary == {"done": True}


def test_two_answers_can_be_read_in_turns(pool: Pool) -> None:
    first, second = (ask(pool, "count", pieces=20, size=500_000) for _ in range(2))
    with first, second:
        read = [(len(one), len(two)) for one, two in zip(first, second, strict=True)]
    assert sum(one for one, _ in read) == sum(two for _, two in read) == 10_000_000


def test_a_child_that_hangs_is_killed_and_reaped_at_its_deadline(pool: Pool) -> None:
    answer = ask(pool, "hang", seconds=0.5)
    with pytest.raises(TimeLimit):
        list(answer)
    assert not Path(f"/proc/{answer.pid}").exists(), "killed and reaped"


def test_a_slow_consumer_does_not_use_up_the_childs_time(pool: Pool) -> None:
    with ask(pool, "count", pieces=40, size=1_000_000, seconds=2) as answer:
        next(answer)
        threading.Event().wait(2.5)
        assert sum(map(len, answer)) == 39_000_000


def test_leaving_early_kills_the_child(pool: Pool) -> None:
    with ask(pool, "hang") as answer:
        pid = answer.header["pid"]
    assert not Path(f"/proc/{pid}").exists()


def test_data_that_cannot_be_made_kill_the_child_and_the_error_comes_through(pool: Pool) -> None:
    def data() -> Iterator[bytes]:
        yield b"x"
        raise KeyError("while reading the store")

    answer = ask(pool, "echo", data=data())
    with pytest.raises(KeyError):
        list(answer)
    assert not Path(f"/proc/{answer.pid}").exists()


@pytest.mark.parametrize(
    ("do", "kind"),
    [
        ("overflow", NestingLimit),
        ("recurse", NestingLimit),
        ("rust_overflow", NestingLimit),
        ("rust_out_of_memory", MemoryLimit),
        ("killed", MemoryLimit),
        ("fail", InternalError),
        ("leave", InternalError),
    ],
)
def test_a_death_is_told_as_what_caused_it_and_the_next_request_is_served(
    pool: Pool, do: str, kind: type[RteError]
) -> None:
    with pytest.raises(kind), ask(pool, do) as answer:
        list(answer)
    with ask(pool, "echo", data=[b"alive"]) as answer:
        assert list(answer) == [b"alive"]


def test_last_words_are_noted_for_debugging_and_bounded(pool: Pool) -> None:
    with pytest.raises(InternalError) as caught, ask(pool, "fail") as answer:
        list(answer)
    assert any("of our own making" in note for note in caught.value.__notes__)
    with pytest.raises(MemoryLimit) as memory, ask(pool, "rust_out_of_memory") as answer:
        list(answer)
    assert any("SIGABRT" in note and "memory allocation" in note for note in memory.value.__notes__)


def test_what_a_child_prints_neither_blocks_it_nor_spoils_the_answer(pool: Pool) -> None:
    with ask(pool, "talk") as answer:
        assert list(answer) == []


def test_an_error_told_by_the_child_keeps_its_class_its_languages_and_its_paths(pool: Pool) -> None:
    with pytest.raises(UnreadableData) as caught, ask(pool, "refuse") as answer:
        list(answer)
    assert caught.value.en == "“x” is wrong: correct it."
    assert plain(caught.value.message("fr")) == "« x » va mal : corrigez-le."
    assert "\u00a0" in caught.value.message("fr")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces RLIMIT_AS")
def test_the_memory_allowed_comes_on_top_of_what_is_in_use(pool: Pool) -> None:
    with ask(pool, "eat", memory=6_000_000, eaten=4_000_000) as answer:
        assert list(answer) == []
    with pytest.raises(MemoryLimit), ask(pool, "eat", memory=6_000_000, eaten=8_000_000) as answer:
        list(answer)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces RLIMIT_AS")
def test_a_child_that_eats_memory_is_stopped_and_may_serve_others(pool: Pool) -> None:
    with ask(pool, "eat", memory=200_000_000, eaten=100_000_000) as answer:
        assert list(answer) == []
    with pytest.raises(MemoryLimit), ask(pool, "eat", memory=200_000_000, eaten=300_000_000) as answer:
        list(answer)
    with ask(pool, "eat", memory=400_000_000, eaten=300_000_000) as answer:
        assert list(answer) == []


def test_a_confined_child_opens_no_socket_and_no_file_and_writes_nothing(pool: Pool, tmp_path: Path) -> None:
    path, grown = tmp_path / "x", tmp_path / "y"
    path.write_text("x", encoding="utf-8")
    grown.touch()
    for _ in range(2):  # the second request gets its rights back, and loses them again
        with ask(pool, "try_all", path=str(path), grown=str(grown)) as answer:
            list(answer)
            assert answer.summary == {"worked": []}
    assert grown.read_bytes() == b""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can forbid sockets alone")
def test_a_child_that_needs_files_still_opens_no_socket(pool: Pool) -> None:
    for _ in range(2):
        with ask(pool, "sockets", path=__file__) as answer:
            list(answer)
            assert answer.summary == {
                "cut": True,
                "failed": ["internet", "local", "in a thread", "in an old thread"],
            }


def test_a_child_knows_no_secret_of_the_environment(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RTE_GRAPH_ENDPOINT_PASSWORD", "hush")
    monkeypatch.setenv("HTTPS_PROXY", "http://user:hush@127.0.0.1:1")
    with ask(pool, "environment") as answer:
        assert not {"RTE_GRAPH_ENDPOINT_PASSWORD", "HTTPS_PROXY"} & set(answer.header["names"])


def test_a_child_takes_no_module_from_the_working_folder(
    pool: Pool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('hijacked')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with ask(pool, "environment") as answer:
        assert str(tmp_path) not in answer.header["path"]
        assert "" not in answer.header["path"]


# A suite that runs in the background ignores Ctrl-C, and its processes inherit that.
PARENT = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from rte_graph.worker.parent import Pool
pool = Pool("tests.worker.answering")
answer = pool.ask({"do": sys.argv[1], "seconds": 1}, seconds=600, explain=lambda _: None)
print(answer.header["pid"], flush=True)
if sys.argv[2] == "ends":
    sys.exit(0)
list(answer)
"""


def _grandchild(do: str, how: str) -> tuple[subprocess.Popen[str], int]:
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT, do, how],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at /proc")
@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_child_ends_when_its_parent_is_killed(way: signal.Signals) -> None:
    process, pid = _grandchild("hang", "waits")
    assert not gone(pid)
    process.send_signal(way)
    process.wait()
    assert wait_until_gone(pid)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at /proc")
def test_a_child_ends_when_its_parent_comes_to_its_end() -> None:
    process, pid = _grandchild("hang", "ends")
    assert process.wait() == 0
    assert gone(pid), "closed at exit"


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at /proc")
def test_a_child_that_never_pauses_ends_by_its_processor_time_when_nobody_can_stop_it() -> None:
    process, pid = _grandchild("spin", "waits")
    process.send_signal(signal.SIGSTOP)  # the parent cannot act, and its pipe stays open
    try:
        assert wait_until_gone(pid)
    finally:
        process.kill()
        process.wait()


def test_a_forked_process_leaves_the_children_of_its_parent_alone(pool: Pool) -> None:
    with ask(pool, "echo") as answer:
        pid = answer.header["pid"]
        list(answer)
    forked = os.fork()
    if forked == 0:
        code = 1
        try:
            with ask(pool, "echo") as answer:
                code = 0 if answer.header["pid"] != pid else 2
                list(answer)
            pool.close()
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
    with ask(pool, "echo", data=[b"still here"]) as answer:
        assert answer.header["pid"] == pid
        assert list(answer) == [b"still here"]


def test_without_posix_limits_a_child_is_refused_in_a_sentence(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parent, "available", lambda: False)
    with pytest.raises(StoreUnavailable, match="use Linux, macOS or WSL"):
        ask(pool, "echo")
