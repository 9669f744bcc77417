"""The nearest place to a point, by cells of one degree."""

import collections
import math


class Grid:
    def __init__(self, places):
        self.cells = collections.defaultdict(list)
        for place in places:
            self.cells[cell(place["lat"], place["lon"])].append(place)

    def nearest(self, lat, lon, country, within_km=100):
        """The nearest place of `country`, ties by id; None for none."""
        row, column = cell(lat, lon)
        near = [p for r in (-1, 0, 1) for c in (-1, 0, 1) for p in self.cells.get((row + r, (column + c) % 360), ())]
        scale = math.cos(math.radians(lat))

        def square(place):
            return (place["lat"] - lat) ** 2 + ((place["lon"] - lon) * scale) ** 2

        best = min(
            (p for p in near if p["country"] == country and p["parent"]), key=lambda p: (square(p), p["id"]), default=None
        )
        return best if best and square(best) < (within_km / 111.2) ** 2 else None


def cell(lat, lon):
    return math.floor(lat), math.floor(lon) % 360
