from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from index.tree_ensemble import ModelFileError, load_trees


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the text file of a small ranking model over five features."""
    import lightgbm

    generator = np.random.default_rng(7)
    rows = generator.normal(size=(600, 5)).round(2)
    grades = (rows[:, 0] * rows[:, 1] + rows[:, 2] > 0).astype(int)
    data = lightgbm.Dataset(rows, grades, group=[20] * 30)
    parameters = {"objective": "lambdarank", "num_leaves": 12, "verbose": -1, "num_threads": 1}
    path = tmp_path_factory.mktemp("model") / "model.txt"
    lightgbm.train(parameters, data, num_boost_round=30).save_model(path)
    return path


def test_scores_equal_those_of_lightgbm(trained: Path) -> None:
    import lightgbm

    rows = np.random.default_rng(8).normal(size=(200, 5)).round(2)
    expected = np.asarray(lightgbm.Booster(model_file=trained).predict(rows))
    np.testing.assert_allclose(load_trees(trained).predict(rows), expected, rtol=1e-9)


def test_contributions_are_the_changes_of_value_along_lightgbms_own_trees(trained: Path) -> None:
    import lightgbm

    booster = lightgbm.Booster(model_file=trained)
    trees = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    ensemble = load_trees(trained)
    for row in np.random.default_rng(9).normal(size=(20, 5)).round(2):
        expected = np.zeros(5)
        for root in trees:
            add_changes(root, row, expected)
        np.testing.assert_allclose(ensemble.contributions(row), expected, rtol=1e-6, atol=1e-9)


def add_changes(node: dict[str, Any], row: NDArray[np.float64], added: NDArray[np.float64]) -> None:
    if "split_feature" not in node:
        return
    feature = node["split_feature"]
    below = node["left_child" if row[feature] <= node["threshold"] else "right_child"]
    value = below["internal_value"] if "split_feature" in below else below["leaf_value"]
    added[feature] += value - node["internal_value"]
    add_changes(below, row, added)


def test_contributions_and_the_roots_sum_to_the_score(trained: Path) -> None:
    ensemble = load_trees(trained)
    rows = np.random.default_rng(10).normal(size=(50, 5)).round(2)
    base = ensemble.value[ensemble.roots].sum()
    sums = [ensemble.contributions(row).sum() + base for row in rows]
    np.testing.assert_allclose(sums, ensemble.predict(rows), rtol=1e-9)


def test_a_model_of_one_leaf_scores_everything_alike(tmp_path: Path) -> None:
    path = tmp_path / "model.txt"
    path.write_text(
        "tree\nfeature_names=a b\n\nTree=0\nnum_leaves=1\nleaf_value=0.5\n\nend of trees\n"
    )
    trees = load_trees(path)
    assert trees.predict(np.zeros((3, 2))).tolist() == [0.5, 0.5, 0.5]
    assert trees.contributions(np.zeros(2)).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("keep", [0, 100, 2000])
def test_a_file_that_is_cut_short_is_refused(trained: Path, tmp_path: Path, keep: int) -> None:
    path = tmp_path / "model.txt"
    path.write_text(trained.read_text()[:keep])
    with pytest.raises(ModelFileError, match=r"model\.txt.*--reranker none"):
        load_trees(path)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ModelFileError, match=r"nowhere\.txt"):
        load_trees(Path("nowhere.txt"))
