"""Web residue: lines that a page puts around an article and nobody asks about.

Residue stays in the stored text (offsets are sacred). It is not made into a passage of its own
and is never chosen as an answer.
"""

import re

_LONGEST_RESIDUE = 160
_RESIDUE = re.compile(
    r"\W*(?:"
    r"\(?\d*\)?\s*bình luận.*|bài viết chưa có bình luận.*|gửi bình luận.*|"
    r"(?:lên|về) đầu trang.*|quay lại|trở (?:về|lại).{0,20}|"
    r"(?:(?:chia sẻ|share|like|tweet|facebook|twitter|zalo|email|in bài|bản in|lưu bài)\W*)+|"
    r"(?:tags?|từ khóa)\s*:.*|"
    r"(?:xem thêm|đọc thêm|tin liên quan|bài liên quan|tin khác|cùng chuyên mục)\b.{0,120}|"
    r"(?:theo dõi|quan tâm) .{0,40}(?:google news|facebook|zalo).*|"
    r"(?:ảnh|nguồn|tác giả|bài và ảnh|clip|video|minh họa)\s*[:.].{0,80}|"
    r"(?:toàn|quang) cảnh .{0,80}|"
    r"(?:các )?đại biểu (?:tham dự|tham gia|dự) (?:hội nghị|buổi lễ|lễ|họp|phiên họp|đại hội)\W*|"
    r"\(?[\w.-]+\.(?:vn|com|net|org)(?:\.vn)?\)?"
    r")",
    re.IGNORECASE,
)


def is_residue(line: str) -> bool:
    """Return whether a line or sentence is web residue: counter, share link, caption, site name.

    Blank text is residue. A line longer than 160 code points never is: captions are short, and
    an article's sentence must not be lost to a guess.
    """
    line = line.strip()
    return not line or (len(line) <= _LONGEST_RESIDUE and _RESIDUE.fullmatch(line) is not None)
