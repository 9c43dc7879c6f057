"""Check digits by which a number gives itself away as an individual number or as an insurer's."""

from __future__ import annotations

MY_NUMBER, INSURER, NATIONAL_INSURER = 12, 8, 6
"""Digits of an individual number, of an insurer's number, and of that of a municipal health insurance."""

LAWS = frozenset({"01", "02", "03", "04", "06", "07", "31", "32", "33", "34", "39", "63", "67", "72", "73", "74", "75"})
"""The first two digits of insurers' numbers (法別番号), by the law under which people are insured; public payers left out."""

_PREFECTURES = range(1, 48)


def is_my_number(digits: str) -> bool:
    """Say whether twelve digits are an individual number.

    The last is the check digit of the ordinance on individual numbers (平成26年総務省令第85号, article 5): 11 less the rest of
    the weighted sum by 11, and 0 where that rest is 0 or 1. The weights are 2 to 7 from the right, then 2 to 6.
    """
    if len(digits) != MY_NUMBER:
        return False
    weighted = (int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(digits[:-1]), start=1))
    rest = sum(weighted) % 11
    return int(digits[-1]) == (0 if rest <= 1 else 11 - rest)


def is_insurers(digits: str) -> bool:
    """Say whether six or eight digits are an insurer's number.

    The digits are weighted 2, 1, 2 … from the right, and those of the products add up to what the check digit fills up to ten
    (the ministry's rules on how insurers' numbers are set).
    """
    if len(digits) not in (INSURER, NATIONAL_INSURER):
        return False
    products = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits[:-1])))
    return (sum(product // 10 + product % 10 for product in products) + int(digits[-1])) % 10 == 0


def stands_for_an_insurer(digits: str) -> bool:
    """Say whether eight digits that no word explains are an insurer's: law, prefecture and check digit all have to fit."""
    return len(digits) == INSURER and digits[:2] in LAWS and int(digits[2:4]) in _PREFECTURES and is_insurers(digits)
