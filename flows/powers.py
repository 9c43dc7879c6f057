"""Who may what, said once: orders are refused by it, and views ask it which buttons they show.

A rule is registered by what it is about, a run or the house, and by the commands that it is for. It objects to whoever
asks for what they may not; what isn't there, or is over, it leaves to the command's own topic, which says so.
"""

from __future__ import annotations

from collections.abc import Callable

from contacts.roles import DEPUTISED
from contacts.roster import Roster
from contacts.shapes.people import Member
from flows.commands.clock import (
    AskMinute,
    AskPresence,
    AskVoiceCall,
    AssignWaiting,
    Brief,
    CallIn,
    ChangeSealKey,
    CloseUpRun,
    DoubtRecord,
    DropReport,
    GrowLouder,
    LapseCommand,
    NoteClock,
    NoteOutage,
    NudgeReport,
    PassCommandOn,
    PassPleaOn,
    ReleaseStep,
    RemindDowntime,
    RemindStep,
    RepeatAlarm,
    TakeHeld,
    TakePosture,
)
from flows.commands.command import Command, FacilityCommand
from flows.commands.contacts import (
    DoubtNumber,
    EnterNumber,
    KeepNumber,
    OfferNumber,
    TakeNumberBack,
    VerifyNumber,
)
from flows.commands.danger import RingDanger, SeeDanger, TakeDangerBack, TellDangerLate, TellOfDanger
from flows.commands.drilling import (
    AbortExercise,
    AnswerQuestion,
    AskFeedback,
    AskInject,
    AskVendorLesson,
    BeginExercise,
    EndExcuse,
    Excuse,
    HoldInject,
    LeadExercise,
    PauseExercise,
    RateObjective,
    ReleaseFeedback,
    ResumeExercise,
    SendInject,
    SkipInject,
    TellVendor,
)
from flows.commands.drills import (
    AnnounceDrill,
    CancelDrill,
    ChooseScenario,
    DebriefDrill,
    InviteVendor,
    MissDrill,
    PlanDrill,
    PlanNewcomer,
    PlanYear,
    PostponeDrill,
    RemindDrill,
    SetCadence,
    ShiftDrill,
    SignOffDrill,
    StartDrill,
    UninviteVendor,
)
from flows.commands.explaining import ApproveExplanation, SayWhereToAsk, UseExplanation
from flows.commands.facility import (
    AskMember,
    ChangeMember,
    CloseHint,
    Enrol,
    EnterPage,
    EraseMember,
    ForgetPages,
    Invite,
    LeavePage,
    LetMaskStand,
    LiftMask,
    MakeFacility,
    MarkReachable,
    MarkUnreachable,
    NoteMasked,
    OfferBoard,
    OfferPage,
    PassHintOn,
    PutRegistry,
    SeatAtTerminal,
    Suspend,
)
from flows.commands.helping import CallHelp, GoHelp, LeaveUndone, MakeUp, SpareMinute
from flows.commands.papers import (
    ApproveDocument,
    ApprovePlan,
    BlackOut,
    BlackOutHere,
    DisposeEvidence,
    ExtendRetention,
    LookAtTexts,
    NoteErased,
    OpenAtMachine,
    ReadPlan,
)
from flows.commands.people import (
    Acknowledge,
    AnswerPlea,
    AnswerStep,
    AskTime,
    CallOff,
    ChoosePlaybook,
    Claim,
    Close,
    ConfirmDeed,
    ConfirmFalse,
    Correct,
    Decide,
    DropQuestion,
    GiveStep,
    HandCommand,
    HandIn,
    Join,
    KeepAsNote,
    KeepEvidence,
    LearnFacts,
    Leave,
    LoseEvidence,
    LowerGrade,
    OpenLine,
    Plead,
    RaiseGrade,
    RaiseNote,
    Ratify,
    Reopen,
    Report,
    SeePlea,
    SettleCircle,
    SettleLine,
    SettleLines,
    ShareNote,
    ShowAgain,
    SignOff,
    SkipQuestion,
    SwitchPlaybook,
    TakeCommand,
    TakeScene,
    TellByMouth,
    TellCall,
    TellOfPhotos,
    TellPresence,
    TickItem,
    Undo,
    Waive,
    Write,
    WriteLater,
)
from flows.commands.photos import DropPhoto, KeepPhoto, LosePhoto, TakePhoto
from flows.commands.promising import AskPromisedTime, CallAgain, KeepPromise, RemindPromise
from flows.commands.reporting import (
    AskMyNumberPersons,
    AskPersons,
    FileReport,
    MoveKnownAt,
    RefuseReport,
    RemindDuty,
    WithdrawReport,
)
from flows.commands.setting_up import BeginSetup, MoveWorkbook, PassSetup, TakeWorkbook
from flows.commands.upkeep import (
    BringUp,
    DropTask,
    FinishTask,
    GiveTask,
    NoteBackup,
    NoteKeyShown,
    NoteNoBackup,
    NoteRestore,
    NoteSealHandedOn,
    NoteTrial,
    OpenTask,
    TakeWallPack,
    TellQuietEnds,
    VerifyTask,
)
from flows.handlers import Handlers
from flows.record.journal import FACILITY
from flows.refusals import Refused
from flows.scene.circle import circle, seen, sees, unchosen
from flows.scene.passing import may_name_the_lead
from flows.scene.presence import is_free, where_is
from flows.scene.voice import runs_scene
from flows.state.exercise import Exercise
from flows.state.house import House, Task
from flows.state.run import COMMAND_ROLES, Run
from flows.state.work import CLOCK, Context
from playbooks.frozen import frozen

