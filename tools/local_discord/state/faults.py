"""Injects faults between a bot and Discord's REST API."""

import json

from tools.local_platform import faults
from tools.local_platform.faults import Fault


class Faults(faults.Faults):
    """Faults for a method and a path below /api/v10, both of which are patterns."""

    def limit(
        self,
        method: str,
        path: str,
        *,
        retry_after: float,
        is_global: bool = False,
        shared: bool = False,
        times: int | None = 1,
    ) -> Fault:
        """Answer 429 with a wait of `retry_after` seconds; `shared` marks a limit that others used up."""
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": is_global}
        headers = {
            "Content-Type": "application/json",
            "Via": "1.1 google",
            "Retry-After": str(max(1, round(retry_after))),
            "X-RateLimit-Scope": "global" if is_global else "shared" if shared else "user",
        }
        headers |= (
            {"X-RateLimit-Global": "true"} if is_global else {"X-RateLimit-Reset-After": str(retry_after)}
        )
        return self.answer(method, path, status=429, body=json.dumps(body), headers=headers, times=times)

    def refuse(
        self, method: str, path: str, *, status: int, code: int, message: str = "", times: int | None = 1
    ) -> Fault:
        """Answer with an API error: an HTTP status and Discord's code."""
        body = json.dumps({"message": message, "code": code})
        headers = {"Content-Type": "application/json"}
        return self.answer(method, path, status=status, body=body, headers=headers, times=times)

    def slow(
        self, method: str, path: str, seconds: float, *, answer_only: bool = False, times: int | None = 1
    ) -> Fault:
        """Delay a request by `seconds` before it is executed, or, with `answer_only`, only its response."""
        return self._slow(f"{method} {path}", seconds, answer_only, times)
