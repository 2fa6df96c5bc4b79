"""As much of NATS as the tests need: a server that starts and ends, requests, and what a stream holds."""
import base64
import json
import shutil
import socket
import subprocess
import time
import uuid


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Server:
    """JetStream in a folder; what it holds stays when it is started again."""

    def __init__(self, folder):
        self.program = shutil.which('nats-server', path='/usr/sbin:/usr/local/bin:/usr/bin')
        self.folder, self.port, self.process = folder, free_port(), None
        self.url = 'nats://127.0.0.1:%d' % self.port
        self.start()

    def start(self):
        self.process = subprocess.Popen([self.program, '-js', '-a', '127.0.0.1', '-p', str(self.port), '-sd', str(self.folder)],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                return ask(self.port, '$JS.API.INFO')
            except (OSError, ValueError):
                time.sleep(0.05)
        raise RuntimeError('nats-server does not start')

    def stop(self):
        self.process.terminate()
        self.process.wait()


def ask(port, subject, request=b''):
    with Client(port) as client:
        return client.ask(subject, request)


class Client:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lines.close()
        self.socket.close()

    def __init__(self, port):
        self.socket = socket.create_connection(('127.0.0.1', port), timeout=20)
        self.lines = self.socket.makefile('rb')
        self.lines.readline()  # INFO
        self.inbox = '_INBOX.%s' % uuid.uuid4().hex
        self.socket.sendall(b'CONNECT {"verbose":false,"headers":true,"no_responders":true}\r\nSUB %s 1\r\n' % self.inbox.encode())

    def ask(self, subject, request):
        body = request if isinstance(request, bytes) else json.dumps(request).encode()
        self.socket.sendall(b'PUB %s %s %d\r\n%s\r\n' % (subject.encode(), self.inbox.encode(), len(body), body))
        while line := self.lines.readline():
            words = line.split()
            if words[0] == b'PING':
                self.socket.sendall(b'PONG\r\n')
            elif words[0] == b'MSG':
                answer = self.lines.read(int(words[-1]) + 2)
                return json.loads(answer)
            elif words[0] == b'HMSG':  # a status alone: nobody answers
                self.lines.read(int(words[-1]) + 2)
                raise ValueError('nobody answers %s' % subject)
        raise OSError('the connection ended')

    def held(self, stream):
        """[(subject, bytes)] of all that the stream holds, in order."""
        state = self.ask('$JS.API.STREAM.INFO.%s' % stream, {})['state']
        out = []
        for number in range(state['first_seq'], state['last_seq'] + 1):
            answer = self.ask('$JS.API.STREAM.MSG.GET.%s' % stream, {'seq': number})
            if 'message' in answer:
                out.append((answer['message']['subject'], base64.b64decode(answer['message'].get('data', ''))))
        return out


def messages(port, stream):
    with Client(port) as client:
        return client.held(stream)
