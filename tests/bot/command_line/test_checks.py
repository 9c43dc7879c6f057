"""Everything wrong or missing in a home, in sentences that say what to do, before it matters."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.command_line.checks import CheckResult, check_home
from bot.home import Home
from bot.settings import SETTINGS_FILE, Secrets
from bot.store.sqlite.journal import JOURNAL_FILE
from contacts.model import Contact
from flows.commands.facility import Suspend
from flows.record.journal import FACILITY
from playbooks.authoring.folders import LIBRARY
from tests.clinic import Clinic
from tests.flows.clinic import entering
from tests.journals import forge
from tests.telegram_double import TelegramDouble

NOTHING = Secrets(telegram_bot_token=None, telegram_api_url=None)


async def found(clinic: Clinic, secrets: Secrets = NOTHING, *, settings: str = "") -> list[CheckResult]:
    """Check the home as it stands on disk, with settings to try."""
    (clinic.home.path / SETTINGS_FILE).write_text(settings, encoding="utf-8")
    home = Home(clinic.home.path)
    try:
        return await check_home(home, secrets, clinic.clock.now())
    finally:
        home.close()


def about(findings: list[CheckResult], words: str) -> list[bool]:
    """List whether the findings with these words are serious."""
    return [f.serious for f in findings if words in f.what]


async def test_serious_things_come_first(clinic: Clinic) -> None:
    """What would hurt in an incident today stands above what can wait, each in both languages."""
    findings = await found(clinic, settings="[host]\noutside_facility = false\n")

    assert [f.serious for f in findings] == sorted((f.serious for f in findings), reverse=True)
    assert all(" / " in f.what for f in findings)


async def test_where_backups_go(clinic: Clinic, tmp_path: Path) -> None:
    """A folder that isn't there is serious; that nothing was said is for later days; one that is there, or the chat, is fine."""
    gone, nowhere = "isn't there", "Nothing says where backups go"
    for settings, serious, later in (
        (f"[backup]\nfolder = '{tmp_path / 'usb'}'\n", [True], []),
        ("", [], [False]),
        (f"[backup]\nfolder = '{tmp_path}'\n", [], []),
        ("[backup]\nchat = true\n", [], []),
    ):
        findings = await found(clinic, settings=settings)
        assert (about(findings, gone), about(findings, nowhere)) == (serious, later)


