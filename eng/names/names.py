#!/usr/bin/env python3
"""Writes src/Parley.Core/Names/Letters.txt: the letters that names may have, how they are folded, and what they look like.

usage: eng/names/names.py DIRECTORY > src/Parley.Core/Names/Letters.txt

DIRECTORY holds, of one version of Unicode (https://www.unicode.org/Public/), UnicodeData, CompositionExclusions, Scripts,
ScriptExtensions, PropertyValueAliases, DerivedCoreProperties, HangulSyllableType and, from its security directory, confusables, each
with the ending .txt. Changing the result changes what names are the same, so it takes migrations of all that is kept by name.
"""
import os
import re
import sys
from collections import defaultdict

FOLDER = sys.argv[1]
ASCII_OF_NAMES = set(map(ord, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_[]\\^{}|`.+'))

# https://www.rfc-editor.org/rfc/rfc8264#section-9.6: letters whose category says otherwise. Those that need a context are left out.
ALLOWED = {0x6FD, 0x6FE, 0xF0B, 0x3007}
DISALLOWED = {0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B}

# Scripts that are written together: https://www.unicode.org/reports/tr39/#Restriction_Level_Detection, "highly restrictive".
TOGETHER = {'Hani': ['Hanb', 'Jpan', 'Kore'], 'Hira': ['Jpan'], 'Kana': ['Jpan'], 'Hang': ['Kore'], 'Bopo': ['Hanb'],
            'Latn': ['Hanb', 'Jpan', 'Kore']}


def rows(name):
    with open(os.path.join(FOLDER, name + '.txt'), encoding='utf-8-sig') as file:
        for line in file:
            fields = [field.strip() for field in line.split('#')[0].split(';')]
            if fields[0]:
                yield fields


def points(text):
    low, _, high = text.partition('..')
    return range(int(low, 16), int(high or low, 16) + 1)


def texts(codes):
    return ''.join(chr(int(code, 16)) for code in codes.split())


def read_characters():
    first = None
    for fields in rows('UnicodeData'):
        value = int(fields[0], 16)
        if fields[1].endswith(', First>'):
            first = value
            continue
        for each in range(first or value, value + 1):
            category[each], ccc[each], rtl[each] = fields[2], int(fields[3]), fields[4] in ('R', 'AL')
            if fields[5]:
                kind, _, codes = fields[5].rpartition('> ')
                (compatible if kind else canonical)[each] = (kind, codes)
            if fields[6]:
                digit[each] = int(fields[6])
            if fields[13]:
                lower[each] = chr(int(fields[13], 16))
        first = None


category, ccc, rtl, canonical, compatible, digit, lower = {}, {}, {}, {}, {}, {}, {}
read_characters()
lower[0x130] = 'i\u0307'
excluded = {int(fields[0], 16) for fields in rows('CompositionExclusions')}
ignorable = {point for fields in rows('DerivedCoreProperties') if fields[1] == 'Default_Ignorable_Code_Point' for point in points(fields[0])}
jamo = {point for fields in rows('HangulSyllableType') if fields[1] in ('L', 'V', 'T') for point in points(fields[0])}
short = {fields[2]: fields[1] for fields in rows('PropertyValueAliases') if fields[0] == 'sc'}
script = {point: {short[fields[1]]} for fields in rows('Scripts') for point in points(fields[0])}
extended = {point: set(fields[1].split()) for fields in rows('ScriptExtensions') for point in points(fields[0])}


def decompose(text):
    """The canonical decomposition, but of Hangul, which is computed."""
    out = []
    for c in text:
        out += decompose(texts(canonical[ord(c)][1])) if ord(c) in canonical else [c]
    at = 0
    while at < len(out):
        end = at
        while end < len(out) and ccc.get(ord(out[end]), 0):
            end += 1
        out[at:end] = sorted(out[at:end], key=lambda c: ccc[ord(c)])
        at = max(end, at + 1)
    return ''.join(out)


composed = {}
for value, (_, codes) in canonical.items():
    pair = texts(codes)
    if len(pair) == 2 and value not in excluded and not ccc[value] and not ccc[ord(pair[0])]:
        composed[pair] = value


def is_letter(value):
    """Of the IdentifierClass: https://www.rfc-editor.org/rfc/rfc8264#section-8."""
    if value in ALLOWED:
        return True
    return (value not in DISALLOWED and value not in ignorable and value not in jamo and value not in compatible
            and value > 0x7F and category.get(value) in ('Ll', 'Lu', 'Lo', 'Lm', 'Nd', 'Mn', 'Mc')
            and not (value in canonical and composed.get(texts(canonical[value][1])) != value)
            and all(ord(c) not in compatible for c in decompose(chr(value))))


def scripts_of(value):
    """The scripts that a letter goes with; none for all of them."""
    of = extended.get(value) or script.get(value, {'Zzzz'})
    if of & {'Zyyy', 'Zinh'}:
        return ()
    return tuple(sorted(of | {more for each in of for more in TOGETHER.get(each, [])}))


def kind_of(value):
    if category[value] in ('Mn', 'Mc'):
        return 'm'
    if category[value] == 'Nd':
        return 'd'
    return 'r' if rtl[value] else 'l'


def write(out):
    version = next(open(os.path.join(FOLDER, 'Scripts.txt'), encoding='utf-8')).strip('# \n')[len('Scripts-'):-len('.txt')]
    letters = [value for value in sorted(category) if is_letter(value)]
    out.write(f'# Made by eng/names/names.py from Unicode {version} (https://www.unicode.org/Public/{version}/). See LetterTable.\n')

    out.write('# letters: from, to, kind, scripts\n')
    last = None
    for value in letters + [None]:
        row = None if value is None else (kind_of(value), digit.get(value, 0) if kind_of(value) == 'd' else None, scripts_of(value))
        if last and (row is None or value != last[1] + 1 or (row[0], row[2]) != (last[2][0], last[2][2]) or row[1] == 0):
            out.write(f"L {last[0]:X} {last[1]:X} {last[2][0]} {' '.join(last[2][2])}".rstrip() + '\n')
            last = None
        last = None if value is None else (value if last is None else last[0], value, row)

    out.write('# widths: from, to\n')
    for value, (kind, codes) in sorted(compatible.items()):
        if kind in ('<wide', '<narrow') and (is_letter(int(codes, 16)) or int(codes, 16) in ASCII_OF_NAMES):
            out.write(f'W {value:X} {int(codes, 16):X}\n')

    known = set(letters) | ASCII_OF_NAMES
    out.write('# canonical decompositions: letter, decomposition\n')
    for value in sorted(canonical):
        parts = decompose(chr(value))
        if all(ord(c) in known for c in parts):
            out.write(f"D {value:X} {' '.join(f'{ord(c):X}' for c in parts)}\n")
    out.write('# compositions: both, result\n')
    for pair, value in sorted(composed.items()):
        if value in known:
            out.write(f'C {ord(pair[0]):X} {ord(pair[1]):X} {value:X}\n')
    out.write('# classes of marks: class, marks\n')
    classes = defaultdict(list)
    for value in letters:
        if ccc[value]:
            classes[ccc[value]].append(f'{value:X}')
    for each in sorted(classes):
        out.write(f"M {each} {' '.join(classes[each])}\n")
    out.write('# small letters: letter, small letter\n')
    for value in letters:
        if value in lower:
            out.write(f"S {value:X} {' '.join(f'{ord(c):X}' for c in lower[value])}\n")

    out.write('# looks: what it looks like, letters\n')
    looks = defaultdict(list)
    for fields in rows('confusables'):
        if int(fields[0], 16) in known:
            looks[fields[1]].append(fields[0])
    for look in sorted(looks):
        out.write(f"X {' '.join(f'{int(each, 16):X}' for each in look.split())} = {' '.join(f'{int(each, 16):X}' for each in looks[look])}\n")


write(open(sys.stdout.fileno(), 'w', encoding='utf-8', newline='\n'))
