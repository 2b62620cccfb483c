"""ROC curve: the true positive rate (recall) against the false positive rate for every threshold there is, and the area under it.

The scores may be f or z: the curve depends on their order alone. Examples of the same score change their class at the same threshold, so
they are one point of the curve, and a straight piece leads to it. AUC is the chance that of a random pair, one of each class, the one of
class 1 has the higher score; equal scores count one half.
"""

from dataclasses import dataclass

import numpy as np

from core.dataset import Array


@dataclass(frozen=True, eq=False)
class RocCurve:
    """Rates (k,) from (0, 0) to (1, 1), the lowest score that is still predicted as class 1 at each point (k,), inf at first, and AUC."""

    false_positive_rate: Array
    true_positive_rate: Array
    scores: Array
    auc: float

    def thinned(self, most: int) -> "RocCurve":
        """About `most` points of it, evenly along its way, both ends among them; AUC stays that of all."""
        if len(self.scores) <= most:
            return self
        way = self.false_positive_rate + self.true_positive_rate  # grows from 0 to 2
        kept = np.unique(np.minimum(np.searchsorted(way, np.linspace(0.0, 2.0, most)), len(way) - 1))
        return RocCurve(self.false_positive_rate[kept], self.true_positive_rate[kept], self.scores[kept], self.auc)

    def corners(self, most: int) -> Array:
        """What of it is to be drawn: points (k, 2) without those in the middle of a straight piece, about `most` of them."""
        points = np.column_stack([self.false_positive_rate, self.true_positive_rate])
        ahead = np.diff(points, axis=0)
        turn = ahead[:-1, 0] * ahead[1:, 1] - ahead[:-1, 1] * ahead[1:, 0]
        kept: Array = points[np.concatenate([[True], np.abs(turn) > 1e-15, [True]])]
        if len(kept) <= most:
            return kept
        rows = np.unique(np.minimum(np.searchsorted(kept.sum(axis=1), np.linspace(0.0, 2.0, most)), len(kept) - 1))
        return np.asarray(kept[rows])

    def nearest(self, false_positive_rate: float, true_positive_rate: float) -> int:
        """Index of the point of the curve nearest to a position."""
        far = np.hypot(self.false_positive_rate - false_positive_rate, self.true_positive_rate - true_positive_rate)
        return int(np.argmin(far))

    def index_at(self, score: float) -> int:
        """Index of the point where what has at least this score is predicted as class 1."""
        return int(np.searchsorted(-self.scores, -score, side="right")) - 1

    def scores_around(self, index: int) -> tuple[float, float]:
        """Between which scores a threshold leads to this point: above the first, up to the second."""
        below = float(self.scores[index + 1]) if index + 1 < len(self.scores) else -np.inf
        return below, float(self.scores[index])


def roc_curve(scores: Array, y: Array) -> RocCurve | None:
    """The curve of scores (m,) and labels y (m,); None unless there are examples of both classes and all scores are numbers."""
    ones = int(np.count_nonzero(y))
    if ones in (0, len(y)) or np.isnan(scores).any():
        return None
    order = np.argsort(scores)[::-1]
    sorted_scores, sorted_y = scores[order], y[order]
    ends = np.append(np.flatnonzero(sorted_scores[1:] != sorted_scores[:-1]), len(y) - 1)  # the last example of each score
    true = np.cumsum(sorted_y)[ends]
    false = ends + 1 - true
    true_rate = np.append(0.0, true / ones)
    false_rate = np.append(0.0, false / (len(y) - ones))
    auc = float(np.sum(np.diff(false_rate) * (true_rate[1:] + true_rate[:-1]) / 2))
    return RocCurve(false_rate, true_rate, np.append(np.inf, sorted_scores[ends]), auc)
