"""What asks nothing gets one friendly line, and nothing is searched, kept or carried."""

import pytest
import pytest_asyncio

from bot.chat.preferences import AnswerPolicy
from tests.bot.platforms.platform import FURTHER, Platform, Room
from tests.bot.running_bot import PASSING

pytestmark = pytest.mark.asyncio(loop_scope="module")

HERE = "Ask me about the news: I search"


@pytest_asyncio.fixture(loop_scope="module")
async def room(platform: Platform) -> Room:
    """A channel that nothing was said in."""
    return platform.new_room("talk")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hi", "Hello! " + HERE),
        ("thanks!", "You're welcome! " + HERE),
        ("are you ChatGPT?", "no language model writes my answers"),
        ("👍", "All right. Ask me whenever you want to know something."),
        ("who wrote this?", "There is no answer yet whose source I could name"),
        ("do you store my questions?", "for 30 days; only whoever runs this bot can read that."),
        ("잘자", "안녕히 주무세요!"),
        ("how many articles do you have?", "I search 16 articles"),
        ("in one sentence please", "I don't write, summarise or translate. " + HERE),
        ("anything else?", "There is no answer yet that I could go on with. " + HERE),
        ("asdfghjkl", "I found no words in that to search for. " + HERE),
        ("what can you do?", "Ask, for example, “news about "),
        ("you are useless", "Sorry"),
        ("안녕하세요!", "안녕하세요! 뉴스에 대해 물어보세요."),
        ("요약해 줘", "요약하거나 번역하지는 않아요."),
        ("ありがとうございます", "どういたしまして！ニュースについて質問してください。"),
    ],
)
async def test_what_asks_nothing_gets_a_line_and_is_not_kept(
    platform: Platform, room: Room, text: str, words: str
) -> None:
    platform.rest()
    before = await kept(platform)
    said = await platform.call(platform.ann, room, text)
    asked = await platform.ask(platform.ann, room, text)
    direct = await platform.say(platform.ann, platform.direct(platform.ann), text)
    for outcome in (said, asked, direct):
        assert words in outcome.text
        assert not outcome.answer.acts
    assert asked.answer.alone == platform.ann.id
    assert await kept(platform) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("translate it", "These are the quotes from before:"),
        ("in one sentence please", "These are the quotes from before:"),
        ("요약해 줘", "조금 전의 인용문을 다시 보여 드릴게요."),
        ("要約して", "先ほどの引用をもう一度お見せします。"),
    ],
)
async def test_who_wants_an_answer_in_other_words_sees_its_quotes_again(
    platform: Platform, text: str, words: str
) -> None:
    platform.rest()
    thread = await platform.new_thread(platform.ann, platform.new_room())
    answered = await platform.call(platform.ann, thread, PASSING)
    again = await platform.call(platform.ann, thread, text)
    assert words in again.text
    assert again.answer.bold == answered.answer.bold != []
    opened = await platform.press(platform.ann, again.answer, "context", "1")
    assert "Chosei" in opened.text
    further = await platform.call(platform.ann, thread, FURTHER)
    assert "183" in further.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("source?", "The quote is the article's exact words. I do not judge whether they are true."),
        ("is that true?", "The quote is the article's exact words. I do not judge whether they are true."),
        ("누가 썼어?", "그 내용이 사실인지는 판단하지 않아요."),
        ("出典は？", "内容が事実かどうかは判断していません。"),
        ("read article 9", "There is no quote 9 in that answer."),
        ("really?", "Say “more” to see other passages."),
    ],
)
async def test_who_asks_for_the_source_of_an_answer_is_told_what_is_cited(
    platform: Platform, text: str, words: str
) -> None:
    platform.rest()
    thread = await platform.new_thread(platform.ann, platform.new_room())
    await platform.call(platform.ann, thread, PASSING)
    told = await platform.call(platform.ann, thread, text)
    assert words in told.text
    assert ("Newsdesk sample" in told.text) is words.endswith(("true.", "않아요.", "いません。"))
    further = await platform.call(platform.ann, thread, FURTHER)
    assert "183" in further.text


async def test_who_asks_for_more_sees_the_next_quotes_until_there_are_none(platform: Platform) -> None:
    platform.rest()
    thread = await platform.new_thread(platform.ann, platform.new_room())
    answered = await platform.call(platform.ann, thread, PASSING)
    more = await platform.call(platform.ann, thread, "tell me more")
    again = await platform.call(platform.ann, thread, "anything else?")
    assert len({answered.text, more.text, again.text}) == 3
    assert more.answer.bold != answered.answer.bold


@pytest.mark.parametrize(
    ("text", "note", "found"),
    [
        ("write a poem about the flood in the Chosei coal mine", "I only quote articles", True),
        ("조세이 탄광 사고를 세 줄로 요약해 줘", "글을 쓰거나 요약하거나 번역하지는 않아요", True),
        ("Warum wurde der Minister entlassen?", "The search model here knows English", False),
    ],
)
async def test_what_is_not_done_is_said_above_what_was_found(
    platform: Platform, text: str, note: str, found: bool
) -> None:
    platform.rest()
    said = await platform.say(platform.ann, platform.direct(platform.ann), text)
    assert note in said.text
    assert ("I found no answer" in said.text) is not found
    assert "NEWSDESK_MODEL" not in said.text or not found


async def test_a_follow_up_goes_on_from_the_question_before_the_small_talk(platform: Platform) -> None:
    room = platform.direct(platform.ann)
    await platform.say(platform.ann, room, PASSING)
    await platform.say(platform.ann, room, "thanks!")
    assert "183" in (await platform.say(platform.ann, room, FURTHER)).text


async def test_it_counts_as_a_question(platform: Platform, room: Room) -> None:
    await platform.prefer(room, person_limit=1)
    await platform.ask(platform.kim, room, "hi")
    (await platform.ask(platform.kim, room, "hi")).assert_told_alone("빨리 질문하고")


async def test_where_it_was_not_put_to_the_bot_nothing_is_said(listening: Platform) -> None:
    room = listening.new_room()
    await listening.prefer(room, answers=AnswerPolicy.EVERYTHING)
    for text in ("what can you do?", "how are you?", "どう思いますか？"):
        await listening.let_be(listening.ann, room, text)


async def test_somebodys_thanks_that_are_to_be_checked_are_searched(platform: Platform, room: Room) -> None:
    said = await platform.say(platform.kim, room, "thanks", wait=False)
    checked = await platform.check(platform.ann, said.said)
    assert "You're welcome" not in checked.text


async def kept(platform: Platform) -> object:
    """How many answers are kept."""
    store = platform.service.chat_store
    return await platform.service.db_worker.run(store.rows, "SELECT count(*) FROM answers")