CONSOLE = "console"
"""The actor of what is done on the command line of the machine itself: it may do all that is the facility's own affair."""

NUMBER_WRONG = "number_wrong"
"""A task about the number of ``about["contact"]``; it is done when the number is changed or verified, not before."""

OWN_FIELDS = frozenset({"language", "absent_from", "absent_until", "on_call"})
"""What everybody may change about themselves."""


@frozen
class Power:
    """What some people may and others not, whichever command it takes; ``refusal`` says it to the others."""

    refusal: str
    holds: Callable[[Context], bool]

    def objection(self, context: Context) -> Refused | None:
        """Give the refusal, unless whoever acts holds the power."""
        return None if self.holds(context) else Refused(self.refusal)


def keepers(roster: Roster) -> tuple[Member, ...]:
    """Give who keeps the registry: those who hold the role of director or safety manager, or stand in for one of them."""
    return tuple(m for m in roster.active() if {*DEPUTISED} & {*m.roles, *m.stands_in_for})


def drill_leaders(context: Context) -> frozenset[str]:
    """Give everybody who may plan, move and cancel drills today: the chain and the safety manager."""
    managers = context.roster.owners("safety_manager", context.today)
    return frozenset(m.id for m in (*context.chain(), *managers))


CHAIN = Power("chain_only", lambda context: context.actor in _chain(context))
"""To decide for the facility: its director and whoever stands in for them today."""

KEEPERS = Power("keepers_only", lambda context: context.actor in {m.id for m in keepers(context.roster)})
"""To keep the registry and the tasks in order."""

DRILL_LEADERS = Power("drill_leaders_only", lambda context: context.actor in drill_leaders(context))
"""To set the days of drills."""

powers: Handlers[[Context], Refused | None] = Handlers()
"""Why somebody may not give a command, if they may not; by whom, the context says."""


def objection(wanted: Command | Power, context: Context, run: Run | None = None) -> Refused | None:
    """Give why whoever acts may not have what they want; ``run`` is the one that a command is about, if there is one."""
    if isinstance(wanted, Power):
        return wanted.objection(context)
    in_house = isinstance(wanted, FacilityCommand) or wanted.run == FACILITY
    if in_house and context.actor == CONSOLE:
        return None
    if run is not None and context.actor not in (CLOCK, CONSOLE) and not sees(run, context, context.actor):
        return Refused("stale")
    rule = powers.of(context.house if in_house else run or Run(wanted.run), wanted)
    return Refused("not_now") if rule is None else rule(context)


