# SPDX-License-Identifier: Apache-2.0
"""Bar charts as SVG: light and dark by the reader's setting, a title and a description for screen readers, and
text of at least 10 pixels where the picture is 320 pixels wide.

A chart is a list of groups {title, bars}; a bar is {label, value, text, ours}. Each group has a scale of its
own from 0 to its largest value: a query and a passage do not share one. `text` is what stands beside the bar.
"""
from xml.sax.saxutils import escape

WIDTH = 360  # of the drawing; shown at up to twice that
MARGIN = 8
BAR_LEFT, BAR_RIGHT = MARGIN, WIDTH - MARGIN
TITLE_HEIGHT, GROUP_HEIGHT, ROW_HEIGHT, BAR_HEIGHT, GAP = 30, 24, 27, 8, 8

STYLE = """
    svg { color-scheme: light dark; font-family: system-ui, sans-serif; }
    .ground { fill: #ffffff; } text { fill: #1f2328; font-size: 12px; }
    .title { font-size: 14px; font-weight: 600; } .group { font-weight: 600; }
    .value { text-anchor: end; } .ours { fill: #0a6e4f; } .other { fill: #8a919a; }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #0d1117; } text { fill: #e6edf3; } .ours { fill: #3fb98b; } .other { fill: #7d8590; }
    }
"""


def bar_width(value, largest):
    """In drawing units; a value above 0 is never invisible."""
    if value <= 0 or largest <= 0:
        return 0.0
    return max(1.0, round((BAR_RIGHT - BAR_LEFT) * value / largest, 1))


def bar(one, top, largest):
    kind = "ours" if one["ours"] else "other"
    return [f'  <text x="{BAR_LEFT}" y="{top + 12}">{escape(one["label"])}</text>',
            f'  <text class="value" x="{BAR_RIGHT}" y="{top + 12}">{escape(one["text"])}</text>',
            f'  <rect class="{kind}" x="{BAR_LEFT}" y="{top + 16}" width="{bar_width(one["value"], largest)}" '
            f'height="{BAR_HEIGHT}" rx="2"/>']


def body(groups):
    """(lines, height)"""
    lines, top = [], TITLE_HEIGHT
    for group in groups:
        lines.append(f'  <text class="group" x="{MARGIN}" y="{top + 15}">{escape(group["title"])}</text>')
        top += GROUP_HEIGHT
        largest = max(one["value"] for one in group["bars"])
        for one in group["bars"]:
            lines += bar(one, top, largest)
            top += ROW_HEIGHT
        top += GAP
    return lines, top


def spoken(groups):
    sentences = (group["title"] + ": " + ", ".join(f'{one["label"]} {one["text"]}' for one in group["bars"])
                 for group in groups)
    return ". ".join(sentences) + "."


def render(title, groups):
    """The SVG file's text."""
    lines, height = body(groups)
    head = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{2 * WIDTH}" '
            f'height="{2 * height}" role="img" aria-labelledby="title desc">',
            "  <!-- SPDX-License-Identifier: Apache-2.0; written by scripts/figures.py -->",
            f'  <title id="title">{escape(title)}</title>',
            f'  <desc id="desc">{escape(spoken(groups))}</desc>',
            f"  <style>{STYLE}  </style>",
            f'  <rect class="ground" width="{WIDTH}" height="{height}"/>',
            f'  <text class="title" x="{MARGIN}" y="20">{escape(title)}</text>']
    return "\n".join(head + lines + ["</svg>"]) + "\n"
