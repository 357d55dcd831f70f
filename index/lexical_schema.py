"""The fields of the Tantivy index, and how their terms are spelled."""

import tantivy

FOLDER_NAME = "lexical"
EXACT_FIELDS = ("exact_syllables", "exact_pairs")
FOLDED_FIELDS = ("folded_syllables", "folded_pairs", "title")


def register(index: tantivy.Index) -> tantivy.Index:
    """Return the index with our analyzers known to it."""
    index.register_tokenizer("folding", folding())
    return index


def folding() -> tantivy.TextAnalyzer:
    """Return the analyzer that drops accents: in Rust, where Python takes a fifth of a sync."""
    whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return whitespace.filter(tantivy.Filter.ascii_fold()).build()


def lexical_schema() -> tantivy.Schema:
    """Return the fields of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("passage_id", stored=False, indexed=True, fast=True)
    for name in EXACT_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in FOLDED_FIELDS:
        builder.add_text_field(name, tokenizer_name="folding", index_option="freq")
    return builder.build()
