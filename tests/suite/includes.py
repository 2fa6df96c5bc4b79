#!/usr/bin/env python3
"""The rooms see only what their link lists name: each #include of a room's header in exporter/<room> must be of the room itself or of
one that it is linked with (epitome_room(… LINK …) in its CMakeLists.txt), directly or through another. CMake can't tell: all
rooms share one include folder. The link lists must have no circle.
"""
import pathlib
import re
import sys

EXPORTER = pathlib.Path(__file__).resolve().parents[2] / 'exporter'


def link_lists():
    """{room: rooms that it is linked with}, as the rooms' CMakeLists.txt say."""
    lists = {}
    for path in EXPORTER.glob('*/CMakeLists.txt'):
        call = re.search(r'epitome_room\((\w+)([^)]*)\)', path.read_text(encoding='utf-8'))
        if call is None:  # the Python package is no room
            continue
        named = re.search(r'\bLINK\b(.*?)(?:\bPRIVATE\b|$)', call[2], re.S)
        lists[call[1]] = named[1].split() if named else []
    return lists


def seen_by(room, lists, above=()):
    """The room and all that it sees; a circle ends the search."""
    if room in above:
        raise SystemExit('a circle: %s' % ' → '.join([*above, room]))
    return {room}.union(*(seen_by(other, lists, (*above, room)) for other in lists[room]))


def faults(lists):
    for room in lists:
        seen = seen_by(room, lists)
        for path in sorted((EXPORTER / room).rglob('*.[ch]pp')):
            # The programs are linked with what they need beside their room.
            if path.parent.name == 'main':
                continue
            for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
                named = re.match(r'#include "(\w+)/', line)
                if named and named[1] in lists and named[1] not in seen:
                    yield '%s:%d: %s is not linked with %s' % (path.relative_to(EXPORTER.parent), number, room, named[1])


def main():
    lists = link_lists()
    found = list(faults(lists))
    print('\n'.join(found))
    print('%d rooms, %d faults' % (len(lists), len(found)))
    return 1 if found or len(lists) < 10 else 0


if __name__ == '__main__':
    sys.exit(main())
