"""The sentences of a text and their words, laid out to be compared with a question.

They are compared in long forms (`index.abbreviations`); spans stay those of the text.

What does not depend on the question is worked out once for a text and remembered: the same
passages are found again and again, and the reader reads those that the reranker has just ordered.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from documents.normalising import fold, search_key
from documents.residue import is_residue
from documents.sentences import Sentence, split_sentences
from index.abbreviations import expand, expand_and_keep

_TEXTS_REMEMBERED = 2048  # passages of the usual length: about 25 MB

_BREAK = "\0"  # between sentences; stored text holds none
_WORD_OR_BREAK = re.compile(rf"[^\W_]+|{_BREAK}")


@dataclass(frozen=True, slots=True)
class Keys:
    """Lower-case syllables in order, each between single blanks: ``" viện kiểm sát "``.

    A syllable or a pair of neighbours is looked for with its blanks: ``" kiểm sát " in key``.
    Pairs of the whole text reach over the ends of sentences.
    """

    whole: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class TextWords:
    """A text as a question is compared with it; each part is made when first asked for.

    Attributes
    ----------
    text
        As it stands in the document: spans are of it.
    spans
        Of its sentences, in reading order.
    meanings
        Of its short forms.
    """

    text: str
    spans: tuple[Sentence, ...]
    meanings: Mapping[str, str]

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences in long forms, one for each span."""
        return tuple(expand(sentence, self.meanings) for sentence in self._written)

    @cached_property
    def can_answer(self) -> tuple[bool, ...]:
        """Whether each sentence says something: web residue, headings and questions do not."""
        return tuple(map(_can_answer, self.sentences))

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """Syllables of each sentence, as blanks part them."""
        return tuple(len(sentence.split()) for sentence in self.sentences)

    @cached_property
    def keys(self) -> Keys:
        """The syllables with their accents."""
        return self._keys(self._marked)

    @cached_property
    def folded_keys(self) -> Keys:
        """The syllables without accents."""
        return self._keys(fold(self._marked))

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """Each sentence without accents, in lower case."""
        folded = fold(_BREAK.join(self._compared)).lower()
        return tuple(folded.split(_BREAK))[: len(self.spans)]

    @cached_property
    def _written(self) -> tuple[str, ...]:
        return tuple(self.text[span.start : span.end] for span in self.spans)

    @cached_property
    def _compared(self) -> tuple[str, ...]:
        """The sentences in both forms: a question may keep a short one."""
        return tuple(expand_and_keep(sentence, self.meanings) for sentence in self._written)

    @cached_property
    def _marked(self) -> str:
        """Every syllable, and every break between sentences, between single blanks."""
        found = _WORD_OR_BREAK.findall(search_key(_BREAK.join(self._compared)))
        return f" {' '.join(found)} "

    def _keys(self, marked: str) -> Keys:
        sentences = tuple(marked.split(_BREAK))[: len(self.spans)]
        return Keys(marked.replace(f"{_BREAK} ", ""), sentences)


def words_of(text: str, meanings: Mapping[str, str]) -> TextWords:
    """Return the words of a text, which may be a title or empty.

    ``meanings`` are those of its short forms, as in `index.hit.Hit`.
    """
    return _words_of(text, tuple(meanings.items()))


@lru_cache(_TEXTS_REMEMBERED)
def _words_of(text: str, meanings: Iterable[tuple[str, str]]) -> TextWords:
    return TextWords(text, tuple(split_sentences(text)), dict(meanings))


def bare(sentence: str) -> str:
    """Return a sentence without marks of headings, lists and emphasis around it."""
    return sentence.strip("#*_ \t")


def _can_answer(sentence: str) -> bool:
    text = bare(sentence)
    return not (is_residue(text) or text.endswith("?") or sentence.startswith("#"))
