"""Faults of the examples' pages, in every layout, by the exporter's own report.

    python3 example_pages.py --program EPITOME [--update]

Zero must be: paragraphs that were set longer for their page and end in less than a third of the measure; lines that end in a
colon, parted from what they announce. The other counts are compared with example_pages.tsv, which names each short page by its
label: no count may rise. --update writes that file anew; read the difference before it is committed.
"""
import argparse
import concurrent.futures
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
GOLDEN = HERE / 'example_pages.tsv'
LAYOUTS = 'book', 'a4', 'letter', 'half-letter', 'print-a4', 'print-letter', 'phone', 'large', 'large-letter', 'dyslexia'
COUNTS = 'widow', 'orphan', 'stranded', 'split', 'uneven_spread', 'hyphen_at_page_end', 'short_page'
COLONS = ':', '：'


def report(program, source, layout, folder, *options):
    """The report's JSON; without its pages' drawings."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / 'report.json'
    subprocess.run([program, 'export', '-q', source, '--to', 'pdf', '--layout', layout, '--report', file, '-o', folder / 'book.pdf', *options],
                   check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return json.loads(file.read_text(encoding='utf-8'))


def ends_short(told):
    """The last lines of paragraphs that are longer than is best and end in less than a third of their measure."""
    lines = {}
    for page in told['pages']:
        for line in page['lines']:
            lines.setdefault((line.get('line'), line.get('column')), []).append(line)
    for paragraph in told['paragraphs']:
        if paragraph['lines'] <= 0:
            continue
        own = lines[paragraph['line'], paragraph['column']]
        measure = max(line['right'] - line['left'] for line in own)
        # What hangs out of the measure, and the last line's own.
        if (own[-1]['right'] - own[-1]['left']) * 3 < measure * 0.97:
            yield own[-1]['text']


def parted_colons(told):
    """Lines that announce what begins the next page."""
    for page in told['pages']:
        if any(fault['fault'] == 'parted' for fault in page['faults']):
            body = [line['text'] for line in page['lines'] if line.get('role') != 'Note']
            if body and body[-1].rstrip('0123456789 ').endswith(COLONS):
                yield body[-1]


def row_of(told):
    row = {name: str(told['totals'][name]) for name in COUNTS}
    row['short_pages'] = ' '.join(page['label'] for page in told['pages'] if any(f['fault'] == 'short_page' for f in page['faults'])) or '-'
    return row


def looked_at(program, folder):
    """(example, layout): the report."""
    sources = sorted(ROOT.glob('examples/*/summary.xml'))
    jobs = [(source, layout) for source in sources for layout in LAYOUTS]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda job: report(program, job[0], job[1], folder / job[0].parent.name / job[1]), jobs)
        return {(source.parent.name, layout): told for (source, layout), told in zip(jobs, found)}


def table(rows):
    names = (*COUNTS, 'short_pages')
    return ''.join('\t'.join(line) + '\n' for line in
                   [('example', 'layout', *names)] + [(*job, *(row[name] for name in names)) for job, row in rows.items()])


def parsed(text):
    head, *lines = (line.split('\t') for line in text.splitlines())
    return {(line[0], line[1]): dict(zip(head[2:], line[2:])) for line in lines}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--update', action='store_true')
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = looked_at(str(pathlib.Path(arguments.program).resolve()), pathlib.Path(folder))
    rows = {job: row_of(told) for job, told in found.items()}
    complaints = ['%s %s: a longer paragraph ends in %r' % (*job, words) for job, told in found.items() for words in ends_short(told)]
    complaints += ['%s %s: %r is parted from what it announces' % (*job, words) for job, told in found.items() for words in parted_colons(told)]
    longer = sum(p['lines'] > 0 for told in found.values() for p in told['paragraphs'])
    if longer < 20:
        complaints.append('only %d paragraphs were set longer' % longer)
    if arguments.update:
        GOLDEN.write_text(table(rows), encoding='utf-8')
    golden = parsed(GOLDEN.read_text(encoding='utf-8'))
    if set(golden) != set(rows):
        complaints.append('%s: not in both' % sorted(set(golden) ^ set(rows)))
    for job in set(golden) & set(rows):
        complaints += ['%s %s: %s %s, was %s' % (*job, name, rows[job][name], golden[job][name])
                       for name in COUNTS if int(rows[job][name]) > int(golden[job][name])]
    print('\n'.join(complaints) or '%d reports, %d paragraphs set longer' % (len(rows), longer))
    return 1 if complaints else 0


if __name__ == '__main__':
    sys.exit(main())
