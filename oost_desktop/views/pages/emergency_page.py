"""The emergency card on the screen: large facts for the doorway, and whom to ring.

What it says is the paper card's (`services/documents.py`), so screen and paper cannot differ.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from oost_desktop.reports.emergency_card import Contact, EmergencyCard
from oost_desktop.services import documents
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.layout import line, stack
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.banner import Band
from oost_desktop.views.widgets.buttons import secondary
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.styled import Strong, label

FIRST = (Strong("In an emergency ring 999 first"), " and say where you are.")
