"""A Word document: every line with its mark, the sentences it rests on as footnotes that lead to their source.

The same page gives the same bytes: what Word and its library stamp with the hour is left out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import SubElement

from briefing.render.subject import Subject
from briefing.render.view_model import BlockView, LineView, Link, Mention, Note, Page, Part, PlainWords, Reply, Section

if TYPE_CHECKING:
    from docx.document import Document

_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
# Characters that XML 1.0 has no way to write (section 2.2).
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MADE = (1980, 1, 1, 0, 0, 0)  # the first moment a zip archive can tell


def docx_page(subject: Subject) -> bytes:
    """The page as an Office Open XML document (ECMA-376)."""
    page = subject.page
    writer = _Writer(page)
    writer.write()
    made = io.BytesIO()
    writer.document.save(made)
    return _without_hours(made)


def _without_hours(made: io.BytesIO) -> bytes:
    kept = io.BytesIO()
    with ZipFile(made) as source, ZipFile(kept, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, _MADE)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return kept.getvalue()


class _Footnotes:
    """The footnotes of a document, which the library does not write; they are numbered from 1 (section 17.11)."""

    def __init__(self, document: Document) -> None:
        root = parse_xml(
            f"<w:footnotes {nsdecls('w', 'r')}>"
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
            "</w:footnote></w:footnotes>"
        )
        package = document.part.package
        assert package is not None
        self.part = XmlPart(PackURI("/word/footnotes.xml"), _FOOTNOTES, root, package)
        document.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._number = 0

    def begin(self) -> tuple[int, Paragraph]:
        """The number of a new one, and its paragraph, in which only that number stands."""
        self._number += 1
        footnote = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{self._number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r></w:p></w:footnote>'
        )
        self.part.element.append(footnote)
        return self._number, Paragraph(footnote[0], self)  # type: ignore[arg-type] # what it asks of a part is relate_to


class _Writer:
    """Writes a page from its top to its end."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.label = page.labels
        self.document: Document = docx.Document()
        self._styles()
        self._footnotes = _Footnotes(self.document)
        core = self.document.core_properties
        core.title, core.author, core.comments = _NO_XML.sub("", page.name.text), "", ""
        core.language = page.labels.language

    def _styles(self) -> None:
        styles = self.document.styles
        styles["Normal"].font.size = Pt(10.5)
        note = styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
        note.base_style = styles["Normal"]
        note.font.size = Pt(8.5)
        styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True
        link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
        link.font.underline = True

    def write(self) -> None:
        page = self.page
        if page.title:
            self._heading(0, page.title)
            self._plain(" · ".join(filter(None, (page.made, page.period, page.compared))))
        self._plain(" · ".join(page.top))
        for label, rows in ((self.label["failed"], page.failures), (self.label["stale"], page.stale)):
            for what, why in rows:
                self._item(label, ": ", what, ": ", why)
        if page.lead:
            self._block(page.lead)
        self._fixes()
        for section in page.sections:
            if section.group:
                self._heading(1, section.group)
            self._story(section)
        if page.made and not page.sections:
            self._plain(self.label["empty"])
        self._replies()
        self._lists()
        self._coverage()

    def _fixes(self) -> None:
        if not self.page.fixes:
            return
        self._heading(1, self.label["corrections"])
        for fix in self.page.fixes:
            self._mention(fix.mention, fix.label, (fix.when,))
            for before, after in fix.changes:
                if before:
                    self._item(self.label["before" if after else "taken_out"], ": ", before, level=2)
                if after:
                    self._item(self.label["after" if before else "added"], ": ", after, level=2)
            for words in fix.lines:
                self._item(self.label["our_lines"], ": ", words, level=2)

    def _story(self, section: Section) -> None:
        one = None if section.title else section.parts[0]
        number = f"{section.number}. " if self.page.title and section.number else ""
        if one and one.written:
            heading = self._paragraph("Heading 2", one.written.words.direction, number)
            self._line_words(heading, one.written)
            self._references(heading, one.written.notes)
        else:
            self._heading(2, number, section.name)
        facts = (section.standing_label, *section.facts)
        self._plain(" · ".join(filter(None, facts)))
        if one:
            if one.written:
                self._plain(self.label["at_source"], ": ", one.headline)
            self._byline(one, is_alone=True)
        for part in () if one else section.parts:
            self._byline(part, is_alone=False)
        for part in section.parts:
            self._headline_flags(part)
        if section.copies:
            self._plain(self.label["copies"], ":")
        for copy in section.copies:
            self._mention(copy)
        if section.reasons:
            self._plain(self.label["reasons"], ": ", self.label["comma"].join(section.reasons))
        for told in section.unchecked:
            self._plain(told)
        if section.is_brief:
            return
        self._plain(section.parts[0].origin if section.blocks else self.label["nothing"])
        for block in section.blocks:
            self._block(block)

    def _byline(self, part: Part, *, is_alone: bool) -> None:
        parts: list[PlainWords | str] = []
        if not is_alone:
            parts += [f"[{part.letter}] " if part.letter else "", part.headline, ": "]
        if part.genre:
            parts += [part.genre, *((" (", part.reason, ")") if part.reason.text else ()), " · "]
        parts += [part.author, *((" · ", part.source) if part.source.text else ())]
        parts += [f" ({part.host})" if part.host else "", " · ", part.published]
        parts += [f"{self.label['comma']}{part.edited}" if part.edited else ""]
        paragraph = self._paragraph("Normal" if is_alone else "List Bullet", self.label.direction)
        self._put(paragraph, *parts)
        if part.link:
            paragraph.add_run(" ")
            self._link(paragraph, part.link)

    def _headline_flags(self, part: Part) -> None:
        asks = self.label["headline_asks"] if part.headline_asks else ""
        parts: list[PlainWords | str] = [asks, " " if asks and part.headline_extra else ""]
        if part.headline_extra:
            parts += [self.label["headline_extra"], ": "]
        for index, words in enumerate(part.headline_extra):
            parts += [self.label["comma"] if index else "", words]
        self._plain(*parts)

    def _replies(self) -> None:
        page = self.page
        if page.replies and not page.is_answer:
            self._heading(1, self.label["key_questions"])
        for reply in page.replies:
            self._reply(reply)
        if page.unanswered:
            parts: list[PlainWords | str] = [self.label["state.unanswered"], ": "]
            for index, words in enumerate(page.unanswered):
                parts += [" · " if index else "", words]
            self._plain(*parts)

    def _reply(self, reply: Reply) -> None:
        self._heading(2, reply.question)
        self._plain(" · ".join((reply.state_label, *reply.remarks)))
        for block in reply.blocks:
            self._block(block)
        if reply.follow_ups:
            self._heading(3, self.label["follow_ups"])
        for words in reply.follow_ups:
            self._item(words)

    def _lists(self) -> None:
        page = self.page
        if page.sources:
            self._heading(1, self.label["posts"])
        for letter, mention in page.sources:
            self._mention(mention, f"[{letter}]" if letter else "")
        if page.ahead:
            self._block(page.ahead)
        if page.also:
            self._heading(1, self.label["also"])
        for mention in page.also:
            self._mention(mention, f"{mention.number}." if mention.number else "", mention.facts)

    def _coverage(self) -> None:
        self._heading(1, self.label["coverage"])
        for row in self.page.coverage:
            self._item(f"{row.label}: ", " · ".join(row.counted))
            for what, why in row.items:
                self._item(what, *((": ", why) if why else ()), level=2)
        self._plain(self.label["legend_doubt_bold"])

    def _block(self, block: BlockView) -> None:
        self._heading(3, block.label)
        for line in block.lines:
            self._line(line)
        if block.more:
            self._plain(block.more_label)
        for line in block.more:
            self._line(line)
        for group in block.groups:
            paragraph = self._paragraph("Normal", group.name.direction)
            self._put(paragraph, group.name, *(part for fact in group.facts for part in (" · ", fact)), ":")
            self._references(paragraph, group.refs)
            for line in group.lines:
                self._line(line)

    def _line(self, line: LineView) -> None:
        paragraph = self._paragraph("List Bullet", line.words.direction)
        self._line_words(paragraph, line)
        for index, voice in enumerate(line.voice):
            self._put(paragraph, " · " if index else " — ", voice)
        if line.mark_label:
            self._put(paragraph, f" ({line.mark_label})")
        self._references(paragraph, line.notes)
        for note in line.stronger:
            self._put(paragraph, f" · {self.label['stronger']}")
            self._references(paragraph, (note,))
        for label, words in line.remarks:
            self._item(f"{label}: ", words, level=2)

    def _line_words(self, paragraph: Paragraph, line: LineView) -> None:
        """The line with its mark; words of doubt are bold, those that no sentence accounts for are underlined."""
        if line.sign:
            paragraph.add_run(f"{line.sign} ")
        for piece in line.pieces:
            run = self._run(paragraph, piece.text, line.words.direction)
            run.bold = piece.is_doubt or None
            run.underline = piece.is_unaccounted or None

    def _references(self, paragraph: Paragraph, notes: Sequence[Note]) -> None:
        for note in notes:
            number, foot = self._footnotes.begin()
            run = paragraph.add_run(style="Footnote Reference")
            SubElement(run._r, qn("w:footnoteReference"), {qn("w:id"): str(number)})
            foot.add_run(f" [{note.marker}] ")
            if not note.is_shown:
                self._put(foot, note.quote, " ")
            if note.link:
                self._link(foot, note.link)

    def _mention(self, mention: Mention, opening: str = "", facts: Iterable[str] = ()) -> None:
        parts: list[PlainWords | str] = [f"{opening} " if opening else "", mention.title]
        parts += [" · ", mention.source] if mention.source.text else []
        for fact in facts:
            parts += [" · ", fact]
        paragraph = self._item(*parts)
        if mention.link:
            paragraph.add_run(" ")
            self._link(paragraph, mention.link)

    def _heading(self, level: int, *parts: PlainWords | str) -> None:
        direction = next((part.direction for part in parts if isinstance(part, PlainWords)), self.label.direction)
        self._put(self._paragraph(f"Heading {level}" if level else "Title", direction), *parts)

    def _plain(self, *parts: PlainWords | str) -> None:
        """A paragraph of it; none where there is nothing."""
        if any(part.text if isinstance(part, PlainWords) else part for part in parts):
            self._put(self._paragraph("Normal", self.label.direction), *parts)

    def _item(self, *parts: PlainWords | str, level: int = 1) -> Paragraph:
        paragraph = self._paragraph("List Bullet" if level == 1 else "List Bullet 2", self.label.direction)
        self._put(paragraph, *parts)
        return paragraph

    def _paragraph(self, style: str, direction: str, text: str = "") -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        if direction == "rtl":
            SubElement(paragraph._p.get_or_add_pPr(), qn("w:bidi"))
        if text:
            paragraph.add_run(text)
        return paragraph

    def _put(self, paragraph: Paragraph, *parts: PlainWords | str) -> None:
        for part in parts:
            if isinstance(part, PlainWords):
                self._run(paragraph, part.text, part.direction)
            elif part:
                self._run(paragraph, part, self.label.direction)

    def _run(self, paragraph: Paragraph, text: str, direction: str) -> Run:
        run = paragraph.add_run(_NO_XML.sub("", text))
        if direction == "rtl":
            run.font.rtl = True
        return run

    def _link(self, paragraph: Paragraph, link: Link) -> None:
        """The address's host, which leads to the address."""
        target = paragraph.part.relate_to(link.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        run = paragraph.add_run(link.host)
        run._r.get_or_add_rPr().style = "Hyperlink"
        leading = SubElement(paragraph._p, qn("w:hyperlink"), {qn("r:id"): target})
        leading.append(run._r)  # type: ignore[arg-type] # the run has moved into the link
