"""HTTP: what Slack sends again, and what not."""

from aiohttp import web

from tools.local_slack import LocalSlack


async def test_events_are_sent_again_and_commands_are_not(slack: LocalSlack) -> None:
    answers = [500, 503, 200]
    seen: list[tuple[str | None, str | None]] = []

    async def take(request: web.Request) -> web.Response:
        seen.append((request.headers.get("X-Slack-Retry-Num"), request.headers.get("X-Slack-Retry-Reason")))
        status = answers.pop(0)
        return web.Response(status=status, headers={"X-Slack-No-Retry": "1"} if status == 418 else {})

    app = web.Application()
    app.router.add_post("/", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    slack.delivery_queue.retry_seconds = (0.0, 0.0, 0.0)
    slack.over_http(f"http://127.0.0.1:{port}/")
    said = await slack.say(slack.ann, slack.general, "Words")
    await said.acknowledged()
    assert seen == [(None, None), ("1", "http_error"), ("2", "http_error")]
    answers[:] = [500]
    asked = await slack.command(slack.ann, slack.general, "/ask", "who?")
    await slack.until(lambda: asked.failed)
    answers[:] = [418]
    stopped = await slack.say(slack.ann, slack.general, "Words")
    await slack.until(lambda: stopped.failed)
    assert len(seen) == 5
    await runner.cleanup()
    gone = await slack.say(slack.ann, slack.general, "Words")
    await slack.until(lambda: gone.failed)
    assert gone.failed == "connection_failed"
    assert len(gone.deliveries[0].sent) == 4
