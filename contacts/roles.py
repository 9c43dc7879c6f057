"""The roles there are: those of members, and those that only exist inside a run."""

from __future__ import annotations

ROLES: tuple[str, ...] = (
    "director",
    "safety_manager",
    "doctor",
    "dentist",
    "pharmacist",
    "nurse",
    "hygienist",
    "reception",
    "staff",
)
"""The roles a member can hold; ``director`` is 院長, 薬局の管理者 or the station's 管理者."""

ELSEWHERE: dict[str, frozenset[str]] = {
    "clinic": frozenset({"dentist", "hygienist"}),
    "dental": frozenset({"doctor", "pharmacist"}),
    "pharmacy": frozenset({"doctor", "dentist", "nurse", "hygienist"}),
    "visiting_nurse": frozenset({"doctor", "dentist", "pharmacist", "hygienist"}),
}
"""Roles that hardly anybody holds at a kind of facility: they can be written, but are not offered."""

RUN_ROLES: tuple[str, ...] = ("reporter", "commander", "anyone")
"""Roles that only exist inside a run."""

EVERY_ROLE = frozenset({*ROLES, *RUN_ROLES})
"""The roles that a playbook or a drill may name."""

DEPUTISED: tuple[str, ...] = ("director", "safety_manager")
"""The roles for which somebody has to stand in, so that nothing hangs on one person (guidance §2.1)."""
