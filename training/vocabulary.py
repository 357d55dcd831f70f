"""The tokenizer: one token per frequent syllable, accented and not, and pieces for the rest."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, trainers
from tokenizers.models import BPE, WordPiece

from documents.normalising import fold, search_key, syllables

UNKNOWN = "[UNK]"
_PIECE_PREFIX = "##"
_WORD_START = "▁"
_LETTERS = 400  # the most frequent ones can be spelled with; words with others are unknown
_FOLDED_SHARE = 0.3  # of a word's count goes to its form without accents


@dataclass(frozen=True, slots=True)
class TokenTables:
    """For every token id, the id that stands for it.

    Attributes
    ----------
    canonical
        The token whose vector it shares (``hoà`` → ``hòa``), mostly itself.
    folded
        The canonical token of the same without accents, or the canonical token itself.
    """

    canonical: NDArray[np.int64]
    folded: NDArray[np.int64]


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Return how often each lower-case word (letters and digits) occurs in the texts."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(syllables(text.lower()))
    return counts


def build_tokenizer(counts: Mapping[str, int], *, words: int, pieces: int) -> Tokenizer:
    """Return a WordPiece tokenizer that keeps frequent words whole.

    Every accented token's unaccented form is a token too, and ``hoà`` stands beside ``hòa``, so the
    vocabulary is somewhat larger than asked for. Punctuation is dropped; "%" reads "phần trăm".

    Parameters
    ----------
    counts
        How often each word occurs, as ``count_words`` returns it.
    words
        How many words to keep whole, accented and unaccented together.
    pieces
        How many pieces to learn, from every word that occurs twice.
    """
    combined = Counter(counts)
    for word, count in counts.items():
        if (bare := fold(word)) != word:
            combined[bare] += int(count * _FOLDED_SHARE)
    ranked = sorted(combined, key=lambda word: (-combined[word], word))
    repeated = [word for word in ranked if combined[word] > 1]
    vocabulary = dict.fromkeys([UNKNOWN, *ranked[:words], *_learn_pieces(repeated, pieces)])
    vocabulary |= dict.fromkeys(search_key(token) for token in list(vocabulary)[1:])
    vocabulary |= dict.fromkeys(fold(token) for token in list(vocabulary)[1:])
    return _tokenizer({token: number for number, token in enumerate(vocabulary)})


def token_tables(tokenizer: Tokenizer) -> TokenTables:
    """Return which tokens share a vector, and which is the unaccented form of which."""
    vocabulary = tokenizer.get_vocab()
    canonical = np.arange(len(vocabulary))
    folded = np.arange(len(vocabulary))
    for token, number in vocabulary.items():
        if number != vocabulary[UNKNOWN]:
            canonical[number] = vocabulary.get(search_key(token), number)
            folded[number] = vocabulary.get(fold(token), number)
    return TokenTables(canonical, canonical[folded])


def _learn_pieces(words: list[str], size: int) -> list[str]:
    """Return the pieces that cover the words best, and every common letter as a piece.

    The start of a word is marked for BPE by a letter of its own and not, as WordPieceTrainer does,
    by a prefix on all other pieces: that trainer breaks ties differently from run to run.
    """
    letters = Counter(chain.from_iterable(words))
    common = sorted(letters, key=lambda letter: (-letters[letter], letter))[:_LETTERS]
    trainer = trainers.BpeTrainer(vocab_size=size, show_progress=False)
    tokenizer = Tokenizer(BPE())
    tokenizer.train_from_iterator(
        (_WORD_START + word for word in words if set(word) <= set(common)), trainer
    )
    learnt = [
        piece.removeprefix(_WORD_START) if piece[0] == _WORD_START else _PIECE_PREFIX + piece
        for piece in sorted(tokenizer.get_vocab())
        if piece != _WORD_START
    ]
    return list(dict.fromkeys([*common, *(_PIECE_PREFIX + letter for letter in common), *learnt]))


def _tokenizer(vocabulary: dict[str, int]) -> Tokenizer:
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token=UNKNOWN, max_input_chars_per_word=40))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Lowercase(), normalizers.Replace("%", " phần trăm ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(
        Regex(r"[^\p{L}\p{N}\p{M}]+"), behavior="removed"
    )
    return tokenizer
