#!/usr/bin/env python3
"""What leads to a document and from it, beside the round trips of convert.py: the templates of `init`, Markdown and plain text of the
usual shape, dependency files, SARIF, what was perhaps meant on the command line, the schema for each service.

    formats.py --program PATH
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

USUAL = '''# The Lamp by Ann Example

A keeper tends a lamp. See [the coast](https://example.org/) and [a draft](../draft.md).

![](tower.png)

## Key takeaways

- **Light is a habit**: it is lit for no one.
- **Oil runs out first** — count the barrels.[^1]

## Background

Lines<br>with `code` and ![a tower](tower.png) inside.

### Deeper

> The sea keeps no letters.
>
> -- The keeper, *The Log*, chapter 3

> All of this:
> - letters

| Month | Oil |
|:------|----:|
| May   | 4   |

## FAQ

### Who lit it?

The keeper.

## Empty

## Sources

- Ann Example, *The Lamp*.

[^1]: There were eleven.
[^2]: Nobody calls.
'''
# Code and line of all that is told; 0: of the whole.
TOLD = [('W0115', 0), ('W0115', 0), ('N0114', 1), ('N0114', 1), ('N0114', 3), ('W0113', 3), ('W0115', 5), ('N0114', 7), ('N0114', 12), ('W0113', 14),
        ('W0113', 14), ('W0113', 14), ('N0114', 16), ('N0114', 22), ('N0114', 29), ('W0113', 35), ('N0114', 37), ('W0113', 42)]
HELD = ('prefix="The">Lamp<', '>Ann Example</contributor>', '<headline>Light is a habit</headline>', '<p>it is lit for no one.</p>',
        'count the barrels.<note>There were eleven.</note>', '<title>Background</title>', 'Lines with code and inside.', 'alt="a tower"', '<strong>Deeper</strong>',
        '<speaker>The keeper</speaker>', '<cite>The Log</cite>', '<locator>chapter 3</locator>', '<aside>', '<td>May</td>', '<question>Who lit it?</question>',
        '<source>Ann Example, <em>The Lamp</em>.</source>', 'and a draft.', 'alt="TODO: what the picture shows"')
TEXT = '“The Lamp” – a novel of the coast.\nThe Lamp by Ann Example is short & quiet: 1 < 2.\n\nA last line\n'


class Faults(list):
    def unless(self, holds, what):
        if not holds:
            self.append(what)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    program = str(pathlib.Path(parser.parse_args().program).resolve())
    faults = Faults()
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)

        def run(*arguments):
            return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)

        check_init(run, folder, faults)
        check_usual(run, folder, faults)
        check_tools(run, folder, faults)
        check_schema(run, faults)
    print('\n'.join(faults) if faults else 'formats: all hold')
    return 1 if faults else 0


def check_init(run, folder, faults):
    for name in ('a.xml', 'a.json', 'a.md'):
        done = run('init', name)
        faults.unless(done.returncode == 0, 'init %s: %s' % (name, done.stderr))
        checked = run('check', name)
        faults.unless(checked.returncode == 0 and not checked.stderr, 'check of the template %s says: %s' % (name, checked.stderr))
        text = (folder / name).read_text()
        again = run('init', name)
        faults.unless(again.returncode == 3 and (folder / name).read_text() == text, 'init overwrites %s' % name)
    dumps = {run('dump', name, '--document').stdout for name in ('a.xml', 'a.json', 'a.md')}
    faults.unless(len(dumps) == 1, 'the templates differ')
    faults.unless(run('init', '--from', 'md').returncode == 0 and (folder / 'summary.md').exists(), 'init --from md writes no summary.md')


def check_usual(run, folder, faults):
    (folder / 'usual.md').write_text(USUAL, encoding='utf-8')
    done = run('convert', 'usual.md', '--to', 'xml', '--format', 'json')
    told = [(d['code'], d['line'] if d['length'] or d['offset'] else 0) for d in map(json.loads, done.stderr.splitlines())]
    faults.unless(done.returncode == 0 and told == TOLD, 'usual.md: %d, told %s' % (done.returncode, told))
    written = re.sub(r'\s*\n\s*', ' ', done.stdout)
    for piece in HELD:
        faults.unless(piece in written, 'usual.md as XML lacks %s' % piece)
    faults.unless(run('check', 'usual.md').returncode == 1, 'Markdown without front matter is no document')
    (folder / 'page.txt').write_text(TEXT, encoding='utf-8')
    done = run('convert', 'page.txt', '--to', 'json')
    document = json.loads(done.stdout or '{}')
    faults.unless(document.get('work', {}).get('title') == {'prefix': 'The', 'text': 'Lamp'}, 'page.txt: the title is %s' % document.get('work'))
    faults.unless(document['work']['contributors'][0]['text'] == 'Ann Example', 'page.txt: the author is %s' % document['work'])
    faults.unless(len(document['parts'][0]['blocks']) == 3 and 'short &amp; quiet: 1 &lt; 2' in document['parts'][0]['blocks'][1], 'page.txt: %s' % document['parts'])


    for line, name in (('By **Ann Example**', 'Ann Example'), ('*by Ann Example*', 'Ann Example'), ('von **Anna Beispiel**', 'Anna Beispiel'),
                       ('_Par Anne Exemple_', 'Anne Exemple'), ('Автор: Анна Примерова', 'Анна Примерова'), ('作者：王小明', '王小明'),
                       ('Von Hamburg fährt ein Schiff.', 'TODO')):
        (folder / 'author.md').write_text('# Lamp\n\n%s\n\n## Overview\n\nA tower.\n' % line, encoding='utf-8')
        document = json.loads(run('convert', 'author.md', '--to', 'json').stdout or '{}')
        faults.unless(document.get('work', {}).get('contributors', [{}])[0].get('text') == name, '%s: the author is %s' % (line, document.get('work')))


def check_tools(run, folder, faults):
    done = run('export', 'a.md', '--to', 'epub', '-o', 'a b.epub', '--deps', 'a.d', '-q')
    rule = (folder / 'a.d').read_text() if done.returncode == 0 else done.stderr
    faults.unless(rule.startswith('a\\ b.epub: \\\n  a.md') and '/layouts/book/layout.xml' in rule and '/languages/en.xml' in rule, 'the dependency file: %s' % rule)
    # As gcc's -MF: a folder that isn't there is said, and not made.
    for option, path in (('--deps', 'no/a.d'), ('-o', 'no/folder'), ('--report', 'no/r.json')):
        done = run('export', 'a.md', '--to', 'epub', '-q', option, path)
        faults.unless(done.returncode == 3 and "mkdir -p 'no'" in done.stderr and not (folder / 'no').exists(), '%s %s: %s' % (option, path, done.stderr))
    (folder / 'bad name.md').write_text((folder / 'a.md').read_text().replace('## Overview', '## Overvue'))
    log = json.loads(run('check', 'bad name.md', '--format', 'sarif').stderr)
    result = log['runs'][0]['results'][0]
    place = result['locations'][0]['physicalLocation']
    faults.unless(log['version'] == '2.1.0' and result['ruleId'] == 'E0112' and result['level'] == 'error' and place['artifactLocation']['uri'] == 'bad%20name.md'
                  and place['region']['startColumn'] == 4, 'SARIF: %s' % log)
    faults.unless(json.loads(run('check', 'a.md', '--format', 'sarif').stderr)['runs'][0]['results'] == [], 'SARIF of nothing')
    for arguments, meant in ((('exprot', 'a.md'), 'did you mean export?'), (('export', 'a.md', '--layot=book'), 'did you mean --layout?'),
                             (('export', 'a.md', '--to', 'epup'), 'did you mean epub?'), (('convert', 'a.md', '--to', 'jsn'), 'did you mean json?'),
                             (('schema', '--for', 'gemeni'), 'did you mean gemini?'), (('export', 'a.md', '--deps', 'x', 'a.xml'), 'single source')):
        done = run(*arguments)
        faults.unless(done.returncode == 2 and meant in done.stderr, '%s: %s' % (' '.join(arguments), done.stderr))


def inside(schema):
    """The schemas in a schema, itself first."""
    yield schema
    for found in [*schema.get('properties', {}).values(), *schema.get('$defs', {}).values(), *schema.get('anyOf', []), *([schema['items']] if 'items' in schema else [])]:
        yield from inside(found)


def check_schema(run, faults):
    portable = json.loads(run('schema').stdout)
    for dialect in ('portable', 'openai', 'anthropic', 'gemini'):
        schema = json.loads(run('schema', '--for', dialect).stdout)
        every = list(inside(schema))
        # What strict output of all of them asks for; nothing is counted, no form of a string is asked for.
        for one in every:
            if one.get('type') == 'object':
                faults.unless(one['additionalProperties'] is False and sorted(one['required']) == sorted(one['properties']), '%s: an open object' % dialect)
        known = {'type', 'properties', 'required', 'additionalProperties', 'items', 'anyOf', 'enum', 'description', '$ref', '$defs', '$schema', 'title'}
        faults.unless(all(set(one) <= known for one in every), '%s: another keyword' % dialect)
        faults.unless(schema['type'] == 'object' and 'anyOf' not in schema, '%s: the root is no object' % dialect)
        references = [one for one in every if '$ref' in one]
        faults.unless(all(set(one) == {'$ref'} for one in references), '%s: something stands beside a reference' % dialect)
        faults.unless(bool(references) == (dialect != 'gemini') and ('$schema' in schema) == (dialect == 'portable'), '%s: references or $schema' % dialect)
        # OpenAI: 5,000 properties, 1,000 values of enumerations, 120,000 characters in names and values.
        names = [name for one in every for name in one.get('properties', {})]
        values = [value for one in every for value in one.get('enum', [])]
        if dialect == 'openai':
            faults.unless(len(names) <= 5000 and len(values) <= 1000 and sum(map(len, names + values)) <= 120000, 'openai: %d properties, %d values' % (len(names), len(values)))
        faults.unless(sum('description' in one for one in every) >= 10, '%s: no rules for the writer' % dialect)
    faults.unless(portable['title'] == 'A book summary', 'the portable schema has no title')


if __name__ == '__main__':
    sys.exit(main())
