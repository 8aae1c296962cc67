import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benchmarks.ways import ENGLISH, JAPANESE, KOREAN, Way, ways_of
from retrieval.question import english_courtesies
from retrieval.question.courtesies import PIECES, bare_question, without_courtesies

QUESTIONS = (
    "Why was the bakery in Nara fined?",
    "Who thanked the bot for the answer?",
    "How many people please the mayor?",
    "What did Ann Lee say about the tell-all book?",
    "When does the ferry to Busan leave on Sundays?",
    "Which two towns asked for help after the storm?",
    "In which year was the old bridge closed?",
    "Where is Please Please Me sold?",
    "Whose boat is it that sank in the U.S.?",
    "Is the lighthouse keeper wondering who wrote to him?",
    "Did the council tell residents why the road was closed?",
    "What's the name of the song that begins with \N{LEFT DOUBLE QUOTATION MARK}Hello"
    "\N{RIGHT DOUBLE QUOTATION MARK}?",
    "그 빵집은 왜 벌금을 냈나요?",
    "누가 시장에게 고맙다고 말했습니까?",
    "부산으로 가는 배는 언제 출발하나요?",
    "오래된 다리는 몇 년에 폐쇄되었는가?",
    "등대지기에게 편지를 알려 준 사람은 누구인가요?",
    "奈良のパン屋はなぜ罰金を科されましたか？",
    "市長にありがとうと言ったのは誰ですか？",
    "釜山行きの船はいつ出ますか？",
    "先生は生徒に何を教えていますか？",
    "古い橋が閉鎖されたのは何年ですか？",
)


def test_there_are_thirty_ways_in_each_language() -> None:
    assert all(len(set(ways)) >= 30 for ways in (ENGLISH, KOREAN, JAPANESE))


@pytest.mark.parametrize("question", QUESTIONS)
def test_however_a_question_is_said_the_same_words_ask(question: str) -> None:
    assert bare_question(question) == question
    for way in ways_of(question):
        assert _words(bare_question(way.say(question))) == _words(question), way


_BEGINNINGS = "who whom whose where which why when how what".split()
_WORDS_OF_COURTESIES = (
    "are can could do would you u get have know tell me about time a moment doing today please so bot , ? !"
).split()


@given(st.sampled_from(_BEGINNINGS), st.lists(st.sampled_from(_WORDS_OF_COURTESIES), max_size=8))
def test_no_courtesy_begins_like_a_plain_question(first: str, words: list[str]) -> None:
    text = " ".join([first, *words])
    if english_courtesies._PLAIN.match(text):
        assert not english_courtesies._OPENING.match(text)


@given(st.sampled_from(QUESTIONS), st.data())
def test_one_courtesy_around_another_changes_nothing_either(question: str, data: st.DataObject) -> None:
    whole = [way for way in ways_of(question) if "{q}" in way.words and not way.lower]
    inner, outer = (data.draw(st.sampled_from(whole), label) for label in ("inner", "outer"))
    assert _words(bare_question(outer.say(inner.say(question)))) == _words(question)


