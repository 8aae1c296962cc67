"""Injects faults between a bot and Slack's Web API."""

import json

from tools.local_platform import faults
from tools.local_platform.faults import Fault
from tools.local_slack.rules.errors import Refused, rate_limited


class Faults(faults.Faults):
    """Faults for methods, by patterns of their names; also for response_url and upload."""

    def limit(self, method: str, *, retry_after: int, times: int | None = 1) -> Fault:
        """Answer 429 with a wait of `retry_after` seconds."""
        return self._refuse(method, rate_limited(retry_after), times)

    def refuse(self, method: str, error: str, *, times: int | None = 1) -> Fault:
        """Answer with one of Slack's errors: invalid_auth, msg_blocks_too_long, internal_error, …"""
        return self._refuse(method, Refused(error), times)

    def slow(self, method: str, seconds: float, *, answer_only: bool = False, times: int | None = 1) -> Fault:
        """Delay a call by `seconds` before it is executed, or, with `answer_only`, only its response."""
        return self._slow(method, seconds, answer_only, times)

    def _refuse(self, method: str, refused: Refused, times: int | None) -> Fault:
        return self.answer(
            method,
            status=refused.status,
            body=json.dumps(refused.body),
            headers={**refused.headers, "Content-Type": "application/json"},
            error=refused.error,
            times=times,
        )