def may(wanted: Command | Power, context: Context, run: Run | None = None) -> bool:
    """Say whether whoever acts may: then its button is shown."""
    return objection(wanted, context, run) is None


def only(wanted: Command | Power, context: Context, run: Run | None = None) -> None:
    """Refuse whoever may not."""
    refused = objection(wanted, context, run)
    if refused is not None:
        raise refused


def _chain(context: Context) -> frozenset[str]:
    """Give who decides today; where all of them are away, a director does from afar, so that somebody can stand in."""
    here = context.chain() or [m for m in context.roster.active() if "director" in m.roles]
    return frozenset(m.id for m in here)


# ── in a run ────────────────────────────────────────────────────────────────────────────────────────────────────────

Anything = (
    Report
    | ChoosePlaybook
    | Join
    | Acknowledge
    | TellPresence
    | Leave
    | TellByMouth
    | RaiseGrade
    | AskTime
    | Correct
    | TellOfPhotos
    | Plead
    | WriteLater
    | AskPromisedTime
    | KeepPromise
    | CallAgain
    | AskPersons
    | AskMyNumberPersons
    | MoveKnownAt
    | UseExplanation
    | ShowAgain
    | MakeUp
    | DropQuestion
    | Excuse
    | EndExcuse
    | PauseExercise
    | ResumeExercise
    | AnswerQuestion
    | AskFeedback
    | AbortExercise
)
"""What everybody may say and ask, since whoever is there knows best; in a drill patients come first."""

ByTime = (
    NudgeReport
    | TakePosture
    | TakeHeld
    | DropReport
    | CallIn
    | GrowLouder
    | RepeatAlarm
    | NoteOutage
    | AskMinute
    | AskPresence
    | AskVoiceCall
    | Brief
    | RemindDowntime
    | PassCommandOn
    | PassPleaOn
    | LapseCommand
    | RemindStep
    | AssignWaiting
    | ReleaseStep
    | RemindPromise
    | RemindDuty
    | KeepEvidence
    | LoseEvidence
    | NoteErased
    | OpenAtMachine
)
"""What nobody says: time has made it due, or the bot has found it out."""


@powers
def _anybody(_: Run, __: Anything, ___: Context) -> None:
    return None


@powers
def _the_bot(_: Run, command: ByTime, context: Context) -> Refused | None:
    return _by_itself(command, context)


def _by_itself(command: Command, context: Context) -> Refused | None:
    by_itself = context.actor in (CLOCK, CONSOLE)
    return None if by_itself else Refused("not_now", state=context.run, move=type(command).__name__)


@powers
def _for_the_chain(
    _: Run,
    __: LowerGrade | Waive | SignOff | Reopen | ApproveExplanation | SayWhereToAsk | ApproveDocument | LookAtTexts,
    context: Context,
) -> Refused | None:
    return CHAIN.objection(context)


@powers
def _forget(_: Run, __: BlackOut | ExtendRetention | DisposeEvidence, context: Context) -> Refused | None:
    """The chain, and whoever has the machine."""
    return None if context.actor == CONSOLE else CHAIN.objection(context)


@powers
def _who_may_know(run: Run, _: SettleCircle, context: Context) -> Refused | None:
    """Whoever reported."""
    return None if context.actor == run.reporter else Refused("not_yours", member=run.reporter)


@powers
def _share(run: Run, _: ShareNote, context: Context) -> Refused | None:
    """Everybody whom anybody else can hear: of what is told in confidence nobody does, before it is said who may know."""
    return Refused("stale") if circle(run, context) == frozenset({context.actor}) else None


@powers
def _take_command(run: Run, _: TakeCommand, context: Context) -> Refused | None:
    """Who was asked, everybody once it was offered to all, or whoever is nearer to the director than who has it."""
    had_by, chain = run.commander, [m.id for m in context.chain()]
    if had_by == context.actor:
        return None
    asked = had_by is None and context.actor in run.asked_to_command and context.can_act(context.actor)
    if run.playbook is None or not run.live:
        may_take = False
    elif context.actor in run.handed_to or asked:
        may_take = True
    elif had_by is None or run.command_offered is not None:
        may_take = context.actor in chain or run.command_offered is not None
    elif context.actor not in chain:
        may_take = False
    else:
        may_take = had_by not in chain or chain.index(context.actor) < chain.index(had_by)
    return None if may_take else Refused("not_in_chain", member=had_by)