def test_titles_before_names_make_no_story_of_one_long_question() -> None:
    question = (
        "Does the article of the Post that tells how the council closed the bridge suggest that Rep. Ann "
        "Kim has turned down the post of mayor for good, while another one says that groups of both parties "
        "want Rep. Ann Kim or Sen. Bo Lee to lead the city for some months more?"
    )
    assert bare_question(question) == question


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("Hey bot can you please tell me why Federer was fined? thanks!", "why Federer was fined?"),
        ("tl;dr tokamaks", "tokamaks"),
        ("is the pilot alive, yes or no?", "is the pilot alive?"),
        ("did the pilot win yes/no", "did the pilot win?"),
        ("Did the pilot win? (y/n)", "Did the pilot win?"),
        ("yes or no: did the pilot win", "did the pilot win?"),
        ("/ask who won the race", "who won the race?"),
        ("newsdesk ask why was the race off", "why was the race off?"),
        ("wait, who won the race?", "who won the race?"),
        ("hmm ok. different question: who won the race", "who won the race?"),
        ("new topic - the race in Nara", "the race in Nara"),
        ("Is there another question?", "Is there another question?"),
        ("i want to know about hurricane irma victims pls", "hurricane irma victims"),
        ("Tell me about the flood in Haiti.", "the flood in Haiti."),
        ("What can you tell me about the summit?", "the summit?"),
        ("need info on the recall asap", "the recall"),
        ("Can you tell me the name of the pilot?", "the name of the pilot?"),
        ("I was wondering whether the race was held", "the race was held"),
        ("it would be great if you could tell me who won the race", "who won the race?"),
        ("I'd be grateful if you could let me know who won the race", "who won the race?"),
        ("not sure if this is the right place, but who won the race?", "who won the race?"),
        ("Can you help me with a question? Who won the race?", "Who won the race?"),
        ("dear newsdesk, who won the race? kind regards", "who won the race?"),
        ("Who won the race?? Pls answer", "Who won the race?"),
        ("HEY BOT CAN YOU TELL ME WHO WON THE RACE PLEASE", "WHO WON THE RACE?"),
        ("Good morning. A ship sank. How many were on board?", "A ship sank. How many were on board?"),
        ("who leads Nara Inc.?? thx", "who leads Nara Inc.?"),
        ("who won", "who won?"),
        ("What is the bridge made of pls?", "What is the bridge made of?"),
        ("What did the mayor say pls", "What did the mayor say?"),
        ("Who did the guard search for please", "Who did the guard search for?"),
        ("The race took place in which year pls?", "The race took place in which year?"),
        ("the mayor received aid for what please", "the mayor received aid for what?"),
        ("the flood in Haiti, please?", "the flood in Haiti?"),
        (
            "Dear Newsdesk team, I hope this finds you well. Could you kindly let me know who won the race? "
            "Best regards, Tom",
            "who won the race?",
        ),
        ("Why was the race off? Cheers, Ann B. Lee", "Why was the race off?"),
        ("https://nara.example/a how many ships sank?", "how many ships sank?"),
        ("Tell me about him, thanks", "Tell me about him"),
        ("BREAKING: who won the race?", "who won the race?"),
        ("URGENT who won the race?", "who won the race?"),
        ("OMG who won the race? FYI", "who won the race?"),
        ("who won the race ASAP", "who won the race?"),
        ("Mr. Bot, who won the race?", "who won the race?"),
        ("Claude, who won the race?", "who won the race?"),
        ("Hey ChatGPT: who won the race?", "who won the race?"),
        ("In Spanish please: who won the race?", "who won the race?"),
        ("Who won the race? In French, please", "Who won the race?"),
        ("Using only the articles, who won the race?", "who won the race?"),
        ("Based only on your sources: who won the race?", "who won the race?"),
        ("gimme the lowdown on the race in Nara", "the race in Nara"),
        ("explain like i'm five what a tokamak is", "what a tokamak is?"),
        ("나라 정상회담에 대해 알려줘", "나라 정상회담"),
        ("벌금을 낸 이유를 좀 알려 줄래요?", "벌금을 낸 이유"),
        ("혹시 누가 이겼는지 아시나요?", "누가 이겼는지"),
        ("奈良サミットについて教えて", "奈良サミット"),
        ("罰金を払った理由を教えてください。", "罰金を払った理由"),
        ("すみません、大統領が誰に会ったかご存じですか？", "大統領が誰に会ったか"),
    ],
)
def test_courtesies_are_left_out(said: str, asks: str) -> None:
    assert bare_question(said) == asks


