"""The surface: where points are seen, what hides what, and the same picture with and without the compiled functions."""

import numpy as np
import pytest

from core import kernels
from core.experiment import Experiment
from core.ground import survey
from core.landscape import Plane
from core.relief import Relief
from core.samples import make_sample
from core.surface import HEIGHT, Camera, draw_surface, on_surface

WIDTH, HEIGHT_PX = 300, 200


@pytest.fixture(scope="module")
def relief() -> Relief:
    ground = survey(Experiment(make_sample("blobs")))
    assert ground is not None
    made = ground.relief(Plane(0, 1), np.zeros(2), 0.0, (-1.0, 4.0), (-1.0, 4.0), moving=False, coarse=False)
    assert made is not None
    return made


def grey(relief: Relief) -> np.ndarray:
    level = np.linspace(60, 240, len(relief.levels) + 1).astype(np.uint32)
    return np.uint32(255 << 24) | (level << np.uint32(16)) | (level << np.uint32(8)) | level


def test_from_straight_above_the_plane_lies_as_on_paper() -> None:
    camera = Camera(azimuth=0.0, elevation=90.0)
    x, y, _ = camera.project(np.array([[-1.0, -1, 0], [1, -1, 0], [-1, 1, 0]]), WIDTH, HEIGHT_PX).T
    assert x[0] == pytest.approx(x[2])
    assert x[0] < x[1]
    assert y[0] == pytest.approx(y[1])
    assert y[2] < y[0], "the second parameter goes upwards"


def test_what_is_higher_is_seen_higher_and_what_is_in_front_is_nearer() -> None:
    camera = Camera()
    low, high = camera.project(np.array([[0.0, 0, -0.5], [0, 0, 0.5]]), WIDTH, HEIGHT_PX)
    assert high[1] < low[1]
    angle = np.deg2rad(camera.azimuth)
    towards = -np.array([np.sin(angle), np.cos(angle), 0])
    front, back = camera.project(np.array([towards, -towards]), WIDTH, HEIGHT_PX)
    assert front[2] < back[2]
    assert front[1] > back[1]


@pytest.mark.parametrize("azimuth", range(0, 360, 30))
@pytest.mark.parametrize("elevation", [5.0, 38.0, 90.0])
def test_the_whole_of_it_is_in_the_picture_however_it_is_turned(azimuth: float, elevation: float) -> None:
    cube = np.array([[x, y, h] for x in (-1, 1) for y in (-1, 1) for h in (-HEIGHT / 2, HEIGHT / 2)])
    x, y, _ = Camera(azimuth, elevation).project(cube, WIDTH, HEIGHT_PX).T
    assert x.min() > 0
    assert x.max() < WIDTH
    assert y.min() > 0
    assert y.max() < HEIGHT_PX


def test_a_camera_stays_above_the_ground_and_zooms_within_reason() -> None:
    assert Camera().orbited(0, 500).elevation == 90
    assert Camera().orbited(0, -500).elevation == 5
    assert Camera(azimuth=350).orbited(20, 0).azimuth == pytest.approx(10)
    assert Camera().zoomed(1e9).zoom == 6


def test_points_on_the_surface_are_seen_and_points_under_it_are_not(relief: Relief) -> None:
    kernels.wait()
    camera = Camera(elevation=60.0)
    picture = draw_surface(relief, camera, WIDTH, HEIGHT_PX, grey(relief))
    points = on_surface(relief, np.random.default_rng(0).uniform(0, 3, (40, 2)))
    assert not picture.hides(camera.project(points, WIDTH, HEIGHT_PX)).any()
    under = points - [0, 0, 0.4]
    assert picture.hides(camera.project(under, WIDTH, HEIGHT_PX)).mean() > 0.9
    assert np.isnan(on_surface(relief, np.array([[9.0, 9.0]]))[0, 2])


def test_until_the_compiled_functions_are_ready_a_coarse_picture_of_the_same_is_painted(
    relief: Relief, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernels.wait()
    fine = draw_surface(relief, Camera(), WIDTH, HEIGHT_PX, grey(relief))
    monkeypatch.setattr(kernels, "renderer", lambda: None)
    coarse = draw_surface(relief, Camera(), WIDTH, HEIGHT_PX, grey(relief))
    assert coarse.pixels.shape == fine.pixels.shape
    assert (coarse.pixels[::2, ::2] == coarse.pixels[1::2, 1::2]).all()
    both = (fine.pixels > 0) & (coarse.pixels > 0)
    assert both.sum() > 0.9 * (fine.pixels > 0).sum()
    assert np.abs(fine.depth[both] - coarse.depth[both]).mean() < 0.05
    difference = (fine.pixels[both] & 255).astype(float) - (coarse.pixels[both] & 255).astype(float)
    assert np.abs(difference).mean() < 25
