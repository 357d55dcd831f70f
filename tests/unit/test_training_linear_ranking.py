import numpy as np

from training.linear_ranking import fit_ranking


def test_the_feature_that_tells_the_right_candidate_gets_the_weight() -> None:
    generator = np.random.default_rng(0)
    groups = []
    for _ in range(200):
        rows = generator.normal(size=(5, 3))
        right = np.arange(5) == rows[:, 1].argmax()
        groups.append((rows, right))
    weights = fit_ranking(groups)
    assert weights[1] > 10 * max(abs(weights[0]), abs(weights[2]))


def test_groups_without_a_right_candidate_say_nothing() -> None:
    rows = np.array([[1.0], [0.0]])
    useful = (rows, np.array([True, False]))
    useless = (-rows, np.array([False, False]))
    assert fit_ranking([useful, useless]).tolist() == fit_ranking([useful]).tolist()
