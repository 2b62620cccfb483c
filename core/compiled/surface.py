"""The landscape as a surface: two triangles for each cell of a mesh, into a picture with a depth for each pixel."""

import numpy as np

from core.compiled.options import entry, inner
from core.dataset import Array

LINE = 0.80  # how much darker a contour line is


@inner
def _packed(red: float, green: float, blue: float) -> int:
    """An opaque colour 0xAARRGGBB."""
    return (255 << 24) | (int(min(red, 255.0)) << 16) | (int(min(green, 255.0)) << 8) | int(min(blue, 255.0))


@inner
def _is_edge(bands: Array, pixels: Array, row: int, column: int) -> bool:
    """Whether a band ends here, at the pixel to the right or below."""
    right = pixels[row, column + 1] != 0 and bands[row, column + 1] != bands[row, column]
    return bool(right or (pixels[row + 1, column] != 0 and bands[row + 1, column] != bands[row, column]))


@entry
def render(
    x: Array, y: Array, depth: Array, value: Array, shade: Array, table: Array, colours: Array, pixels: Array, depths: Array
) -> None:
    """Draw a mesh of x, y in pixels, depth, value in 0..1 and shade, each (rows, columns), into pixels and depths (height, width).

    table (k,) has the band of each value, colours (bands, 3) red, green and blue of each band. depths begins as inf, pixels as 0 (clear).
    """
    rows, columns = x.shape
    height, width = pixels.shape
    bands = np.zeros((height, width), dtype=np.uint8)
    steps = len(table) - 1
    for r in range(rows - 1):
        for c in range(columns - 1):
            for half in range(2):
                r1, c1 = (r, c + 1) if half == 0 else (r + 1, c)
                xa, ya, xb, yb, xc, yc = x[r, c], y[r, c], x[r1, c1], y[r1, c1], x[r + 1, c + 1], y[r + 1, c + 1]
                area = (xb - xa) * (yc - ya) - (xc - xa) * (yb - ya)
                if abs(area) < 1e-9:
                    continue
                left, right = max(0, int(np.ceil(min(xa, xb, xc)))), min(width - 1, int(np.floor(max(xa, xb, xc))))
                top, bottom = max(0, int(np.ceil(min(ya, yb, yc)))), min(height - 1, int(np.floor(max(ya, yb, yc))))
                for py in range(top, bottom + 1):
                    for px in range(left, right + 1):
                        b = ((px - xa) * (yc - ya) - (xc - xa) * (py - ya)) / area
                        g = ((xb - xa) * (py - ya) - (px - xa) * (yb - ya)) / area
                        a = 1.0 - b - g
                        if a < -1e-9 or b < -1e-9 or g < -1e-9:
                            continue
                        z = a * depth[r, c] + b * depth[r1, c1] + g * depth[r + 1, c + 1]
                        if z >= depths[py, px]:
                            continue
                        depths[py, px] = z
                        v = a * value[r, c] + b * value[r1, c1] + g * value[r + 1, c + 1]
                        s = a * shade[r, c] + b * shade[r1, c1] + g * shade[r + 1, c + 1]
                        band = table[int(min(max(v, 0.0), 1.0) * steps)]
                        bands[py, px] = band
                        pixels[py, px] = _packed(colours[band, 0] * s, colours[band, 1] * s, colours[band, 2] * s)
    for py in range(height - 1):
        for px in range(width - 1):
            if pixels[py, px] and _is_edge(bands, pixels, py, px):
                p = pixels[py, px]
                pixels[py, px] = _packed(((p >> 16) & 255) * LINE, ((p >> 8) & 255) * LINE, (p & 255) * LINE)
