"""How the parts come together: a home, a clock and channels become a lamp, here and nowhere else. All starters call this."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial

from bot.channels.channel import Channel, MayBeOdd, MayRetract, Named
from bot.channels.fallback import Fallback, Keeper
from bot.clock import Clock
from bot.desks.likely import likely_among
from bot.hearing.front_desk import FrontDesk
from bot.hearing.inbound import Inbound
from bot.hearing.masking import Masking
from bot.hearing.outage import Outages
from bot.home import Home
from bot.lamp import Lamp
from bot.page_links import Site
from bot.screens.renderer import Renderer
from bot.screens.tongues import Tongues
from bot.tending.backing_up import BackupKeeper
from bot.tending.evidence import EvidenceFetcher
from bot.tending.heartbeat import Heartbeat
from bot.tending.making_apart import Make, made_apart
from bot.tending.proof.handing_on import HandingOn
from bot.tending.proof.sealing import Sealer
from bot.tending.proof.time_stamping import TimeStamper
from bot.tending.right_time import RightTime
from bot.tending.room import Room
from bot.tending.sending.composer import Composer
from bot.tending.sending.outbox import Outbox
from bot.tending.sending.way_round import WayRound
from bot.tending.workbook_reader import WorkbookReader

_A_CODE = re.compile(r"(/start)[^\"]*")
"""What may be somebody's invitation: of that nothing is kept."""


def light(
    home: Home,
    clock: Clock,
    *channels: Channel,
    make: Make | None = None,
    heartbeat: str | None = None,
    page: Site | None = None,
) -> Lamp:
    """Light a home's lamp: it hears and answers over ``channels``. ``make`` makes files otherwise than in processes of their own.

    ``heartbeat`` is the address that is asked while all is well, ``page`` where members find their page.
    """
    engine, book = home.engine, home.journal.deliveries
    by_name = {channel.name: channel for channel in channels}
    retracting = [channel.name for channel in channels if isinstance(channel, MayRetract)]
    tongues = Tongues()
    desk, renderer = FrontDesk(engine, clock, home.settings), Renderer(engine, home.own_photo, tongues)
    desk.people.page, makes = page, make or partial(made_apart, home.path)
    masking = Masking(engine, clock, desk.withheld, home.settings.privacy.charts, retracting)
    round_by = [address for channel in channels if isinstance(channel, Fallback) for address in channel.addresses]
    keepers = [address for channel in channels if isinstance(channel, Keeper) for address in channel.addresses]
    room = Room(engine, home.path, clock)
    right_time, plan, tsa = RightTime(engine, by_name, clock), home.settings.heartbeat, home.settings.timestamps.url
    for channel in channels:
        if isinstance(channel, Named):
            channel.on_name = desk.called
        if isinstance(channel, MayBeOdd):
            channel.on_odd = partial(_keep_odd, home, clock, masking)
    return Lamp(
        home=home,
        clock=clock,
        channels=by_name,
        desk=desk,
        inbound=Inbound(engine, book, clock, likely_among(engine.handbook.playbooks), desk, masking, tongues, renderer),
        outbox=Outbox(
            engine,
            book,
            Composer(engine, book, renderer, clock, lambda at: by_name[at.partition(":")[0]].traits, home.own_photo),
            by_name,
            clock,
            makes,
        ),
        fetcher=EvidenceFetcher(engine, home.evidence, by_name, clock, home.photos, room),
        room=room,
        outages=Outages(engine, by_name, home.path, clock),
        way_round=WayRound(engine, book, round_by, timedelta(minutes=home.settings.fallback.minutes), clock),
        reader=WorkbookReader(engine, desk.workbooks.proposals, by_name, clock, masking.patients_in),
        sealer=Sealer(home, clock, right_time.is_off, keepers),
        handing_on=HandingOn(home, keepers, clock),
        stamper=TimeStamper(tsa, home, clock, right_time.is_off) if tsa else None,
        right_time=right_time,
        heart=Heartbeat(heartbeat, timedelta(minutes=plan.minutes), home.path, clock) if heartbeat else None,
        keeper=BackupKeeper(home, clock, by_name, renderer),
        renderer=renderer,
        make=makes,
    )


def _keep_odd(home: Home, clock: Clock, masking: Masking, cause: str, raw: str, why: str) -> None:
    home.journal.unhandled.keep(at=clock.now(), cause=cause, raw=_A_CODE.sub(r"\1 …", masking.odd(raw)), trace=why)
