"""One collection of a Milvus server: its fields, and every call that is made to it."""

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from documents.errors import DanChungError
from index.milvus_errors import NotLoadedError, told
from index.scale_packages import missing_package
from index.scores import Scores, ranked

TOKEN_VARIABLE = "DANCHUNG_MILVUS_TOKEN"  # noqa: S105 - a name
MOST_HITS = 16_384
"""Milvus gives no more."""
_CONNECT_SECONDS = 10.0
_SEARCH_SECONDS = 10.0
_WRITE_SECONDS = 120.0
_LOAD_SECONDS = 600.0
_LEAST_EF = 256
_SHARDS, _PARTITIONS = 2, 16
_LITE = "lite"

Row = Mapping[str, object]


class MilvusCollection:
    """A collection by name; every method raises `DanChungError` with one line and a remedy."""

    def __init__(self, uri: str, name: str, dimension: int) -> None:
        """Connect; the token is read from the environment, never kept."""
        self.uri = uri
        self.name = name
        self._dimension = dimension
        try:
            self._pymilvus: Any = import_module("pymilvus")
        except ImportError as error:
            raise missing_package("pymilvus") from error
        for library in ("pymilvus", "milvus_lite"):  # They write what they raise to stderr, too.
            logging.getLogger(library).setLevel(logging.CRITICAL + 1)
        with self._told():
            self._client: Any = self._pymilvus.MilvusClient(
                uri=uri,
                token=os.environ.get(TOKEN_VARIABLE, ""),
                timeout=_CONNECT_SECONDS,
                # Else a server that was down is not asked again for up to two minutes.
                grpc_options={"grpc.use_local_subchannel_pool": 1},
            )

    def close(self) -> None:
        """Leave the server."""
        self._client.close()

    def exists(self) -> bool:
        """Return whether the server has the collection."""
        with self._told():
            return bool(self._client.has_collection(self.name, timeout=_SEARCH_SECONDS))

    def create(self) -> None:
        """Make the collection, empty, with its indexes."""
        with self._told():
            self._client.create_collection(
                self.name,
                schema=self._schema(),
                index_params=self._indexes(),
                num_shards=_SHARDS,
                num_partitions=_PARTITIONS,
                consistency_level="Bounded",
                timeout=_LOAD_SECONDS,
            )

    def open(self) -> None:
        """Have the server load the collection; refuse one of another form."""
        with self._told():
            described = self._client.describe_collection(self.name, timeout=_SEARCH_SECONDS)
            found = {field["name"]: _form(field) for field in described["fields"]}
            wanted = {field["name"]: _form(field) for field in self._schema().to_dict()["fields"]}
            if found != wanted:
                other = sorted(
                    name for name in found.keys() | wanted if found.get(name) != wanted.get(name)
                )
                raise DanChungError(
                    f"{self.uri}: bộ sưu tập {self.name} có cấu trúc khác ({', '.join(other)});"
                    " hãy làm lại từ kho dữ liệu: python -m index verify --repair --index THƯ_MỤC"
                )
            self._client.load_collection(self.name, timeout=_LOAD_SECONDS)

    def drop(self) -> None:
        """Delete the collection, if there is one."""
        with self._told():
            self._client.drop_collection(self.name, timeout=_WRITE_SECONDS)

    def upsert(self, rows: Sequence[Row]) -> None:
        """Write rows in the place of those with their ids."""
        with self._told():
            self._client.upsert(self.name, list(rows), timeout=_WRITE_SECONDS)

    def delete(self, ids: NDArray[np.int64]) -> None:
        """Delete rows by id."""
        with self._told():
            self._client.delete(self.name, ids=ids.tolist(), timeout=_WRITE_SECONDS)

    def delete_where(self, condition: str) -> None:
        """Delete the rows that an expression is true of."""
        with self._told():
            self._client.delete(self.name, filter=condition, timeout=_WRITE_SECONDS)

    def count(self, condition: str) -> int:
        """Return how many rows an expression is true of, with all that was written."""
        with self._told():
            rows = self._client.query(
                self.name,
                filter=condition,
                output_fields=["count(*)"],
                consistency_level="Strong",
                timeout=_WRITE_SECONDS,
            )
            return int(rows[0]["count(*)"])

    def search(self, field: str, vector: object, k: int, condition: str) -> Scores:
        """Return the ``k`` rows with the greatest product with a vector, best first."""
        try:
            return self._search(field, vector, min(k, MOST_HITS), condition)
        except NotLoadedError:
            self.open()
            return self._search(field, vector, min(k, MOST_HITS), condition)

    def _search(self, field: str, vector: object, k: int, condition: str) -> Scores:
        params = {"ef": max(_LEAST_EF, 2 * k)} if field == "vector" else {}
        with self._told():
            [hits] = self._client.search(
                self.name,
                data=[vector],
                anns_field=field,
                limit=k,
                filter=condition,
                output_fields=["passage_id"],
                search_params={"metric_type": "IP", "params": params},
                timeout=_SEARCH_SECONDS,
            )
            ids = [hit["passage_id"] for hit in hits]
            values = [hit["distance"] for hit in hits]
        return ranked(np.array(ids, np.int64), np.array(values, np.float32))

    def _schema(self) -> Any:  # noqa: ANN401 - pymilvus's
        kinds = self._pymilvus.DataType
        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("passage_id", kinds.INT64, is_primary=True)
        schema.add_field("source", kinds.VARCHAR, max_length=32, is_partition_key=True)
        schema.add_field("document", kinds.VARCHAR, max_length=32)
        schema.add_field("kind", kinds.VARCHAR, max_length=32)
        schema.add_field("published", kinds.INT32)
        schema.add_field("added", kinds.INT64)
        schema.add_field("removed", kinds.INT64)
        schema.add_field("held", kinds.ARRAY, element_type=kinds.INT32, max_capacity=4096)
        schema.add_field("words", kinds.SPARSE_FLOAT_VECTOR)
        schema.add_field("vector", kinds.FLOAT_VECTOR, dim=self._dimension)
        return schema

    def _indexes(self) -> Any:  # noqa: ANN401 - pymilvus's
        indexes = self._client.prepare_index_params()
        indexes.add_index(
            "vector",
            index_type="HNSW",
            metric_type="IP",
            params={"M": 16, "efConstruction": 200},
        )
        indexes.add_index("words", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
        scalars = ["document", "kind", "published", "added", "removed"]
        if _LITE not in self._client.get_server_version(timeout=_SEARCH_SECONDS):
            scalars.append("held")  # Milvus Lite has no index of arrays, and looks at each.
        for name in scalars:
            indexes.add_index(name, index_type="INVERTED")
        return indexes

    @contextmanager
    def _told(self) -> Iterator[None]:
        with told(self.uri, self.name, self._pymilvus.MilvusException):
            yield


def place_of(uri: str) -> str:
    """Return a URI as the manifest keeps it: a server's, or an absolute path of Milvus Lite.

    Raises
    ------
    DanChungError
        It is neither, or holds a password.
    """
    if "@" in uri:
        raise DanChungError(
            f"URI của Milvus không được chứa mật khẩu; hãy đặt biến môi trường {TOKEN_VARIABLE}"
        )
    if uri.startswith(("http://", "https://")):
        return uri
    if uri.endswith(".db"):
        return str(Path(uri).resolve())
    raise DanChungError(
        f"{uri!r}: cần http://MÁY:19530, hoặc tệp tận cùng bằng .db cho Milvus Lite"
    )


def _form(field: Mapping[str, Any]) -> tuple[object, ...]:
    """Return what must be the same of a field for its values to mean the same."""
    kind, params = field["type"], field.get("params") or {}
    return (
        int(kind),
        int(params.get("dim", 0)),
        bool(field.get("is_primary", False)),
        bool(field.get("is_partition_key", False)),
    )
