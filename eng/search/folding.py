#!/usr/bin/env python3
"""Writes src/Parley.Core/Text/Folding.txt: what search takes each letter for, where that is more than its small letter.

usage: eng/search/folding.py > src/Parley.Core/Text/Folding.txt

Full case folding of the compatibility decomposition, without accents: https://www.unicode.org/reports/tr44/#CaseFolding.txt.
Changing the result changes what the indexes of all histories hold, so it takes a migration that has them made anew.
"""
import sys
import unicodedata
from collections import defaultdict

# Letters that people who lack them on their keyboard type otherwise, and that Unicode does not decompose.
STROKES = dict(zip('øđłħŧıæœðþ', ['o', 'd', 'l', 'h', 't', 'i', 'ae', 'oe', 'd', 'th']))
MAX_LENGTH = 3

# Accents of Latin, Greek and Cyrillic, points of Hebrew, vowel signs of Arabic: writing goes without. Not the signs of Indic
# scripts or Thai, nor the sound marks of Kana, without which a word is another.
OPTIONAL = [(0x300, 0x36F), (0x483, 0x487), (0x591, 0x5C7), (0x610, 0x61A), (0x640, 0x640), (0x64B, 0x65F), (0x670, 0x670),
            (0x6D6, 0x6ED), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F)]


def is_optional(c):
    return any(low <= ord(c) <= high for low, high in OPTIONAL) and unicodedata.category(c) in ('Mn', 'Me', 'Lm')


def is_of_word(c):
    return unicodedata.category(c)[0] in 'LN' or unicodedata.category(c) in ('Mn', 'Mc', 'Co')


def fold(c):
    folded = c
    for _ in range(4):
        folded = ''.join(STROKES.get(each, each) for each in unicodedata.normalize('NFKD', folded).casefold())
    folded = ''.join(each for each in unicodedata.normalize('NFKD', folded) if not is_optional(each))
    return unicodedata.normalize('NFC', folded)


def main():
    sources = defaultdict(list)
    for value in range(0x80, 0x110000):
        c = chr(value)
        if unicodedata.category(c) in ('Cn', 'Cs', 'Co') or not is_of_word(c) or is_optional(c) or 0xAC00 <= value <= 0xD7A3:
            continue
        folded = fold(c)
        lower = c.lower() if len(c.lower()) == 1 else c
        if folded != lower and 0 < len(folded) <= MAX_LENGTH and all(is_of_word(each) for each in folded):
            sources[folded].append(c)
    out = open(sys.stdout.fileno(), 'w', encoding='utf-8', newline='\n')
    out.write(f'# Made by eng/search/folding.py from Unicode {unicodedata.unidata_version}: what letters are folded into, a tab, the letters.\n')
    for folded in sorted(sources):
        out.write(f"{folded}\t{''.join(sources[folded])}\n")


main()
