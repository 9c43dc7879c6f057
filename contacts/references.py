"""Whom playbooks may name: ``kind:service`` references to people outside, and roles to ask inside."""

from __future__ import annotations

from contacts.roles import ROLES

SERVICES: dict[str, tuple[str, ...]] = {
    "vendor": (
        "ehr",
        "receipt",
        "network",
        "remote_maintenance",
        "eligibility",
        "imaging",
        "lab",
        "backup",
        "pc",
        "website",
        "mail",
    ),
    "authority": (
        "ambulance",
        "police",
        "police_cyber",
        "ppc",
        "mhlw",
        "health_centre",
        "eligibility_centre",
        "claims",
        "regional_bureau",
    ),
    "adviser": ("insurer", "lawyer", "forensic", "association", "adviser", "first_response", "ipa", "jpcert", "seals"),
    "partner": ("connected", "hospital", "pharmacy", "care"),
}
"""What each kind of contact can be asked for."""

REFERENCES: frozenset[str] = frozenset(
    [f"{kind}:{service}" for kind, services in SERVICES.items() for service in services]
    + [f"role:{role}" for role in (*ROLES, "commander", "reporter")]
)
"""Every reference that a step's ``contact`` or an answer's ``call`` may hold."""
