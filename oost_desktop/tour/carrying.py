"""How files are carried between the office and the laptops: the tour's stick and telephone."""

from pathlib import Path

from oost_desktop.models import RECORDS, Role
from oost_desktop.security.kdf import KdfCost
from oost_desktop.security.keys import Purpose, subkey
from oost_desktop.security.keystore import Keystore
from oost_desktop.services.desk import Desk
from oost_desktop.services.unlocking import LAPTOP, desk_at, mark_vault
from oost_desktop.store.vault import Vault
from oost_desktop.sync import exchange, trusted
from oost_desktop.sync.bundle import make_for_device, make_for_office
from oost_desktop.sync.enrolment import make_request, office_words, read_request
from oost_desktop.sync.joining import take_first_bundle
from oost_desktop.sync.report import CheckReport
from oost_desktop.sync.trust import admit
from oost_desktop.tour.stage import OFFICE, Stage
