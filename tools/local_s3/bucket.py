"""An object store with one bucket on a free local port, with the part of the S3 API that is used here.

It follows Amazon's API reference (and moto, which can't be installed together with matplotlib), and refuses
all other requests.
"""

import hashlib
import re
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import uuid4
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

NAME = "newsdesk"
KEY = "somebody"
PAGE = 1000
"""The most objects in one response of a listing, as at Amazon."""
_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"


class Bucket:
    """The server, which runs when it is created; to be used as a context manager. All data is in memory."""

    def __init__(self) -> None:
        """Start the server."""
        self.objects: dict[str, tuple[bytes, datetime]] = {}
        self.parts: dict[str, dict[int, bytes]] = {}
        self.failing = 0
        """The number of next requests that are answered with a server error."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"bucket": self}))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables with which a program can use it."""
        return {
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self._server.server_port}",
        }

    def stop(self) -> None:
        """Stop the server; all data is lost."""
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    bucket: Bucket
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each body waits until the client acknowledges the headers

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Do not log requests."""

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        name, _, key = unquote(parts.path).removeprefix("/").partition("/")
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        if self.bucket.failing:
            self.bucket.failing -= 1
            self._refuse(503, "SlowDown")
        elif f"Credential={KEY}/" not in self.headers.get("Authorization", ""):
            self._refuse(403, "AccessDenied")
        elif hashlib.sha256(body).hexdigest() != self.headers.get("x-amz-content-sha256"):
            self._refuse(400, "XAmzContentSHA256Mismatch")
        elif name != NAME:
            self._refuse(404, "NoSuchBucket")
        elif key:
            self._object(key, query, body)
        else:
            self._whole(query, body)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _handle  # noqa: N815 - the library's names

    def _object(self, key: str, query: dict[str, str], body: bytes) -> None:
        objects, parts = self.bucket.objects, self.bucket.parts
        match self.command, sorted(query):
            case (("GET" | "HEAD"), []):
                if key not in objects:
                    self._refuse(404, "NoSuchKey")
                    return
                self._give(key)
            case "PUT", []:
                objects[key] = body, datetime.now(UTC)
                self._answer(200, headers={"ETag": _tag(body)})
            case "DELETE", []:
                objects.pop(key, None)
                self._answer(204)
            case "POST", ["uploads"]:
                upload = uuid4().hex
                parts[upload] = {}
                self._answer(200, _xml("InitiateMultipartUploadResult", UploadId=upload))
            case "PUT", ["partNumber", "uploadId"]:
                parts[query["uploadId"]][int(query["partNumber"])] = body
                self._answer(200, headers={"ETag": _tag(body)})
            case "POST", ["uploadId"]:
                numbers = [int(one) for one in re.findall(rb"<PartNumber>(\d+)<", body)]
                held = parts.pop(query["uploadId"])
                whole = b"".join(held[number] for number in numbers)
                objects[key] = whole, datetime.now(UTC)
                self._answer(200, _xml("CompleteMultipartUploadResult", ETag=_tag(whole)))
            case _:
                self._refuse(501, "NotImplemented")

    def _whole(self, query: dict[str, str], body: bytes) -> None:
        if self.command == "GET" and query.get("list-type") == "2":
            self._list(query.get("prefix", ""), query.get("continuation-token", ""))
        elif self.command == "POST" and "delete" in query:
            done = Element("DeleteResult", xmlns=_NAMESPACE)
            for key in [one.text or "" for one in fromstring(body).iter() if one.tag.endswith("Key")]:
                self.bucket.objects.pop(key, None)  # deleting a missing object succeeds
                SubElement(SubElement(done, "Deleted"), "Key").text = key
            self._answer(200, tostring(done))
        else:
            self._refuse(501, "NotImplemented")

    def _list(self, prefix: str, after: str) -> None:
        keys = sorted(key for key in self.bucket.objects.copy() if key.startswith(prefix) and key > after)
        some = keys[:PAGE]
        found = Element("ListBucketResult", xmlns=_NAMESPACE)
        for name, value in (("Name", NAME), ("Prefix", prefix), ("KeyCount", str(len(some)))):
            SubElement(found, name).text = value
        SubElement(found, "IsTruncated").text = str(len(some) < len(keys)).lower()
        if len(some) < len(keys):
            SubElement(found, "NextContinuationToken").text = some[-1]
        for key in some:
            content, stored = self.bucket.objects[key]
            entry = SubElement(found, "Contents")
            for name, value in (
                ("Key", key),
                ("LastModified", stored.isoformat(timespec="milliseconds").replace("+00:00", "Z")),
                ("ETag", _tag(content)),
                ("Size", str(len(content))),
            ):
                SubElement(entry, name).text = value
        self._answer(200, tostring(found))

    def _give(self, key: str) -> None:
        content, stored = self.bucket.objects[key]
        headers = {"ETag": _tag(content), "Last-Modified": stored.strftime("%a, %d %b %Y %H:%M:%S GMT")}
        wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if not wanted:
            self._answer(200, content, headers)
            return
        start, end = int(wanted[1]), int(wanted[2] or len(content) - 1) + 1
        headers["Content-Range"] = f"bytes {start}-{min(end, len(content)) - 1}/{len(content)}"
        self._answer(206, content[start:end], headers)

    def _refuse(self, status: int, code: str) -> None:
        self._answer(status, _xml("Error", Code=code))

    def _answer(self, status: int, body: bytes = b"", headers: dict[str, Any] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _xml(tag: str, **values: str) -> bytes:
    root = Element(tag, xmlns=_NAMESPACE)
    for name, value in values.items():
        SubElement(root, name).text = value
    return tostring(root)


def _tag(content: bytes) -> str:
    return f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"'
