"""OPDS 2.0 feeds as the Palace Project's importer reads them. By the judges' Python:

    opds2.py FILE…          prints a line of JSON a file: [name, [complaint, …]]
"""
import json
import sys

from webpub_manifest_parser.opds2 import OPDS2FeedParserFactory

for name in sys.argv[1:]:
    try:
        found = OPDS2FeedParserFactory().create().parse_file(name).errors
        complaints = [str(error) for error in found]
    except Exception as error:  # it gives up at some faults and collects others
        complaints = ['%s: %s' % (type(error).__name__, error)]
    print(json.dumps([name, complaints]))
