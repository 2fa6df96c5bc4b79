"""The examples' own figures, in the layout `book`, as the exporter's report has them: the table in README.md.

    python3 examples.py --program EPITOME [--update]

--update writes the table into README.md, between the lines that name this script.
"""
import argparse
import json
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAMES = 'the-push', 'the-checklist-manifesto', 'frankenstein', 'the-push-de', 'the-push-fr', 'the-push-es'
ROWS = (('pages', lambda t: t['pages']),
        ('how much word spaces differ', lambda t: ('%.3f' % t['space_spread']).lstrip('0')),
        ('hyphens in 100 lines', lambda t: '%.1f' % (100 * t['hyphens'] / t['lines'])),
        ('lines whose spaces are wider than they should be', lambda t: t['loose']),
        ('pages that end in a hyphen', lambda t: t['hyphen_at_page_end']),
        ('single lines of a paragraph on a page', lambda t: t['widow'] + t['orphan']),
        ('pages that end too early', lambda t: t['short_page']),
        ('facing pages of different depth', lambda t: t['uneven_spread']))
TABLE = re.compile(r'(<!-- tests/quality/examples.py -->\n).*?(<!-- /examples.py -->\n)', re.S)


def totals(program, name, folder):
    report = folder / 'report.json'
    subprocess.run([program, 'export', '-q', ROOT / 'examples' / name / 'summary.xml', '--to', 'pdf', '--report', report,
                    '-o', folder / 'book.pdf'], check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return json.loads(report.read_text(encoding='utf-8'))['totals']


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--update', action='store_true')
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = [totals(arguments.program, name, pathlib.Path(folder)) for name in NAMES]
    table = '| | %s |\n|%s\n' % (' | '.join(NAMES), '---|' * (len(NAMES) + 1))
    table += ''.join('| %s | %s |\n' % (words, ' | '.join(str(value(t)) for t in found)) for words, value in ROWS)
    print(table, end='')
    if arguments.update:
        readme = ROOT / 'README.md'
        text, places = TABLE.subn(lambda m: m[1] + table + m[2], readme.read_text(encoding='utf-8'))
        if places != 1:
            raise SystemExit('README.md has no place for the table')
        readme.write_text(text, encoding='utf-8')


if __name__ == '__main__':
    main()
