"""A chart's SVG made part of a page: no style attribute, which the policy would stop, ids of its own, links in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from .in_html import shown

_STYLE = re.compile(r' style="([^"]*)"')
_LINK = re.compile(r'<a xlink:href="([^"]*)"[^>]*>')
_SIZE = re.compile(r' width="[^"]*pt" height="[^"]*pt"')

_BOX = re.compile(r'd="M([\d.]+) ([\d.]+) L([\d.]+) \2 L\3 ([\d.]+) L\1 \4 z ?"')
_LED = r'<a [^>]*>(?:<title>[^<]*</title>)?<path d="[^"]*"'
_RUN = re.compile(rf'({_LED})(( fill="#\w+")/></a>)(?:{_LED}\3/></a>)+')
MANY = 1500  # marks of a chart that have a name each; more would make the page large


def inline(svg: bytes, prefix: str, alt: str, names: Mapping[str, str]) -> Markup:
    """The SVG for a page; every id begins with ``prefix``, ``alt`` is what is read out in its place.

    ``names`` says of each address in it whose words stand there, which is shown where there are not too many; other
    links are taken out. What is read out is ``alt`` alone: the list of articles leads to the same places. What the SVG
    says is matplotlib's, whose texts are escaped already.

    >>> svg = b'<svg width="9pt" height="9pt"><a xlink:href="#a1"><path style="fill: #fff"/></a></svg>'
    >>> inline(svg, "c1", "One bar", {"#a1": "Lee"}).partition("><a ")[2]
    Markup('href="#a1" tabindex="-1"><title>Lee</title><path fill="#fff"/></a></g></svg>')
    """
    text = svg.decode()
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', text))
    text = re.sub(r"<style.*?</style>|<title>.*?</title>|<defs></defs>", "", text, flags=re.DOTALL)
    text = re.sub(r' id="([^"]*)"', lambda found: f' id="{prefix}-{found[1]}"' if found[1] in used else "", text)
    text = re.sub(r'(xlink:href="#|url\(#)([^")]+)', rf"\1{prefix}-\2", text)
    text = _STYLE.sub(_attributes, _SIZE.sub("", text, count=1)).replace("<defs></defs>", "")
    known = {f"#{prefix}-{where[1:]}" if where.startswith("#") else where: where for where in names}

    few = len(names) < MANY

    def link(found: re.Match[str]) -> str:
        where = known.get(found[1])
        if where is None:
            return "<a>"
        title = f"<title>{shown(names[where])}</title>" if few else ""
        return f'<a href="{escape(where)}" tabindex="-1">{title}'

    text = _LINK.sub(link, text).replace("xlink:href", "href")
    text = _RUN.sub(
        _filled, _BOX.sub(_box, re.sub(r"<g>(<a [^>]*>(?:<title>[^<]*</title>)?<path [^>]*/></a>)</g>", r"\1", text))
    )
    text = text.replace("<svg", f'<svg role="group" aria-label="{shown(alt)}" stroke-linejoin="round"', 1)
    text = text.replace(">", '><g aria-hidden="true">', 1).removesuffix("</svg>") + "</g></svg>"
    text = re.sub(r' xmlns(?::\w+)?="[^"]*"| version="1.1"', "", text)
    while "<g></g>" in text or "<g/>" in text:
        text = text.replace("<g></g>", "").replace("<g/>", "")
    return Markup(text)


def _filled(found: re.Match[str]) -> str:
    """Shapes of one colour, which is said once."""
    return f"<g{found[3]}>{found[0].replace(found[3], '')}</g>"


def _box(found: re.Match[str]) -> str:
    """The path of a rectangle in fewer signs."""
    left, top, right, bottom = found.groups()
    return f'd="M{left} {top}H{right}V{bottom}H{left}z"'


def _attributes(found: re.Match[str]) -> str:
    """The properties of a style as attributes."""
    pairs = (part.partition(":") for part in found[1].split(";") if part.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, _, value in pairs)
