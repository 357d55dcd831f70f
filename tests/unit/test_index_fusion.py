import numpy as np

from index.fusion import fuse
from index.scores import Scores


def scores(**by_id: float) -> Scores:
    """Return a ranking from p1=3.0, p2=1.0."""
    ids = np.array([int(name[1:]) for name in by_id], dtype=np.int64)
    return Scores(ids, np.array(list(by_id.values()), dtype=np.float32))


def test_scores_are_normalised_before_they_are_summed() -> None:
    """A searcher with large numbers must not drown the other."""
    lexical = scores(p1=300.0, p2=200.0, p3=100.0)
    dense = scores(p2=0.9, p3=0.2, p1=0.1)
    fused = fuse(lexical, dense, dense_weight=0.5)
    assert fused.ids.tolist() == [2, 1, 3]


def test_z_scores_are_those_of_the_definition() -> None:
    fused = fuse(scores(p1=3.0, p2=1.0), scores(p1=0.0, p2=0.0), dense_weight=0.5)
    # mean 2, standard deviation 1: z is 1 and -1, half of it counts; equal scores count nothing
    assert fused.values.tolist() == [0.5, -0.5]


def test_a_passage_one_searcher_lacks_gets_its_lowest_score() -> None:
    fused = fuse(scores(p1=5.0, p2=3.0), scores(p3=0.8), dense_weight=0.3)
    assert dict(zip(fused.ids.tolist(), fused.lexical.tolist(), strict=True)) == {
        1: 5.0,
        2: 3.0,
        3: 3.0,
    }


def test_equal_sums_are_ordered_by_id() -> None:
    fused = fuse(scores(p9=1.0, p4=1.0), scores(), dense_weight=0.35)
    assert fused.ids.tolist() == [4, 9]


def test_nothing_found_gives_nothing() -> None:
    assert fuse(scores(), scores(), dense_weight=0.35).ids.tolist() == []
