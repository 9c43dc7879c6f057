"""The same dialogue as a ConversationHandler of python-telegram-bot, on disk before each answer.

``python -m tests.bench.bots.conversation URL limits|free HOME``. It has no chain, no board for the others, no reminders; its
pickle is written whole each time, which favours it as long as it is short.
"""

from __future__ import annotations

import os
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from telegram import Update
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from tests.bench.bots.echo import CARD
from tests.bench.double import TOKEN

IN_RUN = 1
_TIME = re.compile(r"\d\d:\d\d")


class Durable(PicklePersistence[Any, Any, Any]):
    """A pickle that is on disk, and not only with the system, when it is written."""

    async def flush(self) -> None:
        """Write it for good."""
        await super().flush()
        for file in Path(self.filepath).parent.glob(Path(self.filepath).name + "*"):
            written = os.open(file, os.O_RDONLY)
            os.fsync(written)
            os.close(written)


async def _keep(update: Update, context: Any, kind: str, what: str) -> None:
    assert update.effective_chat is not None
    context.chat_data.setdefault("acts", []).append((datetime.now().isoformat(), kind, what))  # noqa: DTZ005, TID251
    keeper = context.application.persistence
    await keeper.update_chat_data(update.effective_chat.id, context.chat_data)
    await keeper.flush()


async def start(update: Update, context: Any) -> int:
    """Show the card."""
    assert update.message is not None
    await _keep(update, context, "start", "")
    await update.message.reply_text("🚨 どこにいますか", reply_markup=CARD)
    return IN_RUN


async def note(update: Update, context: Any) -> int:
    """Keep a note, and say of what time it is."""
    assert update.message is not None
    words = update.message.text or ""
    await _keep(update, context, "note", words)
    time = _TIME.search(words)
    await update.message.reply_text(f"📝 {time[0] if time else ''} のこととして記録しました。")
    return IN_RUN


async def photo(update: Update, context: Any) -> int:
    """Keep a photo's bytes."""
    assert update.message is not None
    reference = update.message.photo[-1]
    content = bytes(await (await reference.get_file()).download_as_bytearray())
    with (Path(context.application.persistence.filepath).parent / reference.file_unique_id).open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    await _keep(update, context, "photo", reference.file_unique_id)
    await update.message.reply_text("📎 受け取りました。")
    return IN_RUN


async def tap(update: Update, context: Any) -> int:
    """Keep where somebody is, and show it on the card."""
    query = update.callback_query
    assert query is not None
    await _keep(update, context, "place", query.data or "")
    await query.answer("記録しました")
    await query.edit_message_text({"here": "✅ 院内にいます", "with_patient": "✅ 患者さん対応中"}[query.data or ""])
    return IN_RUN


def main(url: str, limits: str, home: str) -> None:
    """Run until stopped."""
    Path(home).mkdir(parents=True, exist_ok=True)
    keeper = Durable(Path(home) / "kept", on_flush=False)
    builder = (
        ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").persistence(keeper)
    )
    if limits == "limits":
        from telegram.ext import AIORateLimiter  # only where the bench's own packages are

        builder = builder.rate_limiter(cast("Any", AIORateLimiter()))
    application = builder.build()
    talk = [MessageHandler(filters.TEXT, note), MessageHandler(filters.PHOTO, photo), CallbackQueryHandler(tap)]
    states: dict[object, Any] = {IN_RUN: talk}
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)],
            states=states,
            fallbacks=[],
            name="run",
            persistent=True,
            per_message=False,
        )
    )
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
