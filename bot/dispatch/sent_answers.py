"""Whether an answer arrived that a process was about to send when it ended."""

from bot.chat.question_request import QuestionRequest
from bot.dispatch.reply import Reply
from bot.service.service import Service


async def stands(service: Service, reply: Reply, question: QuestionRequest) -> bool:
    """Whether one stands where it was to be shown; then it is known where. False also where to send it again
    makes no second one of it, and where nobody can tell.

    Raises HomeUnusable, StoreUnusable, ReloadBusy.
    """
    if not question.message:
        return False
    answers, tenant = service.chat_store.answers, question.venue.tenant
    kept = await service.db_worker.run(answers.to_question, tenant, question.message, tenant=tenant)
    found = await reply.find([record.id for _, record in kept]) if kept else None
    if found is None:
        return False
    await service.db_worker.run(answers.set_message, *found, tenant=tenant)
    return True
