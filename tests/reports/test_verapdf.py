"""The real checker finds nothing against PDF/UA-1 in any document (veraPDF).

Set OOST_VERAPDF to its command, for instance "vera ua1"; tools/verapdf_setup.sh sets one
up. Without it these tests are skipped: the rest of this folder reads the tags itself.
"""

import os
import shlex
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from oost_desktop.reports import (
    concern_sheet,
    emergency_card,
    progress_report,
    recovery_sheet,
)
from oost_desktop.reports.concern_sheet import ConcernSheet, Mark, Told
from oost_desktop.reports.emergency_card import Contact, EmergencyCard
from oost_desktop.reports.page import Page
from oost_desktop.reports.progress_report import WorkItem
from oost_desktop.reports.recovery_sheet import RecoverySheet

COMMAND = os.environ.get("OOST_VERAPDF", "")
pytestmark = pytest.mark.skipif(
    not COMMAND, reason="OOST_VERAPDF names no checker; see tools/verapdf_setup.sh"
)
MADE = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 11, 42, tzinfo=UTC)


def every_block() -> bytes:
    page = Page("Sheet", "R-1", made_on=MADE, invented=True)
    page.heading("Words")
    page.paragraph("Ŵyn ŷ £ ễ محمد علي प्रिया สมชาย פלונית ✓ 王 " * 200)
    page.quotation("Own words. " * 300, "A pupil")
    page.urgent("Ring 999 first.")
    page.bullet_list(["one", "two"])
    page.bullet_list(["one", "two"], numbered=True)
    page.link("Write to us", "mailto:oost@example.org")
    page.facts([("a", "b")] * 4)
    page.table(["A", "B"], [["", "x " * 2000], ["y", ""]])
    return page.finish()


def test_every_document_complies(report, tmp_path):
    work = tuple(WorkItem(f"Item {n}", f"Subject {n % 3}") for n in range(120))
    documents = {
        "blocks": every_block(),
        "progress": progress_report.render(report),
        "long": progress_report.render(replace(report, work=work, invented=True)),
        "concern": concern_sheet.render(
            ConcernSheet(
                *("SC-1", "Zoë", "P-1", "She said so.", "Jo", "tutor", MADE, NOW),
                marks=(Mark("Left forearm", "A bruise"),),
                told=(Told("The DSL", NOW),),
            )
        ),
        "draft": concern_sheet.render(ConcernSheet("", "", "", "", "", "", MADE, NOW)),
        "emergency": emergency_card.render(
            EmergencyCard("Zoë", "P-1", "Matlock", MADE, contacts=(Contact("E", "Aunt", "01"),))
        ),
        "recovery": recovery_sheet.render(RecoverySheet(("word",) * 24, "a vault", "Jo", MADE)),
    }
    files = []
    for name, data in documents.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(data)
    done = subprocess.run(
        [*shlex.split(COMMAND), *map(str, files)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("compliant=true") == len(files)
