"""Finds out whether an answer was sent by a process that ended in the meantime."""

from bot.chat.question_request import QuestionRequest
from bot.dispatch.incidents import log_incident
from bot.dispatch.reply import Reply
from bot.service.service import Service
from corpus.errors import NewsdeskError


async def was_sent(service: Service, reply: Reply, event: str, question: QuestionRequest) -> bool:
    """Whether an answer, or an error in its place, was sent; if so, its message is stored.

    False also if sending it again does not duplicate it, and if that can't be known.
    """
    answers, tenant = service.chat_store.answers, question.venue.tenant
    try:
        ids: list[str] = []
        if question.message:
            kept = await service.db_worker.run(answers.to_question, tenant, question.message, tenant=tenant)
            ids = [record.id for _, record in kept]
        # By the answer's own id first, so that its message can be stored.
        found = await reply.find([*ids, event])
        if found is None:
            return False
        if found[0] in ids:
            await service.db_worker.run(answers.set_message, *found, tenant=tenant)
    except NewsdeskError:
        log_incident("looking whether an answer stands there")
        return False
    return True
