#!/usr/bin/env python3
"""Whether the code stays small enough to be read: no file over 600 lines, no function over 70, no class over 40 members;
and its decisions (exporter/DECISIONS.md): none over 80 words, its heading and its figures left aside.

    sizes.py [--longest N]     prints what is too large, with N the N largest of each kind; exit status 1 if anything is

A function counts from its head to its last brace; a class's members are what it declares: functions, fields and types.
What a visitor does with each piece (operator()) is one function."""
import argparse
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST = {'file': 600, 'function': 70, 'class': 40, 'decision': 80}
OPAQUE = re.compile(r'R"(\w*)\((?:.|\n)*?\)\1"|"(?:\\.|[^"\\\n])*"|(?:(?<!\w)|\b(?:u8|[uUL]))\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*(?:.|\n)*?\*/|^[ ]*#(?:[^\n]*\\\n)*[^\n]*', re.M)
TEMPLATE = re.compile(r'\btemplate\s*<(?:[^<>]|<[^<>]*>)*>')
SCOPE = re.compile(r'\b(class|struct|union)\s+(?:\[\[\w+\]\]\s*)?([\w:]+)[^()=]*$')
INITIALIZED = re.compile(r'\)[^=]*[^:]:[^:].*[\w>]\s*$', re.S)


def blanked(text):
    """The text with comments, strings and preprocessor lines as blanks: what braces are left belong to the grammar."""
    return OPAQUE.sub(lambda found: re.sub(r'[^\n]', ' ', found.group()), text)


def measured(text):
    """(kind, name, line, size) of each function and class."""
    text = blanked(text)
    stack, start = [], 0  # of [kind, name, line, members, functions]; where the statement begins that is being read
    for at in re.finditer(r'[{};]', text):
        head, mark = text[start:at.start()], at.group()
        inside = stack[-1][0] if stack else 'namespace'
        declares = inside in ('namespace', 'class')
        if mark == '{':
            label = re.sub(r'^(\s|(public|private|protected):)*', '', head)
            line = text.count('\n', 0, at.start() - len(label)) + 1
            scope, name = SCOPE.search(TEMPLATE.sub('', label)), re.search(r'([\w:~]+|operator\S+)\s*\(', label)
            if not declares:
                kind, name = 'body', ''
            elif scope:
                kind, name = 'class', scope.group(2)
            elif re.search(r'\bnamespace\b|\bextern\s*$', label):
                kind, name = 'namespace', ''
            elif INITIALIZED.search(label) or not name or re.search(r'\benum\b', label) or re.search(r'=\s*$', label):
                kind, name = 'value', ''
            else:
                kind, name = 'function', name.group(1)
            stack.append([kind, name, line, 0, set()])
            if kind not in ('value', 'body'):
                start = at.end()
        elif mark == '}':
            kind, name, line, members, _ = stack.pop()
            if kind == 'class':
                yield kind, name, line, members
            elif kind == 'function':
                yield kind, name, line, text.count('\n', 0, at.start()) + 2 - line
                if stack and stack[-1][0] == 'class' and (name != 'operator' or name not in stack[-1][4]):
                    stack[-1][3] += 1
                    stack[-1][4].add(name)
            if kind in ('function', 'namespace'):
                start = at.end()
        elif declares:
            if inside == 'class' and head.strip():
                stack[-1][3] += 1
            start = at.end()


def decisions(text):
    """(heading, line, words) of each: from its heading to the next one, or to its figures."""
    for found in re.finditer(r'^### (.+)\n((?:(?!#).*\n?)*)', text, re.M):
        yield found[1], text.count('\n', 0, found.start()) + 1, len(found[2].partition('Figures:')[0].split())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--longest', type=int, default=0)
    arguments = parser.parse_args()
    found = []
    for path in sorted((ROOT / 'exporter').rglob('*.[ch]pp')):
        text, place = path.read_text(encoding='utf-8'), str(path.relative_to(ROOT))
        found.append(('file', '', place, text.count('\n')))
        found += [(kind, name, '%s:%d' % (place, line), size) for kind, name, line, size in measured(text)]
    path = ROOT / 'exporter' / 'DECISIONS.md'
    found += [('decision', heading, '%s:%d' % (path.relative_to(ROOT), line), words)
              for heading, line, words in decisions(path.read_text(encoding='utf-8'))]
    large = [each for each in found if each[3] > MOST[each[0]]]
    for kind in MOST:
        some = sorted((each for each in found if each[0] == kind), key=lambda each: -each[3])
        for each in some[:arguments.longest] if arguments.longest else [each for each in some if each in large]:
            print('%-8s %4d  %s %s' % (kind, each[3], each[2], each[1]))
    count = {kind: sum(each[0] == kind for each in found) for kind in MOST}
    print('%d files, %d functions, %d classes, %d decisions: %d too large' % (*count.values(), len(large)))
    return 1 if large or not all(count.values()) else 0


if __name__ == '__main__':
    sys.exit(main())
