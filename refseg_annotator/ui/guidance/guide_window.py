"""The guide, page by page, in the colours of the window. Not modal: it stays open beside the work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from refseg_annotator import settings
from refseg_annotator.ui.forms import within_screen
from refseg_annotator.ui.wording import tr

if TYPE_CHECKING:
    from refseg_annotator.ui.theme import Theme

FOLDER: Final = "guide"
# In the order of reading; pages that are not named here follow by name.
ORDER: Final = (
    "first-project",
    "review",
    "video",
    "formats",
    "training",
    "models",
    "shortcuts",
    "troubleshooting",
    "limits",
    "decisions",
    "extending",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the guide.

    Args:
        name: of its file, without the ending.
        title: its first heading.
        text: Markdown.
    """

    name: str
    title: str
    text: str


def guide_pages(folder: Path | None = None) -> list[Page]:
    """The pages in the order of reading."""
    place = settings.resources_folder() / FOLDER if folder is None else folder
    pages = []
    for path in place.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        title = next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), path.stem)
        pages.append(Page(path.stem, title, text))
    return sorted(pages, key=lambda page: (ORDER.index(page.name) if page.name in ORDER else len(ORDER), page.name))


class GuideWindow(QDialog):
    """Pages at the left, the text at the right; words typed above narrow the pages to those that hold them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, page: str = "") -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages = {one.name: one for one in guide_pages()}
        self.setWindowTitle(tr("Guide"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(within_screen(self, QSize(960, 680)))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the guide"))
        self.search.setAccessibleName(tr("Search the guide"))
        self.search.setClearButtonEnabled(True)
        self.contents = QListWidget()
        self.contents.setObjectName("pages")
        self.contents.setAccessibleName(tr("Pages of the guide"))
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(tr("Guide"))
        self.text.document().setDocumentMargin(16)
        self.text.anchorClicked.connect(self._follow)
        for one in self._pages.values():
            item = QListWidgetItem(one.title)
            item.setData(Qt.ItemDataRole.UserRole, one.name)
            self.contents.addItem(item)
        self.contents.currentRowChanged.connect(self._on_row)
        self.search.textChanged.connect(self._narrow)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.contents, 1)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([240, 720])
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.addWidget(split)
        theme.changed.connect(self._show_again)
        self.show_page(page or next(iter(self._pages), ""))

    @property
    def page(self) -> str:
        """The name of the page on show."""
        row = self.contents.currentRow()
        return "" if row < 0 else str(self.contents.item(row).data(Qt.ItemDataRole.UserRole))

    def show_page(self, name: str) -> None:
        """Go to a page; a name that there is none of changes nothing."""
        for place in range(self.contents.count()):
            if self.contents.item(place).data(Qt.ItemDataRole.UserRole) == name:
                self.contents.setCurrentRow(place)

    def _on_row(self, row: int) -> None:
        if row < 0:
            return
        colours = self._theme.colours
        document = self.text.document()
        # Markdown's own sheet is black on white; the colours must be there before the text.
        document.setDefaultStyleSheet(f"a {{ color: {colours.accent}; }}")
        self.text.document().setMarkdown(
            self._pages[self.page].text,
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML,
        )
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self.text.verticalScrollBar().setValue(0)

    def _show_again(self) -> None:
        place = self.text.verticalScrollBar().value()
        self._on_row(self.contents.currentRow())
        self.text.verticalScrollBar().setValue(place)

    def _follow(self, url: QUrl) -> None:
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)
        elif url.isRelative() and url.path().endswith(".md"):
            self.show_page(Path(url.path()).stem)

    def _narrow(self, words: str) -> None:
        wanted = words.casefold().split()
        for place in range(self.contents.count()):
            item = self.contents.item(place)
            text = self._pages[str(item.data(Qt.ItemDataRole.UserRole))].text.casefold()
            item.setHidden(not all(word in text for word in wanted))
        row = self.contents.currentRow()
        if row >= 0 and self.contents.item(row).isHidden():
            shown = [place for place in range(self.contents.count()) if not self.contents.item(place).isHidden()]
            if shown:
                self.contents.setCurrentRow(shown[0])
