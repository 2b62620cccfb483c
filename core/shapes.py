"""Shapes: how two classes may lie on the plane. The samples and the generators draw with these functions.

Each takes a numpy.random.Generator and how many examples of class 0 and of class 1 to draw, m_0 and m_1, and returns their positions
(m_0, 2) and (m_1, 2). What is drawn in which order is part of the samples' numbers, which lessons and tests rely on.
"""

import numpy as np

from core.dataset import Array

Classes = tuple[Array, Array]

QUADRANT_GAP = 0.1  # along the axes: lets degree 2 reach 100 % in a run that a class can wait for
TURNS = 1.5  # of a spiral


def clouds(rng: "np.random.Generator", m_0: int, m_1: int, *, centre: float, sigma: float) -> Classes:
    """Two round clouds N((-c, -c), sigma) and N((c, c), sigma)."""
    return rng.normal(-centre, sigma, (m_0, 2)), rng.normal(centre, sigma, (m_1, 2))


def moons(rng: "np.random.Generator", m_0: int, m_1: int, *, sigma: float, lift: float = 0.5) -> Classes:
    """Two half circles of radius 1 that reach into each other, the lower one raised by `lift`, and noise of width sigma on both."""
    angle_0, angle_1 = np.pi * rng.uniform(size=m_0), np.pi * rng.uniform(size=m_1)
    upper = np.column_stack([np.cos(angle_0), np.sin(angle_0)])
    lower = np.column_stack([1.0 - np.cos(angle_1), lift - np.sin(angle_1)])
    return upper + rng.normal(0.0, sigma, (m_0, 2)), lower + rng.normal(0.0, sigma, (m_1, 2))


def ring(rng: "np.random.Generator", m_0: int, m_1: int, *, inner: float = 1.5, width: float = 1.0) -> Classes:
    """A disk of radius 1, and a ring around it from the inner radius on."""
    angle = rng.uniform(0.0, 2 * np.pi, m_0 + m_1)
    radius = np.concatenate([rng.uniform(0.0, 1.0, m_0), rng.uniform(inner, inner + width, m_1)])
    points = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return points[:m_0], points[m_0:]


def quadrants(rng: "np.random.Generator", m: int) -> Array:
    """m examples (m, 2) of one round cloud around 0, a small gap along both axes; they are of class 1 where x1 x2 < 0."""
    points = rng.normal(0.0, 1.0, (m, 2))
    points += QUADRANT_GAP * np.sign(points)
    return points


def xor(rng: "np.random.Generator", m_0: int, m_1: int) -> Classes:
    """Class 0 in the quadrants where x1 and x2 have the same sign, class 1 in the other two."""
    points = quadrants(rng, m_0 + m_1)
    wanted = np.concatenate([np.ones(m_0), -np.ones(m_1)])
    points[:, 0] *= wanted * np.sign(points[:, 0] * points[:, 1])
    return points[:m_0], points[m_0:]


def halves(rng: "np.random.Generator", m_0: int, m_1: int, *, noise: float) -> Classes:
    """A square from -3 to 3, class 1 above a falling line; z = x1 + x2 + noise · logistic decides, as logistic regression supposes."""
    points = rng.uniform(-3.0, 3.0, (m_0 + m_1, 2))
    z = points.sum(axis=1) + noise * rng.logistic(size=m_0 + m_1)
    order = np.argsort(z, kind="stable")
    return points[np.sort(order[:m_0])], points[np.sort(order[m_0:])]


def spirals(rng: "np.random.Generator", m_0: int, m_1: int, *, sigma: float) -> Classes:
    """Two arms that wind around each other, up to radius 3, with noise of width sigma."""
    arms = []
    for m, phase in ((m_0, 0.0), (m_1, np.pi)):
        reach = np.sqrt(rng.uniform(size=m))  # as many examples on each length of the arm
        angle = 2 * np.pi * TURNS * reach + phase
        arm = 3.0 * reach[:, np.newaxis] * np.column_stack([np.cos(angle), np.sin(angle)])
        arms.append(arm + rng.normal(0.0, sigma, (m, 2)))
    return arms[0], arms[1]
