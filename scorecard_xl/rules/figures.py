"""Numbers as an explanation writes them: unrounded, apart, and how far."""

from __future__ import annotations

from decimal import Decimal

# Beyond 15 significant digits, there is nothing to tell apart.
_FEWEST, _MOST = 6, 16


def unrounded(value: float, *, is_percentage: bool) -> str:
    """A number with the decimals it has, six at most: ``7.03125%``, ``1,234.5``."""
    if is_percentage:
        return f"{value * 100:,.6f}".rstrip("0").rstrip(".") + "%"
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def told_apart(first: float, second: float, *, is_percentage: bool) -> tuple[str, str]:
    """Two numbers with as many decimals as it takes for them to look different."""
    for decimals in range(_FEWEST, _MOST):
        texts = (
            _written(first, is_percentage, decimals),
            _written(second, is_percentage, decimals),
        )
        if texts[0] != texts[1]:
            break
    return texts


def distance(value: float, *, is_percentage: bool) -> str:
    """How far, in so many words: ``1.54 points`` between percentages, ``0.3`` otherwise."""
    size = abs(value) * 100 if is_percentage else abs(value)
    text = f"{size:,.2f}".rstrip("0").rstrip(".") if size >= 0.01 else _tiny(size)
    if not is_percentage:
        return text
    return "1 point" if text == "1" else f"{text} points"


def _tiny(size: float) -> str:
    """Two significant digits, without an exponent."""
    return f"{Decimal(f'{size:.1e}'):f}"


def _written(value: float, is_percentage: bool, decimals: int) -> str:
    text = f"{value * 100 if is_percentage else value:,.{decimals}f}".rstrip("0").rstrip(".")
    return f"{text}%" if is_percentage else text