@pytest.mark.parametrize(
    "question",
    [
        "Please Please Me",
        "Is the answer yes or no?",
        "What did he answer, yes or no vote?",
        "Please Like Me cast",
        "Tell me a story",
        "Tell Me Lies season 3",
        "Tell-all book author",
        "Thank You for Smoking director",
        "Hello Kitty sales",
        "Hey Jude writer",
        "Good Morning, Vietnam actor",
        "Dear Evan Hansen awards",
        "Well Fargo fine",
        "So Yoon Suk Yeol was ousted?",
        "Yo Gotti arrest",
        "Nice, France: the attack",
        "Bot farms in Russia",
        "Question Time host",
        "Breaking Bad director",
        "Breaking was an Olympic sport when?",
        "Claude Monet paintings",
        "Claude was born where?",
        "Siri and Alexa",
        "Urgent care costs",
        "In Spanish schools, what is taught?",
        "Was it the scoop on Nara?",
        "If You Could Read My Mind singer",
        "What did the bot say?",
        "What did Thank You for Smoking earn?",
        "What languages do you know?",
        "Who starred in Cheers?",
        "Who said thanks?",
        "How do I say please?",
        "What would the mayor do to please?",
        "What is the meaning of pls?",
        "Is there a song called Please?",
        "Do you think the ferry was late?",
        "Do you know Ann Lee?",
        "Can you hear whales from Busan?",
        "Can you tell whether a bridge is safe?",
        "Could you survive a storm?",
        "Would you die on Mars?",
        "can you tell me why?",
        "tell me more about him",
        "thanks!",
        "bye",
        "누가 영어를 가르쳐 줘?",
        "고마워",
        "誰に英語を教えてくれますか",
        "ありがとう",
    ],
)
def test_what_is_the_subject_itself_stays(question: str) -> None:
    assert bare_question(question) == question


STORY = (
    "I have been reading about the race for weeks now, and about all of the people who were there, and my "
    "brother talks about it at every dinner since he lost his money on it. He was not the only one, either, "
    "as far as I know. "
)


@pytest.mark.parametrize(
    ("end", "asks"),
    [
        ("What did the mayor of Nara say about the race?", "What did the mayor of Nara say about the race?"),
        (
            "What I want to know is this: who won the race in Nara? Thank you!",
            "who won the race in Nara?",
        ),
    ],
)
def test_of_a_long_story_the_question_at_its_end_is_searched(end: str, asks: str) -> None:
    assert bare_question(STORY + end) == asks


@pytest.mark.parametrize("end", ["What did he say about that?", "Who won?", "Nobody told me who won."])
def test_a_story_without_a_question_that_stands_by_itself_stays_whole(end: str) -> None:
    assert bare_question(STORY + end).startswith("I have been reading")


def test_no_more_is_taken_away_than_people_say() -> None:
    assert without_courtesies("Hey, " * PIECES + "who won the race?") == "who won the race?"
    assert without_courtesies("Hey, " * (PIECES + 1) + "who won the race?") == "Hey, who won the race?"


@given(st.text(max_size=200))
def test_of_any_text_a_piece_is_left(text: str) -> None:
    asked = without_courtesies(text)
    assert asked in text
    assert bool(asked) == bool(text)
    assert bare_question(text).removesuffix("?") in text


@given(
    st.lists(st.sampled_from([*" ,.!?", "please", "hey", "tell me", "why", "bot", "pls", "教えて", "알려줘"]))
)
def test_what_is_left_of_nothing_but_courtesies_is_still_a_question(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assume(any(character.isalnum() for character in text))
    assert any(character.isalnum() for character in bare_question(text))


def _words(text: str) -> str:
    """The words, whatever their case and the mark after them."""
    return text.casefold().rstrip("?？")


def test_a_way_embeds_only_what_begins_like_a_question() -> None:
    assert not any(way.embeds for way in ways_of("A ship sank. How many were on board?"))
    assert any(way.embeds for way in ways_of("How many were on board?"))
    assert Way("can you tell me {clause}?").say("How many?") == "can you tell me how many?"
