#!/usr/bin/env python3
"""The JSON Schema of `epitome schema`: it keeps to what strict structured output takes everywhere; every
example, suite case and generated document written as JSON fits it; and on documents that were changed at random it and the reader agree.

The schema asks for every key, with null for what isn't there, where the reader lets a key be left out: keys are filled in before.

    json_schema.py --program PATH [--mutated N]
"""
import argparse
import collections
import copy
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import jsonschema

import generate

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEYWORDS = {'type', 'additionalProperties', 'required', 'properties', 'items', 'anyOf', 'enum', 'description', '$ref'}
LEVELS = 5
# The reader's faults of shape: a document that fits the schema has none.
SHAPE = {'E0110', 'E0201', 'E0212', 'E0214'}
# What a schema of this kind can't say, or only of one key and not of two: a document that fits may have these faults.
BEYOND = {
    'E0203': 'a key that goes with a value of another',
    'E0204': 'a key that another asks for',
    'E0205': 'a form: of days, addresses, numbers, roles',
    'E0207': 'a text that is empty',
    'E0209': 'an id that stands twice',
    'E0210': 'a reference to no id',
    'E0211': 'a tag of a language',
    'E0213': 'rows of a table that differ in width',
    'E0305': 'a path out of the folder',
}


def resolved(schema, root):
    while '$ref' in schema:
        schema = root['$defs'][schema['$ref'].rsplit('/', 1)[1]]
    return schema


def rules(schema, root, level=0, names=()):
    """What in a schema strict structured output would refuse, and the depth of its objects."""
    unknown = set(schema) - KEYWORDS
    if unknown:
        yield 'unknown keywords %s' % sorted(unknown)
    if '$ref' in schema:
        name = schema['$ref']
        if name in names:
            yield '%s holds itself' % name
            return
        yield from rules(resolved(schema, root), root, level, names + (name,))
        return
    if schema.get('type') == 'object':
        level += 1
        if level > LEVELS:
            yield 'objects stand %d deep in %s' % (level, names)
        if schema.get('additionalProperties') is not False or sorted(schema['required']) != sorted(schema['properties']):
            yield 'an object is not closed, or not all is required: %s' % (names,)
    for inside in [*schema.get('anyOf', []), *schema.get('properties', {}).values(), *([schema['items']] if 'items' in schema else [])]:
        yield from rules(inside, root, level, names)


def fitting(schema, value, root):
    """The one of a schema's choices that a value is meant for."""
    schema = resolved(schema, root)
    for choice in schema.get('anyOf', []):
        found = fitting(choice, value, root)
        if found is not None:
            return found
    if 'anyOf' in schema:
        return None
    kind = schema.get('type')
    if kind == 'object' and isinstance(value, dict):
        said = schema['properties'].get('type', {}).get('enum')
        return schema if said is None or value.get('type') in said else None
    return schema if kind == 'array' and isinstance(value, list) else None


def fill(schema, value, root):
    """Puts null where a key is left out that may be."""
    schema = fitting(schema, value, root)
    if schema is None:
        return
    if isinstance(value, list):
        for entry in value:
            fill(schema['items'], entry, root)
        return
    for key, inside in schema['properties'].items():
        if key in value:
            fill(inside, value[key], root)
        elif {'type': 'null'} in inside.get('anyOf', []):
            value[key] = None


def places(value):
    """(container, key) of all that a document holds."""
    for key in value if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], (dict, list)):
            yield from places(value[key])


def mutate(document, chance):
    """The document with one change, which may be for the worse or not."""
    document = copy.deepcopy(document)
    container, key = chance.choice(list(places(document)))
    way = chance.randrange(7)
    if way == 0 and isinstance(container, dict):
        del container[key]
    elif way == 1 and isinstance(container, dict):
        container[chance.choice(['txt', 'type ', 'Blocks', 'xml:lang', 'children'])] = 'x'
    elif way == 2:
        container[key] = None
    elif way == 3:
        container[key] = chance.choice(['x', 7, 2.5, True, ['x'], {'text': 'x'}, {'type': 'p', 'text': 'x'}, [['x']], {}])
    elif way == 4 and isinstance(container, dict):
        container[str(key) + 's'] = container.pop(key)
    elif way == 6:
        strings = [(c, k) for c, k in places(document) if isinstance(c[k], str)]
        container, key = chance.choice(strings)
        container[key] = chance.choice(['', '2024-13-45', 'no such', container[key] + '<ref to="nowhere"/>'])
    elif isinstance(container[key], str):
        container[key] = [container[key]]
    return document


def read(program, text):
    """The codes of the errors that the reader tells."""
    done = subprocess.run([program, 'convert', '-', '--from', 'json', '--to', 'json', '--format', 'json'], input=text.encode(),
                          capture_output=True)
    found = [json.loads(line) for line in done.stderr.decode().splitlines()]
    if (done.returncode != 0) != any(d['severity'] == 'error' for d in found):
        raise ValueError('exit status %d: %s' % (done.returncode, done.stderr.decode()[:500]))
    return [d for d in found if d['severity'] == 'error']


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--mutated', type=int, default=500)
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    faults = []
    printed = subprocess.run([program, 'schema'], capture_output=True, check=True).stdout
    root = json.loads(printed)
    jsonschema.Draft202012Validator.check_schema(root)
    validator = jsonschema.Draft202012Validator(root)
    top = {key: value for key, value in root.items() if key in KEYWORDS}
    faults += sorted(set(rules(top, root)))

    documents = []
    with tempfile.TemporaryDirectory() as folder:
        sources = sorted(ROOT.glob('examples/*/summary.xml')) + sorted(ROOT.glob('tests/suite/cases/*/source.xml'))
        for number in range(60):
            sources.append(pathlib.Path(folder) / ('%d.xml' % number))
            sources[-1].write_text(generate.document(number), encoding='utf-8')
        for source in sources:
            made = subprocess.run([program, 'convert', source, '--to', 'json'], capture_output=True, check=True).stdout
            document = json.loads(made)
            fill(top, document, root)
            error = jsonschema.exceptions.best_match(validator.iter_errors(document))
            if error is not None:
                faults.append('%s does not fit: %s at %s' % (source, error.message[:200], list(error.absolute_path)))
            elif len(made) < 60_000:
                documents.append(document)

    chance = random.Random(1)
    valid = 0
    beyond = collections.Counter()
    for _ in range(arguments.mutated):
        document = mutate(chance.choice(documents), chance)
        fill(top, document, root)
        fits = validator.is_valid(document)
        valid += fits
        errors = read(program, json.dumps(document, ensure_ascii=False))
        # What markup stands in a string is the reader's alone.
        codes = {d['code'] if 'in <' not in d['message'] else 'markup' for d in errors}
        if fits and not codes <= set(BEYOND):
            faults.append('fits, but the reader refuses it: %s' % errors[:2])
        beyond.update(codes if fits else ())
        if not fits and not errors:
            why = jsonschema.exceptions.best_match(validator.iter_errors(document))
            faults.append('the reader takes what does not fit: %s at %s' % (why.message[:300], list(why.absolute_path)))
    if not arguments.mutated / 10 < valid < arguments.mutated * 9 / 10:
        faults.append('%d of %d changed documents fit: they try nothing' % (valid, arguments.mutated))
    for fault in faults[:20]:
        print(fault)
    print('%d documents and %d changed ones, of which %d fit; %d faults' % (len(documents), arguments.mutated, valid, len(faults)))
    for code, count in sorted(beyond.items()):
        print('%d fit, and the reader knows better: %s %s' % (count, code, BEYOND.get(code)))
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