async def test_inside_the_network_that_will_be_cut(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told so in the settings, or seen from a private address while nobody has said; with the cure. Outside: nothing."""
    words = "inside the network that containment will cut"
    assert about(await found(clinic, settings="[host]\noutside_facility = false\n"), words) == [True]
    assert about(await found(clinic, settings="[host]\noutside_facility = true\n"), words) == []

    for private, serious in ((True, [True]), (False, [])):
        monkeypatch.setattr("bot.command_line.checks._in_private_network", lambda private=private: private)
        assert about(await found(clinic), words) == serious


async def test_people_who_are_missing(clinic: Clinic) -> None:
    """No deputy and an unreachable member are serious; somebody who hasn't enrolled and no safety manager can wait."""
    complete = await found(clinic)
    assert about(complete, "stands in") == []
    assert about(complete, "safety manager") == [False]

    await clinic.says("director", "/invite 薬剤師 山田")
    await clinic.does("nurse", left=True)
    clinic.orders(Suspend(FACILITY, clinic.id("deputy")))
    lacking = await found(clinic)
    assert about(lacking, "stands in") == [True]
    assert about(lacking, "鈴木 can't be reached") == [True]
    assert about(lacking, "山田 has not enrolled") == [False]


async def test_contacts_that_nobody_has_verified(clinic: Clinic) -> None:
    """The numbers that come along wait for somebody to verify them; a vendor must be entered at all."""
    assert about(await found(clinic), "no vendor") == [False]
    vendor = Contact(id="v", kind="vendor", services=("ehr",), name="カルテ社")
    clinic.orders(entering(vendor))
    findings = await found(clinic)
    assert (about(findings, "no vendor"), about(findings, "no number for カルテ社")) == ([], [False])

    sure = vendor.model_copy(update={"number": "03-3210-0001", "verified_on": date(2027, 4, 1)})
    clinic.orders(entering(sure, vendor))
    assert about(await found(clinic), "カルテ社") == []
    assert about(await found(clinic), "nobody has verified 警察相談専用電話") == [False]


async def test_files_that_people_wrote(clinic: Clinic) -> None:
    """A typo in a playbook and in the settings, each with file and line."""
    (clinic.home.path / "playbooks" / "ransomware.yaml").write_text(
        "playbook: ransomware\ntitel: x\n", encoding="utf-8"
    )
    findings = await found(clinic, settings="[pace]\ncommand = 0\n")

    assert about(findings, "ransomware.yaml:2:") == [True]
    assert about(findings, "settings.toml:2:") == [True]


async def test_a_playbook_that_names_somebody_unknown(clinic: Clinic) -> None:
    """A role or a contact that doesn't exist would leave a step with nobody: it is found here, too."""
    own = clinic.home.path / "playbooks"
    text = (LIBRARY / "unknown.yaml").read_text(encoding="utf-8")
    assert "role:" in text
    (own / "unknown.yaml").write_text(text.replace("role: ", "role: wizard_", 1), encoding="utf-8")

    assert about(await found(clinic), "wizard_") == [True]


async def test_an_act_that_could_not_be_handled(clinic: Clinic) -> None:
    """What a bug kept back waits for somebody to look into it."""
    clinic.home.journal.unhandled.keep(at=clinic.clock.now(), cause="telegram:1:7", raw="{}", trace="…")

    assert about(await found(clinic), "telegram:1:7") == [True]


async def test_a_journal_that_was_altered(clinic: Clinic) -> None:
    """Named with entry and kind."""
    forge(clinic.home.path / JOURNAL_FILE, "UPDATE journal SET body = '{\"x\":1}' WHERE kind = 'facility_made'")

    assert any(f.serious and "the journal was altered" in f.what for f in await found(clinic))


async def test_a_disk_that_is_nearly_full(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says how much is left."""
    monkeypatch.setattr("bot.command_line.checks.LEAST_DISK", shutil.disk_usage(clinic.home.path).free * 2)

    assert about(await found(clinic), "MB of disk are free") == [True]


async def test_the_token(clinic: Clinic) -> None:
    """Missing, misspelt, refused, unreachable: one sentence each; accepted: nothing. The token is never printed."""
    assert about(await found(clinic), "TELEGRAM_BOT_TOKEN is not set") == [True]
    secret = "123456:AAHsecretsecretsecretsecretsecretsec"

    def with_token(token: str, url: str | None) -> Secrets:
        return Secrets(telegram_bot_token=SecretStr(token), telegram_api_url=url)

    assert about(await found(clinic, with_token("nonsense", None)), "Telegram refuses the token") == [True]
    async with TelegramDouble() as double:
        assert about(await found(clinic, with_token(secret, double.url)), "Telegram refuses the token") == [True]
        assert about(await found(clinic, with_token(double.token, double.url)), "Telegram") == []
        url = double.url
    findings = await found(clinic, with_token(secret, url))
    assert about(findings, "can't be reached (network)") == [True]
    assert not any("secret" in f.what for f in findings)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
async def test_files_that_others_could_read(clinic: Clinic) -> None:
    """They are named with the line that puts it right; what we write ourselves is nobody else's to read."""
    for path in (clinic.home.path, *clinic.home.path.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    assert about(await found(clinic), "other users of this machine") == []
    (clinic.home.path / "settings.toml").touch()
    (clinic.home.path / "settings.toml").chmod(0o644)

    assert about(await found(clinic), "1 files of the home (settings.toml") == [True]


async def test_a_page_that_nobody_sees_from_outside(clinic: Clinic) -> None:
    """An address without a key opens it on the machine alone, and that is said; with both, or without an address, there is nothing to say."""
    public = "[page]\non = true\npublic = 'https://page.example.org'\n"
    key = Secrets(tomoshibi_page_key=SecretStr("one long phrase"))
    assert about(await found(clinic, settings=public), "TOMOSHIBI_PAGE_KEY") == [True]
    assert about(await found(clinic, key, settings=public), "TOMOSHIBI_PAGE_KEY") == []
    assert about(await found(clinic, settings="[page]\non = true\n"), "TOMOSHIBI_PAGE_KEY") == []
