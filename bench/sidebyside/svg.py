"""Two kinds of plots as SVG: bars of a logarithmic length, and lines over two logarithmic axes."""
import html
import math

COLOURS = {"pinakes": "#c0392b", "lucene": "#2c6fbb", "lucene-reordered": "#7fb2e5", "tantivy": "#e08e0b",
           "xapian": "#3a9a5c", "fts5": "#777777"}
FONT = 'font-family="sans-serif" font-size="12"'


def colour(name):
    return COLOURS.get(name, "#444444")


def text(x, y, words, anchor="start", extra=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {FONT} {extra}>{html.escape(str(words))}</text>'


def line(x1, y1, x2, y2, stroke="#dddddd"):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}"/>'


def picture(width, height, parts):
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    return "\n".join([head, f'<rect width="{width}" height="{height}" fill="white"/>', *parts, "</svg>", ""])


def short(value):
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:.3g}{unit}"
    return f"{value:.3g}"


class LogAxis:
    """Maps values to places between two ends, a decade an equal step."""

    def __init__(self, values, start, end):
        self.low = math.floor(math.log10(min(values)))
        self.high = max(self.low + 1, math.ceil(math.log10(max(values))))
        self.start, self.end = start, end

    def at(self, value):
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self):
        return [10.0 ** power for power in range(self.low, self.high + 1)]


def bars(title, unit, groups):
    """`groups`: {group: {name: value}}; one bar a name, the length on a logarithmic scale."""
    left, right, step, gap, top = 150, 640, 15, 14, 50
    values = [value for group in groups.values() for value in group.values() if value > 0]
    axis = LogAxis(values, left, right)
    height = top + sum(len(group) * step + gap for group in groups.values()) + 30
    parts = [text(left, 22, title, extra='font-weight="bold"')]
    for tick in axis.ticks():
        parts += [line(axis.at(tick), top - 8, axis.at(tick), height - 30),
                  text(axis.at(tick), height - 14, f"{short(tick)} {unit}", "middle")]
    y = top
    for group, rows in groups.items():
        parts.append(text(left - 8, y + len(rows) * step / 2 + 4, group, "end", 'font-weight="bold"'))
        for name, value in rows.items():
            parts.append(f'<rect x="{left}" y="{y}" width="{max(1, axis.at(value) - left):.1f}" height="{step - 3}" '
                         f'fill="{colour(name)}"/>')
            parts.append(text(max(left, axis.at(value)) + 5, y + step - 4, f"{name} {short(value)}"))
            y += step
        y += gap
    return picture(right + 170, height, parts)


def lines(title, x_unit, y_unit, curves):
    """`curves`: {name: [(x, y)]}."""
    left, right, top, bottom = 80, 600, 50, 380
    points = [point for curve in curves.values() for point in curve]
    across, up = LogAxis([x for x, _ in points], left, right), LogAxis([y for _, y in points], bottom, top)
    parts = [text(left, 22, title, extra='font-weight="bold"'), text(right, bottom + 38, x_unit, "end"),
             text(left - 60, top - 14, y_unit)]
    for tick in across.ticks():
        parts += [line(across.at(tick), top, across.at(tick), bottom),
                  text(across.at(tick), bottom + 18, short(tick), "middle")]
    for tick in up.ticks():
        parts += [line(left, up.at(tick), right, up.at(tick)), text(left - 8, up.at(tick) + 4, short(tick), "end")]
    for place, (name, curve) in enumerate(curves.items()):
        path = " ".join(f"{across.at(x):.1f},{up.at(y):.1f}" for x, y in curve)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour(name)}" stroke-width="2"/>')
        if len(curve) < 10:
            parts += [f'<circle cx="{across.at(x):.1f}" cy="{up.at(y):.1f}" r="3" fill="{colour(name)}"/>'
                      for x, y in curve]
        parts += [line(right + 15, top + 18 * place, right + 35, top + 18 * place, colour(name)),
                  text(right + 40, top + 18 * place + 4, name)]
    return picture(right + 170, bottom + 55, parts)
