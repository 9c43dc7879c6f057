"""A bare echo bot of python-telegram-bot, as shipped; it keeps nothing: ``python -m tests.bench.bots.echo URL limits|free HOME``."""

from __future__ import annotations

import sys
from typing import Any, cast

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from tests.bench.double import TOKEN

CARD = InlineKeyboardMarkup([[InlineKeyboardButton(place, callback_data=place) for place in ("here", "with_patient")]])


async def start(update: Update, _: Any) -> None:
    """Show the card."""
    assert update.message is not None
    await update.message.reply_text("Where are you?", reply_markup=CARD)


async def text(update: Update, _: Any) -> None:
    """Say it again."""
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


async def photo(update: Update, _: Any) -> None:
    """Say that it came."""
    assert update.message is not None
    await update.message.reply_text(f"photo {update.message.photo[-1].file_id}")


async def tap(update: Update, _: Any) -> None:
    """Show on the card what was tapped."""
    query = update.callback_query
    assert query is not None
    await query.answer()
    await query.edit_message_text(query.data or "", reply_markup=CARD)


def main(url: str, limits: str, _: str) -> None:
    """Run until stopped."""
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    if limits == "limits":
        from telegram.ext import AIORateLimiter  # only where the bench's own packages are

        builder = builder.rate_limiter(cast("Any", AIORateLimiter()))
    application = builder.build()
    application.add_handlers(
        [
            CommandHandler("start", start),
            MessageHandler(filters.TEXT, text),
            MessageHandler(filters.PHOTO, photo),
            CallbackQueryHandler(tap),
        ]
    )
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