@powers
def _take_scene(run: Run, _: TakeScene, context: Context) -> Refused | None:
    """Whoever has hands, from whoever runs the scene, as long as nobody leads; who may lead, leads."""
    runs = runs_scene(run, context)
    if runs is None:
        return Refused("not_in_chain", member=run.commander)
    may_run = runs != context.actor and context.can_act(context.actor) and not run.spares(context.actor)
    return None if may_run and run.exercise is None else Refused("stale")


@powers
def _decide(run: Run, _: Decide, context: Context) -> Refused | None:
    return _commander(run, context)


def _commander(run: Run, context: Context) -> Refused | None:
    return None if run.commander == context.actor else Refused("commander_only", member=run.commander)


@powers
def _hand_command(run: Run, command: HandCommand, context: Context) -> Refused | None:
    """Whoever commands, or is asked to, and while nobody does the deputies; who asked somebody that has accepted is told so."""
    if command.to and run.commander == command.to:
        return None
    return None if may_name_the_lead(run, context) else _commander(run, context)


@powers
def _give(run: Run, command: GiveStep, context: Context) -> Refused | None:
    """Whoever has the step on their screen, and whoever leads; until somebody does, whoever runs the scene."""
    shown = run.shown.get(command.shown)
    leads = run.commander or runs_scene(run, context) or run.reporter
    if context.actor == leads or (shown is not None and context.actor == shown.member):
        return None
    return Refused("not_yours", member=shown.member if shown else leads)


@powers
def _undo(run: Run, command: Undo, context: Context) -> Refused | None:
    """Whoever gave the answer."""
    answered = next((done for done in run.answered.values() if done.turn == command.of), None)
    return None if answered is None or answered.by == context.actor else Refused("not_yours", member=answered.by)


@powers
def _claim(run: Run, command: Claim, context: Context) -> Refused | None:
    """A step for whoever decides is theirs; any other is for whoever has their hands free, in the house if it takes any."""
    step = next((s for t, s in run.waiting() if t == command.track), None)
    if step is None or run.playbook is None:
        return None
    here = run.playbook.step(command.track, step)
    if here.role not in COMMAND_ROLES:
        return Refused("hands_outside") if here.hands and where_is(run, context, context.actor) == "away" else None
    return _commander(run, context) if is_free(run, context, context.actor) else None


@powers
def _answer(
    run: Run, command: AnswerStep | TickItem | OpenLine | SettleLine | SettleLines | Write | HandIn, context: Context
) -> Refused | None:
    """Whoever has the step on their screen, and whoever commands; what answers no step anybody may say."""
    shown = run.shown.get(command.shown) if command.shown is not None else None
    if shown is None or not shown.open or not run.live or (isinstance(command, Write) and context.actor in run.asking):
        return None
    return None if context.actor in {shown.member, run.commander} else Refused("not_yours", member=shown.member)


@powers
def _helped(run: Run, command: CallHelp | LeaveUndone, context: Context) -> Refused | None:
    """Whoever has the step on their screen, and whoever commands."""
    shown = run.shown.get(command.shown)
    if shown is None or not shown.open or context.actor in {shown.member, run.commander}:
        return None
    return Refused("not_yours", member=shown.member)


@powers
def _go(run: Run, command: GoHelp, context: Context) -> Refused | None:
    """Whoever was asked to come."""
    call = run.help_calls.get(command.of)
    return None if call is None or context.actor in call.asked else Refused("not_yours", member=call.member)


@powers
def _spare(run: Run, command: SpareMinute, context: Context) -> Refused | None:
    """Whoever was asked for a minute."""
    minute = run.minutes.get(command.of)
    return None if minute is None or context.actor in minute.asked else Refused("stale")


@powers
def _told_call(run: Run, command: TellCall, context: Context) -> Refused | None:
    """Whoever was asked to call."""
    call = run.voice_calls.get(command.of)
    return None if call is None or context.actor == call.caller else Refused("not_yours", member=call.caller)


