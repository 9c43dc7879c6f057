"""A ledger with a vendor, two systems, a contract and who answers for what: enough for a plan without a hole."""

from __future__ import annotations

from datetime import date

from contacts.model import Contact, Contract, Responsibility, System
from flows.commands.facility import ChangeMember, PutRegistry, RegistryRow
from flows.record.journal import FACILITY
from playbooks.texts import Data
from tests.clinic import Clinic

VENDOR = Contact(
    id="maker", kind="vendor", services=("ehr",), name="カルテ<社>", number="03-1234-5678", emergency_help="2時間で来院"
)
CHARTS = System(
    id="charts",
    name="電子カルテ",
    service="ehr",
    runs="onpremises",
    vendor="maker",
    importance=5,
    allowed_downtime=240,
    on_paper="紙カルテ（青い箱）",
    restore_order=2,
    backup_place="金庫のディスク",
    needs=("line",),
)
LINE = System(
    id="line",
    name="院内の線",
    service="network",
    vendor="maker",
    importance=4,
    allowed_downtime=600,
    on_paper="予備の通信機",
    restore_order=1,
    backup_place="設定の控え",
)
CONTRACT = Contract(
    id="k1",
    name="カルテ保守",
    vendor="maker",
    systems=("charts",),
    end=date(2028, 3, 31),
    auto_renewal=True,
    notice_days=90,
    emergency_clause="第8条: 2時間で着手",
    notification="第9条: すぐに電話",
)
SHARE = Responsibility(
    id="charts.restoring", system="charts", task="restoring", emergency="both", emergency_words="当施設が頼む"
)
ROWS: tuple[tuple[str, Data], ...] = (
    ("contact", VENDOR),
    ("system", CHARTS),
    ("system", LINE),
    ("contract", CONTRACT),
    ("responsibility", SHARE),
)


def enter(clinic: Clinic) -> None:
    """Let the director enter the ledger."""
    put = tuple(RegistryRow(kind, str(vars(row)["id"]), row.model_dump_json(), None) for kind, row in ROWS)
    clinic.orders(PutRegistry(FACILITY, put))


def change(clinic: Clinic, kind: str, key: str, **changed: object) -> None:
    """Let the director change fields of a row that is entered."""
    [was] = [row for of, row in ROWS if (of, vars(row)["id"]) == (kind, key)]
    after = was.model_copy(update=changed).model_dump_json()
    clinic.orders(PutRegistry(FACILITY, (RegistryRow(kind, key, after, was.model_dump_json()),)))


def staff(clinic: Clinic) -> None:
    """Let somebody see to the safety of the systems, and somebody else stand in for them."""
    clinic.orders(ChangeMember(FACILITY, clinic.id("deputy"), {"roles": ("doctor", "safety_manager")}))
    clinic.orders(ChangeMember(FACILITY, clinic.id("nurse"), {"stands_in_for": ("safety_manager",)}))
