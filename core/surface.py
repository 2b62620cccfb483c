"""Surface: a relief seen from above at an angle. The mesh stands in a cube around 0, its height is log J.

Turned by the azimuth about the vertical, then tilted by the elevation, and drawn without perspective:

    x' = x cos A - y sin A,   d = x sin A + y cos A,   y' = h cos E + d sin E,   depth = d cos E - h sin E
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core import kernels
from core.dataset import Array
from core.relief import FINE, Relief

NODES_EVERY = 2  # nodes of the relief from one of the mesh to the next; fewer nodes would put pits into a ravine
HEIGHT = 1.1  # of the mesh; it is 2 wide
STEPS = 2048  # in which a value is looked up
COARSE_HEIGHT = 130  # pixels of a picture, at the most, until the compiled functions are ready
LIFT = 0.02  # of depth: a path on the surface is before it

Pixels = NDArray[np.uint32]


@dataclass(frozen=True)
class Camera:
    """Angles in degrees, a zoom of 1 for all of the mesh, and the share of a picture's height left free around it."""

    azimuth: float = -32.0
    elevation: float = 38.0
    zoom: float = 1.0
    margin: float = 0.05

    def orbited(self, azimuth: float, elevation: float) -> "Camera":
        """Turned by so many degrees; never below the ground."""
        return replace(self, azimuth=(self.azimuth + azimuth) % 360.0, elevation=float(np.clip(self.elevation + elevation, 5.0, 90.0)))

    def zoomed(self, factor: float) -> "Camera":
        """Nearer by a factor, within reason."""
        return replace(self, zoom=float(np.clip(self.zoom * factor, 0.5, 6.0)))

    def project(self, points: Array, width: float, height: float) -> Array:
        """x, y in pixels of a picture and depth (k, 3) of points (k, 3) in the cube."""
        A, E = np.deg2rad(self.azimuth), np.deg2rad(self.elevation)
        x, y, h = points.T
        d = x * np.sin(A) + y * np.cos(A)
        # As large as it can be turned about the vertical without leaving the picture.
        wide, high = 2 * np.sqrt(2), HEIGHT * np.cos(E) + 2 * np.sqrt(2) * np.sin(E)
        free = 2 * self.margin * height
        scale = min((width - 1.5 * free) / wide, (height - free) / high) * self.zoom
        across, up = x * np.cos(A) - y * np.sin(A), h * np.cos(E) + d * np.sin(E)
        return np.column_stack([width / 2 + scale * across, height / 2 - scale * up, d * np.cos(E) - h * np.sin(E)])


@dataclass(frozen=True, eq=False)
class Picture:
    """pixels (height, width) 0xAARRGGBB, 0 where there is no surface, and the depth there (inf)."""

    pixels: Pixels
    depth: Array

    def hides(self, projected: Array) -> NDArray[np.bool_]:
        """Which projected points (k, 3) lie behind the surface: (k,)."""
        height, width = self.depth.shape
        column = np.clip(np.nan_to_num(projected[:, 0]), 0, width - 1).astype(np.intp)
        row = np.clip(np.nan_to_num(projected[:, 1]), 0, height - 1).astype(np.intp)
        hidden: NDArray[np.bool_] = projected[:, 2] > self.depth[row, column] + LIFT
        return hidden


def on_surface(relief: Relief, points: Array) -> Array:
    """Points (k, 2) of the plane as points (k, 3) of the cube, on the surface; nan beside it."""
    low, high = np.array([relief.p_range[0], relief.q_range[0]]), np.array([relief.p_range[1], relief.q_range[1]])
    return np.column_stack([2 * (points - low) / (high - low) - 1, _height(relief, relief.log_J_at(points))])


def _height(relief: Relief, log_J: Array) -> Array:
    low, high = relief.log_J.min(), relief.log_J.max()
    return np.asarray(HEIGHT * ((log_J - low) / max(high - low, 1e-12) - 0.5))


def draw_surface(relief: Relief, camera: Camera, width: int, height: int, colours: Pixels) -> Picture:
    """A picture of the relief in colours (bands,) 0xAARRGGBB; a coarse one until the compiled functions are ready."""
    render = kernels.renderer()
    every = NODES_EVERY if render else 1
    values = relief.log_J[::every, ::every]
    side = np.linspace(-1, 1, FINE)[::every]
    x, y = np.meshgrid(side, side)
    h = _height(relief, values)
    low, high = relief.log_J.min(), relief.log_J.max()
    value = (values - low) / max(high - low, 1e-12)
    table = np.searchsorted((np.log10(relief.levels) - low) / max(high - low, 1e-12), np.linspace(0, 1, STEPS), side="right").astype(
        np.uint8
    )
    rgb = np.stack([(colours >> shift) & 255 for shift in (16, 8, 0)], axis=1).astype(np.float64)
    shade = _shade(h, side[1] - side[0])
    points = np.stack([x.ravel(), y.ravel(), h.ravel()], axis=1)
    if render is None:
        return _painted(camera, points, width, height, rgb[table[(value.ravel() * (STEPS - 1)).astype(np.intp)]] * shade.reshape(-1, 1))
    projected = camera.project(points, width, height)
    mesh = (np.ascontiguousarray(projected[:, k].reshape(h.shape)) for k in range(3))
    picture = Picture(np.zeros((height, width), dtype=np.uint32), np.full((height, width), np.inf))
    render(*mesh, np.ascontiguousarray(value), shade, table, rgb, picture.pixels, picture.depth)
    return picture


def _shade(h: Array, step: float) -> Array:
    """How bright each node is: light comes from the upper left."""
    up, right = np.gradient(h, step)
    normal = np.stack([-right, -up, np.ones_like(h)]) / np.sqrt(right**2 + up**2 + 1)
    light = np.array([-0.45, 0.35, 0.82])
    shade: Array = np.ascontiguousarray(0.82 + 0.2 * np.tensordot(light, normal, axes=1))
    return shade


def _painted(camera: Camera, points: Array, width: int, height: int, rgb: Array) -> Picture:
    """The painter's algorithm on points: the farthest first, and what comes later covers it."""
    size = max(2, -(-height // COARSE_HEIGHT))
    w, h = -(-width // size), -(-height // size)
    projected = camera.project(points, w, h)
    order = np.argsort(-projected[:, 2])
    x, y = np.rint(projected[order, :2]).astype(np.intp).T
    inside = (x >= 0) & (x < w) & (y >= 0) & (y < h)
    order, x, y = order[inside], x[inside], y[inside]
    red, green, blue = np.clip(rgb[order], 0, 255).astype(np.uint32).T
    pixels, depth = np.zeros((h, w), dtype=np.uint32), np.full((h, w), np.inf)
    pixels[y, x] = np.uint32(255 << 24) | (red << np.uint32(16)) | (green << np.uint32(8)) | blue
    depth[y, x] = projected[order, 2]
    pixels, depth = (np.kron(part, np.ones((size, size), dtype=part.dtype))[:height, :width] for part in (pixels, depth))
    return Picture(np.ascontiguousarray(pixels), depth)