@powers
def _raise(run: Run, command: RaiseNote, context: Context) -> Refused | None:
    note = run.notes.get(command.of)
    foreign = note is not None and note.by != context.actor
    return Refused("stale") if foreign or unchosen(run, context) else None


@powers
def _reply(run: Run, command: AnswerPlea | SeePlea, context: Context) -> Refused | None:
    """Whoever has it, and whoever commands; its writer may say that it is a note, where nobody has it yet."""
    plea = run.pleas.get(command.of)
    has_it = plea is None or context.actor in (*plea.to, run.commander)
    if plea is not None and isinstance(command, SeePlea) and context.actor == plea.by:
        has_it = has_it or plea.may_ask
    return None if has_it else Refused("stale")


@powers
def _confirm(run: Run, command: ConfirmDeed, context: Context) -> Refused | None:
    plea = run.pleas.get(command.of)
    return None if plea is None or plea.about.get("who") == context.actor else Refused("stale")


@powers
def _take_back(run: Run, command: KeepAsNote, context: Context) -> Refused | None:
    answered = next((done for done in run.answered.values() if done.turn == command.of), None)
    return None if answered is None or answered.by == context.actor else Refused("stale")


@powers
def _ratify(run: Run, command: Ratify, context: Context) -> Refused | None:
    made = run.decisions.get(command.of)
    return CHAIN.objection(context) if made is not None and made.provisional else None


@powers
def _file(run: Run, command: FileReport | WithdrawReport, context: Context) -> Refused | None:
    known = run.duties is not None and command.duty in run.duties.duties
    return None if not known or _answers_for_it(run, context) else Refused("filers_only")


@powers
def _learn(run: Run, command: LearnFacts, context: Context) -> Refused | None:
    """Whoever is there knows best; but that nothing leaked, and no report is owed, is for those who answer for it."""
    lifts = command.sets.get("leak") == "none"
    return None if not lifts or _answers_for_it(run, context) else Refused("filers_only")


def _answers_for_it(run: Run, context: Context) -> bool:
    """Say whether somebody answers for reports: the chain, the safety managers, and whoever is responsible for the run."""
    return context.actor == run.commander or context.actor in _chain(context) | drill_leaders(context)


@powers
def _not_owed(run: Run, command: RefuseReport, context: Context) -> Refused | None:
    known = run.duties is not None and command.duty in run.duties.duties
    return CHAIN.objection(context) if known else None


@powers
def _close(run: Run, _: Close, context: Context) -> Refused | None:
    """Whoever commands, and the chain; a drill ends with its time, or by whoever leads it."""
    drill = run.exercise
    led = drill is not None and context.actor in (drill.facilitator, drill.begun_by, CLOCK)
    return None if led or run.commander == context.actor else CHAIN.objection(context)


@powers
def _pass_over(run: Run, _: SkipQuestion, context: Context) -> Refused | None:
    """Whoever was asked, and whoever may end the run."""
    asking = run.asking.get(context.actor)
    return None if asking is not None and asking.what == "review" else objection(Close(run.id), context, run)


@powers
def _call_off(run: Run, _: CallOff | ConfirmFalse | SwitchPlaybook, context: Context) -> Refused | None:
    """Whoever commands, and the chain; whoever reported, before it begins; a drill may be broken off by anybody.

    Where an attack is feared, it is the chain's alone.
    """
    if run.attacked:
        return CHAIN.objection(context)
    reported = context.actor == run.reporter and (run.playbook is None or run.drill or run.circle_asked)
    if reported or run.exercise is not None or CHAIN.holds(context):
        return None
    return _commander(run, context)


# ── in a drill ──────────────────────────────────────────────────────────────────────────────────────────────────────


@powers
def _begin_drill(_: Run, command: BeginExercise, context: Context) -> Refused | None:
    """The chain, the safety manager, and whoever owns this kind of drill."""
    kind = context.handbook.drills.kinds.get(command.kind)
    if kind is None or any(other.live for other in seen(context.others, context, context.actor)):
        return None
    return None if _in_charge(kind.owner, context) else Refused("chain_only")


