"""The plan and its targets in a pupil's file: what is agreed, and how the pupil sees each target.

Guarantees that a rating given by mistake is one Undo away. Plans and targets are written
elsewhere: their rows lead there.
"""

from functools import partial

from PySide6.QtCore import Signal

from oost_desktop.services import plans, wording
from oost_desktop.services.pupil_file import PupilFile, TargetRow
from oost_desktop.views.context import Context
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.layout import line
from oost_desktop.views.pages.parts.table_card import TableCard
from oost_desktop.views.pages.parts.target_rating import TargetRating, TargetTable
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.widgets.buttons import secondary
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.styled import label

AROUND = (12, 10, 12, 10)


class PlanCard(TableCard):
    """Shows the plan's line, the targets, and the rating of the chosen one.

    `plan_asked` carries the id of the plan on show.
    """

    plan_asked = Signal(str)

    def __init__(
        self, context: Context, model: RowsTableModel[TargetRow], empty: EmptyState
    ) -> None:
        targets = TargetTable(model, "Targets")
        super().__init__(targets, empty)
        self._context = context
        self._model = model
        self._plan = ""
        self._words = label("", "muted", wrap=True)
        self.open_button = secondary("Open the plan", Icon.PLAN)
        head = line(self._words, ends_with=self.open_button)
        head.setContentsMargins(*AROUND)
        self.rating = TargetRating()
        self.rating.setContentsMargins(*AROUND)
        self.body.insertWidget(0, head)
        self.body.addWidget(self.rating)
        self.rating.show_target(None)
        targets.chosen.connect(self._on_target)
        targets.rated.connect(self._rate)
        self.rating.rated.connect(self._rate)
        self.rating.said.connect(self._say)
        self.open_button.clicked.connect(self._on_open)

    def show_file(self, file: PupilFile) -> None:
        """Show this file's newest plan; its targets are in the model already."""
        self._plan = file.plans[0].id if file.plans else ""
        self._words.setText(_plan_words(file))
        self.open_button.setVisible(bool(self._plan))
        if self._model.ids and not self.table.current_id():
            self.table.select_id(self._model.ids[0])
        self._on_target(self.table.current_id())

    def _on_target(self, entity: str) -> None:
        self.rating.show_target(self._model.item(entity))

    def _on_open(self) -> None:
        self.plan_asked.emit(self._plan)

    def _rate(self, rating: int) -> None:
        row = self._model.item(self.table.current_id())
        if row is None or row.self_rating == rating:
            return
        self._context.jobs.run(
            "db",
            plans.rate_target,
            self._context.desk,
            row.id,
            rating,
            owner=self,
            done=partial(self._on_rated, row, rating),
        )

    def _say(self, words: str) -> None:
        row = self._model.item(self.table.current_id())
        if row is not None and words != row.self_words:
            self._change(row.id, {"self_words": words or None})
            self._context.tell("Kept in their own words.")

    def _on_rated(self, row: TargetRow, rating: int, _nothing: object) -> None:
        back = partial(self._change, row.id, {"self_rating": row.self_rating})
        self._context.saved()
        self._context.tell(f"Rated {rating} of {plans.HIGHEST} by the pupil.", "Undo", back)

    def _change(self, target: str, values: dict[str, object]) -> None:
        desk = self._context.desk
        self._context.jobs.run("db", plans.change_target, desk, target, values, owner=self)


def _plan_words(file: PupilFile) -> str:
    """The newest plan: its state, when it was agreed, and by when to look at it again."""
    if not file.plans:
        return "No education plan yet"
    plan = file.plans[0]
    days = (("agreed", plan.agreed_on), ("review by", plan.review_by))
    said = [f"{word} {wording.short_day(day)}" for word, day in days if day is not None]
    return " · ".join(("Education plan", plan.state_words.lower(), *said))
