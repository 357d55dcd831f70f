"""Two runs side by side, as HTML. Everything shown is escaped."""

from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape

from eval.runs.comparing import ChangedQuestion, Comparison, Slice
from eval.runs.differences import Difference
from eval.runs.stored import StoredQuestion
from web.html_parts import in_vietnamese, notice
from web.texts import Texts

MOST_CHANGED = 200


def comparison(texts: Texts, found: Comparison, first: str, second: str) -> str:
    """Return what differs between two runs: all measures, the parts, the changed questions.

    Parameters
    ----------
    first, second
        What tells the runs apart.
    """
    own = texts.evaluation
    warnings = "".join(
        f'<p class="notice" lang="vi">{escape(_sentence(warning))}</p>'
        for warning in found.warnings
    )
    by_name = {one.name: one for one in found.differences}
    main = [by_name[name] for name in own.MEASURES if name in by_name]
    every = _measures(texts, own.ALL_MEASURES, found.differences)
    slices = "".join(_dimension(texts, name, parts) for name, parts in found.slices.items())
    return (
        f'{_heading(texts)}<dl class="pair"><dt>{escape(own.FIRST)}</dt><dd>{escape(first)}</dd>'
        f"<dt>{escape(own.SECOND)}</dt><dd>{escape(second)}</dd></dl>"
        f'{warnings}<p class="soft">{escape(own.LEGEND)}</p>'
        f"{_measures(texts, own.COMPARISON_HEADING, main)}"
        f"<details><summary>{escape(own.ALL_MEASURES)}</summary>{every}</details>"
        f"{slices}{_changed(texts, found)}"
    )


def no_comparison(texts: Texts, reason: str) -> str:
    """Return why two runs cannot be compared."""
    return f'{_heading(texts)}<div role="alert">{notice(reason)}</div>'


def _heading(texts: Texts) -> str:
    own = texts.evaluation
    return f'<h2 tabindex="-1" data-focus>{escape(own.COMPARISON_HEADING)}</h2>'


def _measures(texts: Texts, name: str, differences: Iterable[Difference]) -> str:
    own = texts.evaluation
    rows = "".join(
        f'<tr><th scope="row">{escape(own.measure(one.name))}</th>{_cells(texts, one)}</tr>'
        for one in differences
    )
    return _table(texts, name, (own.MEASURE,), rows)


def _dimension(texts: Texts, name: str, parts: Mapping[str, Slice]) -> str:
    own = texts.evaluation
    rows = ""
    for part, found in parts.items():
        by_name = {one.name: one for one in found.differences}
        told = [by_name[measure] for measure in own.MEASURES if measure in by_name]
        for place, one in enumerate(told):
            head = (
                f'<th scope="rowgroup" rowspan="{len(told)}">{escape(own.part(name, part))} '
                f'<span class="soft">{found.questions}</span></th>'
                if place == 0
                else ""
            )
            rows += f"<tr>{head}<td>{escape(own.measure(one.name))}</td>{_cells(texts, one)}</tr>"
    table = _table(texts, own.DIMENSIONS[name], (own.PART, own.MEASURE), rows)
    return f"<details><summary>{escape(own.DIMENSIONS[name])}</summary>{table}</details>"


def _cells(texts: Texts, one: Difference) -> str:
    own = texts.evaluation
    sure = "strong" if one.is_sure else "span"
    change = f"{own.points(one.difference)} {own.interval(one.low, one.high)}"
    cells = (own.share(one.first), own.share(one.second), change, own.chance(one.p))
    return "".join(f'<td class="number"><{sure}>{escape(cell)}</{sure}></td>' for cell in cells)


def _table(texts: Texts, name: str, heads: Iterable[str], rows: str) -> str:
    own = texts.evaluation
    figures = (own.FIRST, own.SECOND, own.DIFFERENCE, own.P_VALUE)
    listed = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    listed += "".join(f'<th scope="col" class="number">{escape(head)}</th>' for head in figures)
    return (
        f'<div class="wide-table" tabindex="0" role="group" aria-label="{escape(name)}">'
        f"<table><thead><tr>{listed}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _changed(texts: Texts, found: Comparison) -> str:
    own = texts.evaluation
    heading = f"<h3>{escape(own.CHANGED_HEADING)}</h3>"
    if not found.changed:
        return f"{heading}<p>{escape(own.NONE_CHANGED)}</p>"
    counts = Counter(pair.verdict for pair in found.changed)
    items = "".join(_pair(texts, pair) for pair in found.changed[:MOST_CHANGED])
    left = len(found.changed) - MOST_CHANGED
    rest = f"<p>{escape(own.more(left))}</p>" if left > 0 else ""
    return f'{heading}<p>{escape(own.changed(counts))}</p><ul class="changed">{items}</ul>{rest}'


def _pair(texts: Texts, pair: ChangedQuestion) -> str:
    own = texts.evaluation
    line = pair.second.line
    gold = "; ".join(line["gold_answers"])
    entries = [(own.FIRST, _said(texts, pair.first)), (own.SECOND, _said(texts, pair.second))]
    if gold:
        entries.append((own.GOLD, in_vietnamese(gold)))
    listed = "".join(f"<dt>{escape(name)}</dt><dd>{said}</dd>" for name, said in entries)
    return (
        f'<li><p><span class="verdict {pair.verdict}">{escape(own.VERDICTS[pair.verdict])}</span> '
        f"<b>{in_vietnamese(str(line['question']))}</b></p><dl>{listed}</dl></li>"
    )


def _said(texts: Texts, question: StoredQuestion) -> str:
    own = texts.evaluation
    line = question.line
    if line["refused"]:
        return escape(own.REFUSED)
    return in_vietnamese(" ".join(str(line["answer"]).split()))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