def _in_charge(owner: str, context: Context) -> bool:
    owners = {m.id for m in context.roster.owners(owner, context.today)}
    return context.actor in drill_leaders(context) | owners


def _running(run: Run) -> Exercise | None:
    return run.exercise if run.live else None


@powers
def _facilitate(
    run: Run, command: SendInject | HoldInject | SkipInject | AskInject, context: Context
) -> Refused | None:
    """The facilitator, or, where the bot leads, whoever began the drill and the chain; what is due, the clock sends."""
    drill = _running(run)
    if drill is None or (isinstance(command, SendInject) and context.actor == CLOCK):
        return None
    leads = {drill.facilitator} if drill.facilitator else {drill.begun_by, *_chain(context)}
    return None if context.actor in leads else Refused("facilitator_only", member=drill.facilitator or None)


@powers
def _lead(run: Run, _: LeadExercise, context: Context) -> Refused | None:
    """Anybody takes over while the drill goes on, from a lost phone; what it came to is for those who look at that."""
    return _debrief(run, context) if run.state == "reviewing" else None


@powers
def _rate(run: Run, _: RateObjective, context: Context) -> Refused | None:
    return _debrief(run, context) if run.exercise is not None and run.state == "reviewing" else None


@powers
def _of_vendors(run: Run, _: TellVendor | AskVendorLesson, context: Context) -> Refused | None:
    return None if _running(run) is None else _debrief(run, context)


@powers
def _release(run: Run, _: ReleaseFeedback, context: Context) -> Refused | None:
    return _debrief(run, context) if run.exercise is not None and not run.exercise.released else None


def _debrief(run: Run, context: Context) -> Refused | None:
    """The chain, the facilitator and whoever began the drill look at what it came to."""
    drill = run.exercise
    led = drill is not None and context.actor in (drill.facilitator, drill.begun_by)
    return None if led else CHAIN.objection(context)


# ── in the facility ─────────────────────────────────────────────────────────────────────────────────────────────────


@powers
def _anybody_here(
    _: House,
    __: Enrol
    | EnterPage
    | AskMember
    | DropQuestion
    | CloseHint
    | NoteMasked
    | LiftMask
    | OpenTask
    | DoubtNumber
    | OfferNumber
    | TakePhoto
    | ReadPlan,
    ___: Context,
) -> None:
    return None


@powers
def _in_danger(_: House, __: SeeDanger | RingDanger | TakeDangerBack | TellOfDanger, ___: Context) -> None:
    """Whoever is there knows best, and time rings, too."""


@powers
def _the_bot_here(
    _: House,
    command: (
        MakeFacility
        | SeatAtTerminal
        | EraseMember
        | ForgetPages
        | LetMaskStand
        | BringUp
        | NoteClock
        | ChangeSealKey
        | CloseUpRun
        | DoubtRecord
        | PassHintOn
        | TellDangerLate
        | TellQuietEnds
        | PlanYear
        | PlanNewcomer
        | AnnounceDrill
        | RemindDrill
        | ShiftDrill
        | MissDrill
        | DebriefDrill
        | SignOffDrill
        | KeepPhoto
        | LosePhoto
        | NoteBackup
        | NoteNoBackup
        | NoteTrial
        | NoteKeyShown
        | NoteRestore
    ),
    context: Context,
) -> Refused | None:
    return _by_itself(command, context)


@powers
def _of_oneself(
    _: House, command: MarkReachable | MarkUnreachable | OfferPage | LeavePage, context: Context
) -> Refused | None:
    return None if context.actor == command.member else _by_itself(command, context)


@powers
def _offer_board(_: House, command: OfferBoard, context: Context) -> Refused | None:
    """Whoever leads the run or its drill, and the chain; at the machine whoever sits there."""
    run = context.runs.get(command.of)
    if run is None or context.actor == CONSOLE:
        return None
    led = run.exercise is not None and context.actor in (run.exercise.facilitator, run.exercise.begun_by)
    return None if led or context.actor == run.commander else CHAIN.objection(context)


