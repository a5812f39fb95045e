"""A webhook and a mail server on loopback that fail, hang and die as they are told."""

import json
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Answer = int | str | tuple[int, dict] | Callable[[], None]
SECRET = "T0P-SECRET"
PASSWORD = "pa55-w0rd"


class Hook(ThreadingHTTPServer):
    """Answers each request with the next of its answers, and 200 once there are none."""

    daemon_threads = True

    def __init__(self, *answers: Answer) -> None:
        """Take the answers: a status, with headers or not, `hang`, `die`, or something to do."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = list(answers)
        self.texts: list[str] = []
        self.bodies: list[dict] = []
        self.paths: list[str] = []
        self.released = threading.Event()

    @property
    def address(self) -> str:
        """Return the address with a secret in its path, as Slack's has."""
        return f"http://127.0.0.1:{self.server_port}/services/{SECRET}"

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that have gone."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    def do_POST(self) -> None:
        """Note the text and answer as told."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body)
        self.server.texts.append(body["text"])
        self.server.paths.append(self.path)
        answer = self.server.answers.pop(0) if self.server.answers else 200
        headers = {}
        if callable(answer):
            answer()
            answer = 200
        if isinstance(answer, tuple):
            answer, headers = answer
        if answer == "hang":
            self.server.released.wait(20)
        elif answer == "die":
            self.wfile.write(b"HTTP/1.1 2")
        else:
            self.send_response(answer)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"ok")

    def do_GET(self) -> None:
        """Be where a redirect leads: nobody should come."""
        self.server.paths.append(f"GET {self.path}")
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@contextmanager
def open_hook(*answers: Answer) -> Iterator[Hook]:
    """Serve while the block runs."""
    with Hook(*answers) as hook:
        threading.Thread(target=hook.serve_forever, daemon=True).start()
        try:
            yield hook
        finally:
            hook.released.set()
            hook.shutdown()


class Post(socketserver.StreamRequestHandler):
    """One connection of a mail server: without a certificate it takes passwords without TLS."""

    def handle(self) -> None:
        """Take commands; to each mail it gives the next of its answers, and 250 after these."""
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            self.server.lines.append(line.decode())
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                mail = b""
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    mail += line
                self.server.mails.append(mail.decode())
                answer = self.server.answers.pop(0) if self.server.answers else "250"
                if answer == "die":
                    return
                self.wfile.write(f"{answer} said\r\n".encode())
            elif word == b"EHLO":
                offered = "AUTH PLAIN LOGIN"
                if self.server.tls and not isinstance(self.request, ssl.SSLSocket):
                    offered = "STARTTLS"
                self.wfile.write(f"250-here\r\n250 {offered}\r\n".encode())
            elif line.strip() == b"STARTTLS":
                self.wfile.write(b"220 go on\r\n")
                self.request = self.server.tls.wrap_socket(self.request, server_side=True)
                self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)
                self.server.lines.append("(encrypted)")
            elif word == b"AUTH":
                self.wfile.write(b"235 welcome\r\n")
            else:
                self.wfile.write(b"250 ok\r\n")


@contextmanager
def open_post(
    *answers: str, certificate: Path | None = None
) -> Iterator[socketserver.ThreadingTCPServer]:
    """Take mail while the block runs; `certificate` holds a key too, and makes it offer TLS."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as post:
        post.daemon_threads = True
        post.tls = None
        if certificate:
            post.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            post.tls.load_cert_chain(certificate)
        post.answers, post.mails, post.lines = list(answers), [], []
        threading.Thread(target=post.serve_forever, daemon=True).start()
        try:
            yield post
        finally:
            post.shutdown()
