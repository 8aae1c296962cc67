"""One server that speaks S3 on a free port of this machine, in a process of its own, with one bucket."""

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from socket import create_connection, socket
from tempfile import TemporaryDirectory
from typing import Self

NAME = "newsdesk"
START_SECONDS = 60
"""It is up in two seconds, on a machine with other work in more."""


class Bucket:
    """The server with a bucket in it, up when it is made; use it as a context manager. It keeps everything in
    its memory."""

    def __init__(self) -> None:
        """Start it and wait until it answers."""
        self._folder = TemporaryDirectory(prefix="newsdesk-s3-")
        with closing(socket()) as tried:
            tried.bind(("127.0.0.1", 0))
            self._port = int(tried.getsockname()[1])
        self.start()

    def start(self) -> None:
        """Start the server, which is empty then but for the bucket."""
        with (Path(self._folder.name) / "log").open("a") as log:
            command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-p", str(self._port)]
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder.name)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                self._make_bucket()
            except OSError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to know to use it."""
        return {
            "AWS_ACCESS_KEY_ID": "somebody",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self._port}",
        }

    def _make_bucket(self) -> None:
        request = f"PUT /{NAME} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nContent-Length: 0\r\n\r\n"
        with create_connection(("127.0.0.1", self._port), 5) as connection:
            connection.sendall(request.encode())
            if b" 200 " not in connection.recv(100):
                raise OSError("the server made no bucket")

    def stop(self) -> None:
        """End the server, with all that is in it."""
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._folder.cleanup()
