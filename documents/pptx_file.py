"""Read PowerPoint files (.pptx): the text of each slide, its tables and notes."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from documents.archive import open_archive
from documents.errors import UnreadableDocumentError
from documents.extract import Description, Extract, guarded
from documents.tables import blocks_text, row_line
from documents.titles import sensible_title

if TYPE_CHECKING:
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide

_DAMAGED = "tệp PowerPoint bị hỏng, không phải .pptx đúng dạng: hãy mở bằng PowerPoint rồi lưu lại"
_OLD_OR_LOCKED = "tệp PowerPoint có mật khẩu hoặc là .ppt đời cũ: hãy lưu lại dạng .pptx"
_OLE_MARK = b"\xd0\xcf\x11\xe0"


def read_pptx(data: bytes) -> Extract:
    """Return the text of a presentation: slide by slide, the title first, the notes last.

    The lines of one text box stay together; a table has a line for each row. Repeated footers,
    dates and slide numbers, charts and pictures are not read. The title of its properties is
    taken when it reads like one.
    """
    if data.startswith(_OLE_MARK):
        raise UnreadableDocumentError(_OLD_OR_LOCKED)
    with guarded(_DAMAGED):
        open_archive(data).close()
        from pptx import Presentation

        presentation = Presentation(BytesIO(data))
        blocks = [block for slide in presentation.slides for block in _slide(slide)]
        title = presentation.core_properties.title
        return Extract(blocks_text(blocks), Description(title=sensible_title(title)))


def _slide(slide: "Slide") -> Iterator[str]:
    heading = slide.shapes.title
    shapes = [one for one in slide.shapes if heading is None or one.shape_id != heading.shape_id]
    yield from _shapes([heading, *shapes] if heading is not None else shapes)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield _lines(slide.notes_slide.notes_text_frame.text)


def _shapes(shapes: Iterable["BaseShape"]) -> Iterator[str]:
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.shapes.group import GroupShape

    for shape in shapes:
        if isinstance(shape, GroupShape):
            yield from _shapes(shape.shapes)
        elif isinstance(shape, GraphicFrame) and shape.has_table:
            rows = (row_line(cell.text for cell in row.cells) for row in shape.table.rows)
            yield "\n".join(filter(None, rows))
        elif isinstance(shape, Shape) and not _is_furniture(shape):
            yield _lines(shape.text_frame.text)


def _is_furniture(shape: "BaseShape") -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER

    return shape.is_placeholder and shape.placeholder_format.type in {
        PP_PLACEHOLDER.DATE,
        PP_PLACEHOLDER.FOOTER,
        PP_PLACEHOLDER.SLIDE_NUMBER,
    }


def _lines(text: str) -> str:
    r"""Return the lines of a text box; ``\v`` is a line break inside a paragraph."""
    return "\n".join(filter(None, (line.strip() for line in text.replace("\v", "\n").split("\n"))))
