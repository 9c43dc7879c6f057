"""``run``, ``chat`` and ``demo``: the bot alive, as the processes that people start and stop."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.demo.play import picture
from bot.home import Home
from bot.store.verifying import verify_home
from bot.web.serving import free_socket
from tests.bot.command_line.prompt import Prompt
from tests.hanging_pandoc import is_asked, is_gone, pandoc_that_hangs
from tests.telegram_double import TelegramDouble

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60.0


@asynccontextmanager
async def tomoshibi(*words: object, **env: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start a process of its own; it is killed if the test forgets it."""
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM_", "TOMOSHIBI_"))}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *map(str, words),
        cwd=ROOT,
        env=bare | {"PYTHONUNBUFFERED": "1"} | env,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def end(process: asyncio.subprocess.Process, stdin: str | None = None) -> tuple[int, str, str]:
    """Wait for the end; gives exit code, stdout and stderr."""
    out, err = await asyncio.wait_for(process.communicate(stdin.encode() if stdin else None), PATIENCE)
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="no such pipes there")
async def test_the_life_of_a_bot(prompt: Prompt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The director enrols over Telegram; a second process on the home is refused; SIGTERM ends the first in five seconds.

    It does so although all hangs: photos, messages, an answer to a tap and the poll never end on the other side, and a paper
    that is made never gets done, whose maker ends as well.
    """
    _, pipe = pandoc_that_hangs(tmp_path, monkeypatch)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    code = prompt.makes_home()
    async with TelegramDouble() as double:
        env = {"TELEGRAM_BOT_TOKEN": double.token, "TELEGRAM_API_URL": double.url}
        phone = double.person(4711, "高橋", started=True)
        phone.writes(f"/start {code}")
        async with tomoshibi("run", "--home", prompt.home, **env) as bot:
            await phone.sees("高橋さん、登録できました", within=PATIENCE)

            async with tomoshibi("run", "--home", prompt.home, **env) as second:
                returned, out, err = await end(second)
            assert (returned, out) == (1, "")
            assert "is running elsewhere already" in err
            assert "Traceback" not in err

            phone.writes("/report")
            for label in ("施設（壁に貼る紙など）", "入口の貼り紙（最初の1時間）", "HTML（画面で読む）"):
                await phone.sees_button(label, within=PATIENCE)
                phone.taps(label)
            await is_asked(reading)
            phone.writes("電子カルテが動かない、画面に英語が出てる")
            await phone.sees_button("画面に脅し文・読めない英語が出た", within=PATIENCE)
            for method in ("getFile", "sendMessage", "answerCallbackQuery"):
                double.misbehaves(method, "timeout", 1000)
            phone.taps("画面に脅し文・読めない英語が出た")
            for number in range(10):
                phone.sends_photo(picture() + str(number).encode())
            for method in ("getFile", "sendMessage", "answerCallbackQuery"):
                await double.until(lambda method=method: hanging(double, method), within=PATIENCE, what=method)  # type: ignore[misc]
            loop = asyncio.get_running_loop()
            told = loop.time()
            bot.send_signal(signal.SIGTERM)
            returned, _, err = await end(bot)
            took = loop.time() - told

    await is_gone(reading)
    assert (took <= 5, returned, "Traceback" in err) == (True, 0, False)
    assert double.token not in err
    assert verify_home(prompt.home).findings == ()


def hanging(double: TelegramDouble, method: str) -> bool:
    """Say whether a call of a method waits for an answer that never comes."""
    return any(call.outcome == "timeout" for call in double.calls_of(method))


def test_what_can_not_be_a_token(prompt: Prompt) -> None:
    """Is refused without asking Telegram; the home is free afterwards."""
    prompt.makes_home()
    prompt.env["TELEGRAM_BOT_TOKEN"] = "my token"
    result = prompt.runs("run", "--home", prompt.home)
    assert result.exit_code == 1
    assert "Telegramがこのトークンを受け付けません" in result.stderr

    home = Home(prompt.home)
    with home.running():
        pass
    home.close()


def test_without_a_token(prompt: Prompt) -> None:
    """Exit 2, with where to get one and how to try without."""
    prompt.makes_home()
    result = prompt.runs("run", "--home", prompt.home)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "@BotFather" in result.stderr
    assert "tomoshibi demo" in result.stderr


def test_run_without_a_home(prompt: Prompt) -> None:
    """Exit 1, and what to do first."""
    prompt.env["TELEGRAM_BOT_TOKEN"] = "my token"
    result = prompt.runs("run", "--home", prompt.home)

    assert result.exit_code == 1
    assert "tomoshibi init" in result.stderr


async def test_chatting_in_the_terminal(prompt: Prompt) -> None:
    """One member at the keyboard, in a process of its own: who one is, report, tap, ask; the end of the input ends it."""
    prompt.makes_home()
    lines = "電子カルテが動かない、画面に英語が出てる\n1\n/status\n"
    async with tomoshibi("chat", "--home", prompt.home, "--as", "高橋") as chat:
        returned, out, err = await end(chat, lines)

    assert (returned, err) == (0, "")
    assert out.startswith("あかり診療所　高橋さん（院長）として話しています。")
    assert "見たままを書いて" in out.split("どれに近いですか")[0]
    assert "どれに近いですか" in out
    assert "返事を待たず" in out
    assert "確認 1／1人" in out
    home = Home(prompt.home)
    assert [run.reporter for run in home.engine.runs()] == ["m1"]
    home.close()


def test_two_sessions_are_two(prompt: Prompt) -> None:
    """The same lines in a later session are new acts, not repetitions."""
    prompt.makes_home()
    for _ in range(2):
        result = prompt.runs(
            "chat", "--home", prompt.home, "--as", "m1", stdin="電子カルテが動かない、画面に英語が出てる\n"
        )
        assert result.exit_code == 0
    home = Home(prompt.home)
    said = [e for e in home.journal.entries() if e.kind in ("reported", "note_taken", "reported_again")]
    home.close()

    assert len(said) == 2


def test_chatting_as_nobody(prompt: Prompt) -> None:
    """Misuse, naming those who are there."""
    prompt.makes_home()
    result = prompt.runs("chat", "--home", prompt.home, "--as", "田中")

    assert result.exit_code == 2
    assert "高橋" in result.stderr


def test_a_play_leaves_its_records(prompt: Prompt, tmp_path: Path) -> None:
    """A whole incident on the screen, and in the folder the timeline, the journal to verify, the home, papers and bundle."""
    out = tmp_path / "out"
    result = prompt.runs("demo", "--play", "ehr_outage", "--out", out)

    assert result.exit_code == 0
    assert "incident-1: closed" in result.stdout
    assert "書き換え 0件" in result.stdout
    assert "08:50  佐藤  > " in result.stdout
    said = result.stdout.partition("一人ずつ（最初の10分 / 15分 / 全部）:")[2]
    assert re.findall(r"^  (\S+): メッセージ \d+ / \d+ / \d+、文字 .*、答える画面 .*、操作 ", said, re.MULTILINE) == [
        "高橋",
        "田中",
        "佐藤",
        "鈴木",
    ]
    assert re.search(r"対応の責任者が決まった: \d+\.\d分後", said)
    assert {p.name for p in out.iterdir()} >= {"timeline.txt", "journal.jsonl", "demo-home"}
    papers = {p.name: p.read_bytes()[:4] for p in (out / "documents").iterdir()}
    assert {p.partition(".")[0] for p in papers} >= {"timeline", "after_action", "ppc_preliminary", "police_memo"}
    assert papers["after_action.pdf"] == b"%PDF"
    assert papers["after_action.docx"] == b"PK\3\4"
    assert not [name for name in papers if name.startswith("ransomware_form")]  # nobody attacked anything
    assert prompt.runs("verify", out / "evidence.zip").exit_code == 0
    assert "を伏せました" in result.stdout
    assert prompt.runs("verify", out / "journal.jsonl").exit_code == 0
    assert prompt.runs("verify", out / "demo-home").exit_code == 0
    assert prompt.runs("demo", "--play", "ehr_outage", "--out", out).exit_code == 2


async def says_where(process: asyncio.subprocess.Process) -> re.Match[str]:
    """Wait until a process says where its page is; gives the address, and its port as a group."""
    assert process.stdout
    said = ""
    async with asyncio.timeout(PATIENCE):
        while not (address := re.search(r"http://127\.0\.0\.1:(\d+)/", said)):
            said += (await process.stdout.readline()).decode()
    return address


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
async def test_the_demo_in_a_browser(sign: signal.Signals, tmp_path: Path) -> None:
    """It says where it is, on a port that is free; Ctrl-C and SIGTERM end it at once, without a word, and nothing is left behind.

    Although somebody looks, and somebody else sends a photo that never ends.
    """
    with free_socket() as taken:
        port = taken.getsockname()[1]
        async with tomoshibi("demo", "--page", "--port", port, TMPDIR=str(tmp_path)) as page:
            address = await says_where(page)
            assert int(address[1]) > port
            async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as browser:
                assert "佐藤さん" in (await browser.get(address[0])).text
                assert names_in(tmp_path) != []
                _, drip = await asyncio.open_connection("127.0.0.1", int(address[1]))
                host = f"127.0.0.1:{address[1]}"
                drip.write(
                    f"POST /as/nurse/say HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
                    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\ntext=".encode()
                )
                await drip.drain()
                async with browser.stream("GET", f"{address[0]}as/nurse/events") as stream:
                    assert (await anext(stream.aiter_lines())).startswith("data:")
                    page.send_signal(sign)
                    returned, _, err = await end(page)
                drip.close()

    assert (returned, err) == (0, "")
    assert names_in(tmp_path) == []


def names_in(folder: Path) -> list[str]:
    """Name what lies in a folder."""
    return [path.name for path in folder.iterdir()]


def with_page(home: Path) -> int:
    """Switch a home's page on, at a port that is free; gives it."""
    with free_socket(18690) as free:
        port = int(free.getsockname()[1])
    settings = home / "settings.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("# on = true", f"port = {port}\non = true", 1), encoding="utf-8"
    )
    return port


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
async def test_a_home_with_a_page(prompt: Prompt) -> None:
    """Beside Telegram: a link from the chat that works, and one from the machine; both read one incident; SIGTERM ends it."""
    code = prompt.makes_home()
    port = with_page(prompt.home)
    async with TelegramDouble() as double:
        env = {"TELEGRAM_BOT_TOKEN": double.token, "TELEGRAM_API_URL": double.url}
        phone = double.person(4711, "高橋", started=True)
        phone.writes(f"/start {code}")
        async with tomoshibi("run", "--home", prompt.home, **env) as bot:
            address = await says_where(bot)
            assert int(address[1]) == port
            await phone.sees("高橋さん、登録できました", within=PATIENCE)
            phone.writes("/page")
            await phone.sees(f"http://127.0.0.1:{port}/in/", within=PATIENCE)

            made = prompt.json("page", "--home", prompt.home, "--name", "高橋")["page"]
            headers = {"origin": address[0].rstrip("/")}
            async with httpx.AsyncClient(base_url=address[0], trust_env=False, timeout=PATIENCE) as browser:
                assert (await browser.get("/")).status_code == 403
                token = made["link"].rpartition("/")[2]
                assert (await browser.post("/in", data={"token": token}, headers=headers)).status_code == 303
                await phone.sees("ブラウザで開かれました", within=PATIENCE)
                await browser.post("/say", data={"text": "電子カルテが動かない", "key": "a"}, headers=headers)
                async with asyncio.timeout(PATIENCE), browser.stream("GET", "/events") as stream:
                    async for _ in stream.aiter_lines():
                        if "さわらない" in (await browser.get("/thread")).text:
                            break
                bot.send_signal(signal.SIGTERM)
                returned, _, err = await end(bot)
    assert (returned, "Traceback" in err, "Cancel" in err) == (0, False, False)
    assert verify_home(prompt.home).findings == ()


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals there")
async def test_a_home_with_nothing_but_a_page(prompt: Prompt) -> None:
    """Without a token the page alone opens; where its port is taken, that is said, and nothing hangs."""
    prompt.makes_home()
    port = with_page(prompt.home)
    with free_socket(port) as taken:
        assert taken.getsockname()[1] == port
        async with tomoshibi("run", "--home", prompt.home) as bot:
            returned, _, err = await end(bot)
            assert (returned, str(port) in err, "Traceback" in err) == (1, True, False)
    async with tomoshibi("run", "--home", prompt.home) as bot:
        assert int((await says_where(bot))[1]) == port
        bot.send_signal(signal.SIGTERM)
        assert (await end(bot))[0] == 0


@pytest.mark.parametrize("playbook", ["no_such", "contact_drill"])
def test_a_play_of_nothing(prompt: Prompt, playbook: str) -> None:
    """A playbook that there is not, or that is for drills alone, is no incident to play."""
    result = prompt.runs("demo", "--play", playbook)

    assert result.exit_code == 2
    assert "tomoshibi playbooks list" in result.stderr


@pytest.mark.parametrize("lines", ["", "電子カルテが動かない、画面に英語が出てる\n1\n@鈴木\n院内にいます\n+10\n"])
def test_the_demo_by_hand(prompt: Prompt, lines: str) -> None:
    """It explains itself and ends with the input."""
    result = prompt.runs("demo", stdin=lines)

    assert result.exit_code == 0
    assert "あかり診療所（架空）へようこそ" in result.stdout
