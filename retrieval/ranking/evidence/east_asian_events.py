"""Events of people's lives that a Korean or Japanese question asks about, and the words that tell of them.

As in English (`retrieval/reading/asked/life_events.py`), "首相はいつ生まれましたか" is not answered by
the day on which the prime minister spoke.
"""

from corpus.lazy_pattern import lazy_pattern

EVENTS = (
    (
        lazy_pattern(r"태어|출생|생일|生まれ|誕生|出生"),
        lazy_pattern(
            r"태어|출생|탄생|생일|년생|生まれ|生れ|誕生|出生|生誕|\d[年日年월일]?頃?\s?[-–~〜]|\(\d{3,4}[-–~〜]"
        ),
    ),
    (
        lazy_pattern(r"죽[었은는]|사망|숨[졌진지]|별세|서거|세상을 떠|死[んにぬ亡者]|亡くな|没し|逝去"),
        lazy_pattern(
            r"죽|사망|숨|별세|서거|타계|희생|세상을 떠|시신|유해|死|亡|没|逝|殺|遺体|犠牲"
            r"|[-–~〜]\s?\d{3,4}[年년]"
        ),
    ),
    (
        lazy_pattern(
            r"결혼|혼인|남편|아내|배우자|結婚|婚姻|配偶者|(?<![\u3400-\u9fff])[妻夫](?![\u3400-\u9fff])"
        ),
        lazy_pattern(
            r"결혼|혼인|약혼|(?<![가-힣])(?:아내|남편|부부)|(?<![가-힣])부인(?!하|했|한)|배우자|婚|妻|夫人|夫妻|夫婦"
            r"|配偶|(?<![\u3400-\u9fff])夫(?![\u3400-\u9fff])"
        ),
    ),
    (
        lazy_pattern(r"다[쳤친]|부상|負傷|怪我|けが"),
        lazy_pattern(r"다[쳤친치쳐]|부상|중상|경상|화상|치료|병원|負傷|重傷|軽傷|怪我|けが|火傷|治療|病院"),
    ),
    (
        lazy_pattern(r"구조[되됐]|구출|생존|살아남|救助|救出|生存"),
        lazy_pattern(r"구조[되됐했한]|구출|생존|살아남|救助|救出|生存|助け"),
    ),
)
"""For each event of somebody's life, what asks for it and what tells of it. The passage with the answer has
such a word for all 14 questions of JSQuAD and Belebele that ask for one and are answered."""
