"""Servers that a test starts, and what is asked of them."""
import http.client
import re
import socket
import subprocess
import tempfile
import time
import urllib.parse


def start(case, argv, **more):
    """A server that ends with its test, or with its class if `case` is one; its output is to be read."""
    server = subprocess.Popen([*map(str, argv)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
    clean = case.addClassCleanup if isinstance(case, type) else case.addCleanup
    clean(server.stdout.close)
    clean(server.wait)
    clean(server.terminate)
    return server


def preview(case, program, site, *more):
    """The port of a preview of the folder."""
    server = start(case, [program, 'site', '--preview', '-o', site, *more])
    return int(re.match(r'http://127\.0\.0\.1:(\d+)/', server.stdout.readline())[1])


def free_port():
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        return one.getsockname()[1]


def ask(port, path, method='GET', **headers):
    """(status, headers, body)"""
    connection = http.client.HTTPConnection('127.0.0.1', port, timeout=60)
    connection.request(method, '/' + urllib.parse.quote(path), headers={name.replace('_', '-'): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict((name.lower(), value) for name, value in answer.getheaders()), body


def serve(case, command):
    """Starts a server that can't choose its port itself: command(port) is its command line. Its port; another is tried if
    somebody took it meanwhile."""
    for _ in range(5):
        port = free_port()
        with tempfile.TemporaryFile('w+') as said:
            server = subprocess.Popen([*map(str, command(port))], stdin=subprocess.DEVNULL, stdout=said, stderr=said)
            deadline = time.monotonic() + 60
            while server.poll() is None and time.monotonic() < deadline:
                try:
                    ask(port, '')
                except OSError:
                    time.sleep(0.05)
                    continue
                # Another's server may have answered; ours then ends, since it can't have the port.
                time.sleep(0.3)
                if server.poll() is not None:
                    break
                case.addCleanup(server.wait)
                case.addCleanup(server.terminate)
                return port
            server.kill()
            server.wait()
            said.seek(0)
            why = said.read()
    raise AssertionError('%s does not start: %s' % (command(0)[0], why[-2000:]))
