"""The recipe for Ray in exporter/python/README.md, on two actors of a cluster of its own: the program's bytes, faults as rows, nothing done twice.

    test_ray.py FOLDER PROGRAM      (the folder that holds the built package, the program; needs ray[data])
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER, PROGRAM = (str(pathlib.Path(argument).resolve()) for argument in sys.argv[1:3])
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [FOLDER, str(ROOT / 'tests/suite'), str(ROOT / 'tests/trials')]
os.environ['PYTHONPATH'] = FOLDER  # the actors'
import batch
import ray

recipe = {'__name__': 'recipe'}
exec(re.search(r'```python\n(.*?)```', (ROOT / 'exporter/python/README.md').read_text(), re.S)[1], recipe)

with tempfile.TemporaryDirectory() as scratch:
    folder = pathlib.Path(scratch)
    (folder / 'src').mkdir()
    documents = {'%02d.xml' % number: batch.document(number) for number in range(12)}
    for name, text in documents.items():
        (folder / 'src' / name).write_text(text)
    subprocess.run([PROGRAM, 'export', 'src', '-q', '-o', 'alone', '--name', '{source}'], cwd=folder, check=True)
    ray.init(num_cpus=4, include_dashboard=False, log_to_driver=False)
    rows = [{'name': name, 'source': text} for name, text in [*documents.items(), ('bad.xml', batch.BAD)]]
    ray.data.from_items(rows[:5]).write_parquet(folder / 'some')
    recipe['export_all'](ray.data.read_parquet(str(folder / 'some')), str(folder / 'out'))
    recipe['export_all'](ray.data.from_items(rows), str(folder / 'out'))
    made = list(ray.data.read_parquet(str(folder / 'out')).iter_rows())
    assert sorted(row['name'] for row in made) == sorted(row['name'] for row in rows), made
    for row in made:
        if row['name'] == 'bad.xml':
            assert row['fault'] and row['pdf'] == b'' and 'E0202' in row['diagnostics'][0], row
        else:
            assert row['fault'] == '', row
            for format in 'pdf', 'epub':
                assert row[format] == (folder / 'alone' / row['name'].replace('xml', format)).read_bytes(), row['name']
print('%d rows, the bytes of the program' % len(made))