@powers
def _for_the_chain_here(
    _: House,
    __: Invite
    | Suspend
    | BeginSetup
    | PassSetup
    | TakeWorkbook
    | TakeWallPack
    | ApprovePlan
    | BlackOutHere
    | NoteSealHandedOn,
    context: Context,
) -> Refused | None:
    return CHAIN.objection(context)


@powers
def _move_workbook(house: House, command: MoveWorkbook, context: Context) -> Refused | None:
    """Whoever sent it, and is still of the chain."""
    sent = house.workbooks.get(command.of)
    theirs = sent is None or sent.member == context.actor
    return CHAIN.objection(context) or (None if theirs else Refused("stale"))


@powers
def _change_member(_: House, command: ChangeMember, context: Context) -> Refused | None:
    own = context.actor == command.member and set(command.fields) <= OWN_FIELDS
    return None if own else CHAIN.objection(context)


@powers
def _put(_: House, command: PutRegistry, context: Context) -> Refused | None:
    """People and the facility itself are for those who decide, the rest for those who keep it in order."""
    people = any(row.kind in {"member", "facility"} for row in command.rows)
    return (CHAIN if people else KEEPERS).objection(context)


@powers
def _keep_number(house: House, command: VerifyNumber | EnterNumber, context: Context) -> Refused | None:
    """Those who keep the contacts in order, and the owner of a task about one."""
    if context.roster.contact(command.contact) is None:
        return None
    owners = {t.owner for t in number_tasks(command.contact, house)}
    return None if context.actor in owners else KEEPERS.objection(context)


def number_tasks(contact: str, house: House) -> list[Task]:
    """Give the open tasks about a wrong number of a contact."""
    return [t for t in house.open_tasks() if t.what == NUMBER_WRONG and t.about.get("contact") == contact]


@powers
def _give_task(house: House, command: GiveTask, context: Context) -> Refused | None:
    task = _open_task(house, command.task)
    return None if task is None or task.owner == context.actor else KEEPERS.objection(context)


@powers
def _finish_task(house: House, command: FinishTask, context: Context) -> Refused | None:
    task = _open_task(house, command.task)
    theirs = task is None or context.actor in (task.owner, CLOCK) or KEEPERS.holds(context)
    return None if theirs or task is None else Refused("not_yours", member=task.owner)


def _open_task(house: House, task: int) -> Task | None:
    return next((t for t in house.open_tasks() if t.id == task), None)


@powers
def _drop_task(_: House, __: DropTask | DropPhoto | KeepNumber | TakeNumberBack, context: Context) -> Refused | None:
    return KEEPERS.objection(context)


@powers
def _verify_task(house: House, command: VerifyTask, context: Context) -> Refused | None:
    """Those who look at what the drill came to."""
    task, drill = house.tasks.get(command.task), context.runs.get(command.by)
    if task is None or task.state != "done":
        return None
    return CHAIN.objection(context) if drill is None else _debrief(drill, context)


# ── in the calendar of drills ───────────────────────────────────────────────────────────────────────────────────────


@powers
def _plan_drills(_: House, __: PlanDrill | SetCadence, context: Context) -> Refused | None:
    return DRILL_LEADERS.objection(context)


@powers
def _cancel_drill(house: House, command: CancelDrill, context: Context) -> Refused | None:
    known = _owner_of(command.drill, house, context) is not None
    return DRILL_LEADERS.objection(context) if known and context.actor != CLOCK else None


@powers
def _move_drill(
    house: House,
    command: PostponeDrill | ChooseScenario | InviteVendor | UninviteVendor | StartDrill,
    context: Context,
) -> Refused | None:
    """Who sets the days of drills, and whoever owns a drill of this kind."""
    owner = _owner_of(command.drill, house, context)
    return None if owner is None or _in_charge(owner, context) else Refused(DRILL_LEADERS.refusal)


def _owner_of(drill: str, house: House, context: Context) -> str | None:
    known = house.drills.get(drill)
    kind = house.calendar.kind_of(known, context.handbook.drills) if known else None
    return kind.owner if kind else None
