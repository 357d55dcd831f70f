"""The words of a question that ask, and what is left without them: what it is about."""

from qa.spoken import Form, Spoken, content_of, is_function_word, spoken

MOST_IN_TOPIC = 30
"""Words of a topic; a longer one is cut at its end."""
_ASKED_FOR = (
    r"văn bản|thành phố|đơn vị|cơ quan|nghị quyết|nghị định|bộ luật|tổ chức|quốc gia|nhân vật"
    r"|đồng chí|nguyên nhân|thời điểm|văn kiện|trường hợp|điều kiện|(?:phó )?viện trưởng"
    r"|nguyên tắc|bài hát|hội nghị"
)
_ASKED = Form(
    r"(?<!\w)(?:"
    r"(?:là |thì )?(?:vì|tại) sao|vì lý do gì|do đâu"
    r"|(?:từ |vào |là )?(?:khi|lúc|hồi) nào|(?:từ |là |đến )?bao giờ|(?:trong |là )?bao lâu"
    r"|(?:là |có |trong )?(?:bao nhiêu|mấy)"
    r"|(?:(?:ở|tại|từ|vào|đến|gồm) )?(?:những )?đâu"
    rf"|(?:là |có |do |gồm |vào |ở |tại |theo |của )?(?:những |các )?(?:{_ASKED_FOR}|[^\W\d_]+) nào"
    r"|(?:do |của |là |gồm )?(?:những )?ai"
    r"|(?:là |về )?(?:những )?(?:việc |điều |nghề |chức vụ |chức )?gì"
    r"|(?:là |thì )?(?:như )?thế nào|(?:thì )?ra sao|làm sao|thì sao|sao(?=\W*$)"
    r"|(?:hay |có được )?(?:không|chưa)(?=\W*$)"
    r")(?!\w)"
)
_YES_NO = Form(r"(?<!\w)có(?: phải)?(?= .*(?<!\w)không\W*$)")


def asked_spans(question: Spoken) -> list[tuple[int, int]]:
    """Return the spans of the words that ask, in reading order, without overlaps."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted({match.span() for match in _ASKED.finditer(question)}):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def own_words(question: Spoken) -> tuple[str, ...]:
    """Return the content words outside those that ask: none of "Vì sao?"."""
    masked = list(question.key)
    for start, end in asked_spans(question):
        masked[start:end] = " " * (end - start)
    return content_of(Spoken(question.text, "".join(masked)))


def topic_of(question: str) -> str:
    """Return a question without the words that ask: "Bảo Đại thoái vị" of "… khi nào?"."""
    asked = spoken(question.replace(": ", ", "))  # where a topic was put before it
    spans = asked_spans(asked)
    yes_no = _YES_NO.search(asked)
    if yes_no:
        spans = sorted([*spans, yes_no.span()])
    pieces, end = [], 0
    for start, following in spans:
        pieces.append(asked.text[end:start])
        end = max(end, following)
    pieces.append(asked.text[end:])
    return _trimmed(spoken(" ".join(pieces))).text


def _trimmed(topic: Spoken) -> Spoken:
    """Drop words that say nothing from both ends, and all after `MOST_IN_TOPIC`."""
    words = list(topic.words)
    while words and is_function_word(words[0].group()):
        del words[0]
    del words[MOST_IN_TOPIC:]
    while words and is_function_word(words[-1].group()):
        del words[-1]
    return topic.cut(words[0].start(), words[-1].end()) if words else topic.cut(0, 0)
