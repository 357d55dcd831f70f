"""The versions of Python and of the libraries that decide a ranking."""

import platform
from importlib import metadata

_LIBRARIES = (
    "faiss-cpu",
    "langchain-text-splitters",
    "model2vec",
    "numpy",
    "tantivy",
    "tokenizers",
)


def library_versions() -> dict[str, str]:
    """Return the versions by name; a library that is not installed says so."""
    versions = {"python": platform.python_version()}
    for library in _LIBRARIES:
        try:
            versions[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            versions[library] = "không có"
    return versions
