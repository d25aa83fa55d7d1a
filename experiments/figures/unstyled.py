"""A picture without a style of its own, for pages whose content policy allows no inline style.

What stood in `style` attributes and in the one `<style>` element stands in presentation attributes
after it, which mean the same; colours by role stay `var(--role)`.
"""

import re

_SHEET = re.compile(r"\s*<style[^>]*>\*\{([^}]*)\}</style>")
_STYLED = re.compile(r'<([a-zA-Z]+)\b([^<>]*?)\sstyle="([^"]*)"([^<>]*?)(/?)>')


def unstyled(svg: str) -> str:
    """Write styles as attributes.

    Parameters
    ----------
    svg : str
        One `<svg>` element of `to_svg` or `themed`.

    Returns
    -------
    str
        The same picture, without `style` in it.
    """
    sheet = _SHEET.search(svg)
    if sheet:
        rest = svg[: sheet.start()] + svg[sheet.end() :]
        svg = rest.replace("<svg ", f"<svg {_attributes(sheet[1])} ", 1)
    return _STYLED.sub(_element, svg)


def _element(found: re.Match[str]) -> str:
    name, before, style, after, end = found.groups()
    names = "|".join(re.escape(one) for one, _ in _pairs(style))
    kept = re.sub(rf'\s(?:{names})="[^"]*"', "", before + after) if names else before + after
    return f"<{name} {_attributes(style)}{kept}{end}>"


def _attributes(style: str) -> str:
    return " ".join(f'{name}="{value}"' for name, value in _pairs(style))


def _pairs(style: str) -> list[tuple[str, str]]:
    """Properties and values; a length in pixels is written bare, as an attribute has it."""
    parts = [part.partition(":") for part in style.split(";") if ":" in part]
    return [(name.strip(), value.strip().replace('"', "'")) for name, _, value in parts]
