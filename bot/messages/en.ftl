# The bot's own words. Nothing here is ever part of a quote.

## Dates, ages, counts

undated = undated
age-future = after the question was asked
age-today = today
age-yesterday = yesterday
age-days = { $count ->
    [one] 1 day ago
   *[other] { $count } days ago
}
age-months = { $count ->
    [one] 1 month ago
   *[other] { $count } months ago
}
age-years = { $count ->
    [one] 1 year ago
   *[other] { $count } years ago
}
count-articles = { $count ->
    [one] 1 article
   *[other] { $count } articles
}

## Answers

filter-sources = from { $names }
filter-since = since { $date }
filter-until = until { $date }
filter-without = leaving out articles { $what }
only = Only { $filters }.
read-only = Only articles { $what }
read-without = Leaving out articles { $what }
read-rather = Preferring articles { $what }
read-authors = by { $names }
read-now = Preferring the newest articles
read-dates = from { $dates }
read-spelling = Reading “{ $written }” as “{ $meant }”
read-day-first = “{ $written }” is { $date }, day first
read-month-first = “{ $written }” is { $date }, month first
read-title = with “{ $title }”
read-address = at that address
read-parts = { $count ->
    [one] 1 question
   *[other] { $count } questions
}
nothing-from = Nothing from { $period }
nothing-from-newest = Nothing from { $period }; the newest article is from { $date }
as-of = As of { $date }, the newest passage found that matches
as-of-older = The first quote is from { $date }; another one here is newer, from { $newest }
as-of-unknown = The articles found are undated, so this may be out of date
which-person = Different people are named { $name } here: { $people }. Ask with the full name.
quotes-not-of = None of these quotes says that it is about { $time }
quotes-not-naming = None of these quotes mentions { $name }
only-quotes = I only quote articles: I don't write, summarise or translate.
foreign-question = The search model here knows English, so only the words of this question were compared. Ask in English, or let whoever runs the bot set a multilingual model: NEWSDESK_MODEL.
unanswered = I found no answer to: “{ $question }”
no-answer = I found no answer in these articles.
missing-time = None of the closest passages is about { $time }.
missing-name = None of the closest passages mentions { $name }.
missing-time-name = None of the closest passages is about { $time }, and none mentions { $name }.
nearest = Closest matches (they may not answer this):
searched = Searched { $articles }.
searched-newest = Searched { $articles }, the newest from { $date }.
searched-within = Searched { $within } of { $articles } ({ $filters }).
searched-within-newest = Searched { $within } of { $articles } ({ $filters }), the newest from { $date }.
try-dates = Try wider dates.
try-sources = Try all sources.
try-both = Try wider dates or all sources.
confidence = Confidence { $percent }%
also-in = also in { $names }
also-reported = also reported by { $names }
sources-differ = These sources give different numbers: { $answers }
sources-may-differ = These sources may differ: compare them.
quote-denies = The first quote says “{ $word }”: read it closely.
understood = Follow-up to: “{ $question }”
checked = Checked against the news
shared-by = Shared by { $name }
gone = { $count ->
    [one] 1 quote is not shown any more: its article was changed or withdrawn.
   *[other] { $count } quotes are not shown any more: their articles were changed or withdrawn.
}
nothing-more = There is nothing more about this.
why-title = Why these quotes
why-no-meaning = meaning: not compared, as the model does not know the question’s language
why-strong = meaning: strong
why-fair = meaning: fair
why-weak = meaning: weak
why = Matched: { $words } · { $meaning }.
why-wordless = No words in common · { $meaning }.
why-age = Published { $age }.
why-copies = Preferred to { $count ->
    [one] 1 copy
   *[other] { $count } copies
} of the same words in other articles.
check-title = Checked again
check-count-unchanged = { $count } unchanged
check-count-stands = { $count } as { $count ->
    [one] it was
   *[other] they were
} in an edited article
check-count-moved = { $count } moved
check-count-changed = { $count } changed
check-count-withdrawn = { $count } withdrawn
check-unchanged = Unchanged.
check-stands = The article was edited since; these words still stand in it.
check-moved = The article is not there any more; the same words stand in:
check-changed = Changed: the article was edited, and these words no longer stand in it.
check-withdrawn = Withdrawn: the article is no longer here.
check-was = It said:
check-now = It says now:
check-nothing-like-it = Nothing like it stands there now.
latest-title = The latest
latest-topic = The latest about { $topic }
latest-undated = None of these has a publication date, so they may not be the newest.
articles-undated = { $articles }, without a date
latest-none = There are no articles here yet.
latest-none-about = No article is about “{ $topic }”.
sources-title = Sources
sources-line = { $articles }, the newest from { $date }
sources-rest = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
page = Page { $page } of { $pages }
thread-title = News: { $question }
thread-opened = Keep asking here. Each question is understood together with the one before; no mention is needed.
thread-opened-mention = Keep asking here and mention me each time. Each question is understood together with the one before.
vote-thanks = Thank you. Only the people who run this bot see your vote.

## Buttons

button-more = More
button-context = Context
button-why = Why
button-status = Status of the corpus
button-reports = All reports
button-events = One for each event
button-check = Check again
button-share = Share
button-dismiss = Dismiss
button-thread = Keep asking in a thread
button-read = Read { $number }
button-previous = Previous
button-next = Next
button-confirm = Reload now
button-force = Reload anyway
button-cancel = Cancel
button-all = Search without filters
button-as-asked = Search my exact words
button-without-sources = All sources
button-without-since = Any start date
button-without-until = Any end date
button-close = Close
button-context-of = Context of { $number }
button-actions = More actions
button-fewer = Fewer buttons
button-follow = Follow this story
button-standing = Pause or remove
button-pause = Pause
button-resume = Resume
button-unwatch = Remove
button-watched = All that is watched
helpful = Helpful
not-helpful = Not helpful

## Why not

reason-title = What went wrong?
reason-kind = It was
reason-wrong = not an answer to my question
reason-old = out of date
reason-source = from the wrong source
reason-missing = no answer, though there is one
reason-other = something else
reason-text = In your own words (optional)

## Saying no

busy = Busy: { $ahead ->
    [one] 1 question is
   *[other] { $ahead } questions are
} ahead of yours. Please ask again in { $seconds ->
    [one] a second
   *[other] { $seconds } seconds
}.
too-late = This took too long because there were too many questions at once. Please ask again.
too-fast = You ask faster than is allowed here. Please wait { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}.
switched-off = Answers are switched off in this channel.
commands-only = I answer only commands here: use /ask.
no-collection = There is nothing to search here: no collection is open to this place.
no-source = None of the sources that are searched here has articles now: { $names }.
unknown-collection = There is no collection “{ $name }” here. There are: { $near }.
unknown-source = There is no source “{ $name }” here. The nearest are: { $near }.
question-empty = The question is empty. Ask something like “Who met in Nara?”
question-long = The question is too long to search with. Ask in a sentence.
question-wordless = The question has no words to search for. Ask something like “Who met in Nara?”
bad-date = “{ $text }” is not a date I know. Write today, last week, March 2026, 2026-01 or 2026-01-14.
dates-swapped = The first date is after the last one. Swap them.
moderated = The moderation rules of this place block my answer, so I am telling only you.
title-moderated = The moderation rules of this place do not allow your question as the name of a thread. Start a thread yourself and mention me there.
check-wordless = There are no words in that message that I could look up.
check-how = There are no words there that I could look up. Mention me in a reply to the message that you mean, or open its menu and choose Apps → Check against the news.
mention-me = You mentioned my role, and then Discord does not show me what you wrote. Please mention me by my name, which has the app badge.
answer-gone = That answer is no longer kept. Please ask again.
quotes-gone = None of its quotes can be shown any more: their articles were changed or withdrawn.
article-gone = That article is no longer here.
no-article = There is no article “{ $name }” here.
not-allowed = Only those who manage this server, or the roles that they chose in /settings, can do that.
not-yours-named = There is no collection “{ $name }” that you can change here. You can change: { $names }.
not-yours = You can't administer any collection here. Whoever runs the bot can give you one.
only-in-community = That works only in a server.
not-the-asker = Only the person who asked, or a moderator, can do that.
shared-already = Everyone can see this answer already.
cannot-write = You are not allowed to write in this channel, so I will not share it here.
cannot-write-there = I am not allowed to write in the channel where you asked. Ask its moderators to allow it, or ask me here.
thread-there = This answer already has a thread: continue there.
cannot-open-thread = I am not allowed to open a thread here.
may-not-open-thread = You are not allowed to open threads in this channel.
cannot-open-thread-without = I can't open a thread here because I lack a permission: { $permissions }. Ask someone who manages this server to grant it.
cannot-write-in-thread = I am not allowed to write in threads here, so I closed the one that I had opened. Ask someone who manages this server to allow it.
too-many-threads = This server has as many open threads as Discord allows. Close one, and try again.
permission-view-channel = View Channel
permission-read-message-history = Read Message History
permission-create-public-threads = Create Public Threads
permission-send-messages-in-threads = Send Messages in Threads
file-sent-directly = I am not allowed to attach files in this channel, so I am sending the file to you directly.
limit-collections = This community has { $used } collections of its own, and the limit is { $most }. Whoever runs the bot can allow more.
limit-sources = This community has { $used } sources, and the limit is { $most }. Remove one that is no longer needed, or ask whoever runs the bot.
limit-articles = With this, the community would exceed its limit of { $most } articles; it has { $used } now. Nothing was changed. Remove a source that is no longer needed, or ask whoever runs the bot.
limit-megabytes = With this, the community would exceed its limit of { $most } MB of text; it has { $used } MB now. Nothing was changed. Remove a source that is no longer needed, or ask whoever runs the bot.
reload-busy = The corpus is already being changed. Try again when that is finished.
stopping = I am being restarted. Please ask again in a minute.
operators = I could not read or write my data, so this was not done. Whoever runs me finds the reason in the log, under incident { $incident }.
not-done = That could not be done: { $reason }
broken = Something went wrong on my side. To report it, name incident { $incident }.
unsure = I can’t tell whether my answer has reached you. If you see none, please ask again.
too-large = That file has { $size } MB; the limit is { $limit } MB.
bad-choice = That can't be chosen here.
give-one = Give either an address or a file.

## Small talk

talk-here = Ask me about the news: I search { $articles } from { $sources }.
talk-sources = { $names } and { $count ->
    [one] 1 other source
   *[other] { $count } other sources
}
talk-okay = All right. Ask me whenever you want to know something.
talk-doubt = All right. Ask me whenever you want to know something.
talk-greeting = Hello! { $here }
talk-goodbye = Goodbye! I am here whenever you want to know something.
talk-good-night = Good night!
talk-thanks = You're welcome! { $here }
talk-praise = Thank you! { $here }
talk-insult = Sorry that I was no help. Questions with a name, a place or a date work best. { $here }
talk-noise = I found no words in that to search for. { $here }
talk-new-topic = All right. If your next question names what it is about, I search it by itself. { $here }
talk-outside = I only quote news articles, so I can't tell you that. { $here }
talk-write = I quote articles word for word; I don't write, summarise or translate. { $here }
quotes-again = I quote articles word for word; I don't write, summarise or translate. These are the quotes from before:
talk-more = There is no answer yet that I could go on with. { $here }
more-passages = Say “more” to see other passages.
talk-source = There is no answer yet whose source I could name, so please ask a question first. { $here }
quote-exact = The quote is the article's exact words. I do not judge whether they are true.
author-unnamed = the article names no author
no-such-quote = There is no quote { $number } in that answer.
talk-identity = I am Newsdesk, a program that answers with quotes from news articles; no language model writes my answers. { $here }
talk-count = I search { $articles }. The newest is from { $date }. Sources: { $sources }.
talk-count-undated = I search { $articles }. Publication dates are not known. Sources: { $sources }.
talk-privacy = I keep your question and which passages I quoted for { $days ->
    [one] 1 day
   *[other] { $days } days
}; only whoever runs this bot can read that. If you delete the message with your question, my answer and what I keep of it are deleted too. What is posted in a channel can be read by everybody there.
talk-privacy-unstored = I do not store questions that are asked in the terminal.
talk-ability = I answer questions about the news with quotes from articles. { $here }

## Counts, lists and single articles

listing-mention = { $count ->
    [one] 1 article mentions “{ $words }”
   *[other] { $count } articles mention “{ $words }”
}
listing-words = { $count ->
    [one] 1 article has each of these words: { $words }
   *[other] { $count } articles have each of these words: { $words }
}
listing-about = { $count ->
    [one] 1 article is about “{ $words }” or mentions it
   *[other] { $count } articles are about “{ $words }” or mention it
}
listing-none = No article mentions “{ $words }”.
listing-none-without = No article mentions “{ $words }” without “{ $without }”.
listing-nothing = There is no such article.
listing-nothing-then = Nothing from then.
listing-no-author = I have no article by “{ $name }”.
listing-otherwise = Only { $filters }. Without the dates: { $articles }.
listing-otherwise-newest = Only { $filters }. Without the dates: { $articles }, the newest from { $date }.
listing-range = { $first }–{ $last } of { $count }, newest first
listing-range-oldest = { $first }–{ $last } of { $count }, oldest first
listing-range-undated = { $first }–{ $last } of { $count }
listing-about-first = the { $about } about it first
listing-without = without “{ $words }”
button-add = Add it
button-search = Search for an answer instead
page-absent = That page is not in the corpus.
page-add = To add it, use **/corpus add** with its address.

## Standing questions

standing-title = What is watched for you here
standing-none = Nothing is watched for you here yet.
standing-how = **/watch** with a question or a source adds one: what newly answers it is posted here, or with **private** to you alone.
standing-choose = Choose one to pause or remove it
standing-question = what newly answers “{ $question }”
standing-story = the story of “{ $question }”
standing-source = everything new by { $name }
standing-directly = to you alone
standing-elsewhere = in another channel
standing-digest = one digest a day
standing-daily = { $count ->
    [one] at most 1 post a day
   *[other] at most { $count } posts a day
}
standing-quiet = quiet { $hours } ({ $zone })
standing-paused-asked = paused
standing-paused-closed = paused: I was not allowed to post there
standing-paused-left = paused: who set it has left; resuming it makes it yours
standing-rest = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
standing-rest-articles = { $count ->
    [one] and 1 more article
   *[other] and { $count } more articles
}
standing-set = From now on I watch for new articles on this:
standing-followed = From now on I watch for new articles on this story:
standing-is-paused = Paused:
standing-is-resumed = Resumed:
standing-removed = Removed. Nothing more is posted for it.
standing-new = New, for a question that is watched here
standing-new-story = New, in a story that is followed here
standing-digest-title = New articles
standing-already = That is watched here already.
standing-too-many-person = You have { $most } of these, and that is the limit. Remove one that you no longer need.
standing-too-many-tenant = This community has { $most } of these, and that is the limit. Remove one that is no longer needed.
standing-not-here = I can't post here by myself, as I am not a member here. With the option private I send it to you directly.
standing-no-question = There is nothing to watch for in that. Ask a question, or name a source.
standing-gone = That is no longer watched.
standing-not-yours = Only who set it, a moderator or an administrator can do that.
standing-bad-quiet = “{ $text }” are no hours that I know. Write them like 22-7.
standing-bad-zone = “{ $text }” is no time zone that I know. Write it like Asia/Seoul.
standing-bad-daily = “{ $text }” can’t be a number of posts a day: write 1 to { $most }.

## Help

help = I answer with the exact words of news articles and write nothing of my own.
help-examples = Ask, for example, “{ $first }” or “{ $second }”
example-news = news about { $subject }
example-source = latest from { $source }
help-ask = **/ask** finds quotes that answer. Narrow it by source and dates if you like; **private** shows it to you alone.
help-mention = Or mention me, send me a direct message, or reply to one of my answers to ask on.
help-check = **Apps → Check against the news** on a message finds what the news says about it.
help-browse = **/latest** lists what is new, **/sources** what is searched, **/article** shows a whole article.
help-watch = **/watch** posts what newly answers a question, or is new by a source; without anything it lists what is watched.
help-buttons = Under an answer: **More** quotes, the **Context** of each, **Why** it was chosen, and 👍 👎 for those who run me.
help-admin = For those who manage the server: **/corpus** manages the articles, **/settings** where and how I answer.

## Administering

status-title = The corpus
status-sources = { $count ->
    [one] 1 place that is read
   *[other] { $count } places that are read
}
status-withdrawn = { $count ->
    [one] 1 article withdrawn
   *[other] { $count } articles withdrawn
}
status-refused = { $count ->
    [one] ⚠ One article could not be taken when its source was last read
   *[other] ⚠ { $count } articles could not be taken when their sources were last read
}
status-failing = ⚠ { $place } can't be read now: { $reason }
notice-failing = { $count ->
    [one] A source can’t be read
   *[other] { $count } sources can’t be read
}
notice-failing-hint = What they held can still be found. They are asked ever less often, and after five days once a week.
notice-back = { $count ->
    [one] A source can be read again
   *[other] { $count } sources can be read again
}
status-failing-hint = A channel that is chosen in **/settings channel** is told when that happens.
status-served = served
status-kept = kept
status-none = There are no articles yet: /corpus add
plan-title = What a reload would change
plan-counts = **{ $name }**: { $new } new, { $changed } changed, { $removed } removed, { $unchanged } unchanged
plan-nothing = Nothing would change.
plan-new = new
plan-changed = changed
plan-removed = removed
plan-rest = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
plan-confirm = The current articles stay in use until the update is finished.
plan-refused = Not done: { $reason }
working = Working …
stage-waiting = Waiting until another change of the corpus is finished
stage-reading = Reading the sources
stage-splitting = Splitting into passages
stage-indexing-words = Indexing words
stage-embedding = Indexing articles
stage-writing = Writing
stage-loading-the-model = Loading the model
stage-fetching = Fetching
progress = { $stage }: { $done } of { $total }
report-title = Done
report-nothing = Nothing had changed.
report-time = { $embedded ->
    [one] 1 text
   *[other] { $embedded } texts
} embedded, { $seconds } s.
report-problems = { $count ->
    [one] 1 problem, in the attached file:
   *[other] { $count } problems, in the attached file:
}
cancelled = Nothing was changed.
rolled-back = { $name } is served from generation { $generation } again. What was rolled back stays so until its source has something else; a reload reads all sources again.
history-title = Changes to the corpus
history-none = There were no changes yet.
audit-title = Who did what
audit-refused-title = Who tried what and was refused
audit-none = No actions are recorded here yet.

## Settings

settings-server = Settings of this server
settings-channel = Settings of { $channel }
settings-this-channel = this channel
settings-hint = Changes are saved immediately.
settings-channel-hint = What is not chosen here is the same as for the server. Changes are saved immediately.
settings-inherit = Same as server
settings-group-where = Where I answer
settings-group-searched = What I search
settings-group-form = How answers look
settings-group-limits = Limits
settings-group-notices = Notices
settings-group-administrators = Administrators
setting-answers = What I answer
setting-answers-nowhere = nothing here
setting-answers-commands = only commands
setting-answers-mentions = commands and mentions
setting-answers-everything = every question asked here
setting-collections = Collections that are searched (none chosen: all)
setting-sources = Sources that are searched (none chosen: all)
setting-sources-more = Sources by name …
setting-sources-names = Names, with commas between
setting-private = Who sees answers to /ask
setting-private-no = everybody
setting-private-yes = only the asker
setting-passages = Quotes in an answer
setting-passages-value = { $count ->
    [one] 1 quote
   *[other] { $count } quotes
}
setting-language = Language of my words
setting-language-auto = each reader's own
setting-language-en = English
setting-language-ko = Korean
setting-language-ja = Japanese
setting-notices = When a source can’t be read
setting-notices-no = say nothing here
setting-notices-yes = say so here
setting-admin_roles = Extra admin roles
setting-admin_groups = Extra admin groups
setting-admin-hint = Discord shows /corpus and /settings only to those who manage the server. Show them to a role too under Server Settings → Integrations.
setting-admin-hint-slack = Workspace admins and owners may administer anyway.
setting-person_limit = Questions a minute, each person
setting-channel_limit = Questions a minute, the channel
setting-limit-value = { $count } a minute
setting-reset = Back to the defaults
setting-reset-channel = Same as server for everything
everything-unavailable = For that, whoever runs the bot has to enable the message content intent: NEWSDESK_DISCORD_MESSAGE_CONTENT=1.

## Commands

command-ask = ask
describe-ask = Answer a question with the exact words of news articles
option-question = question
describe-question = What you want to know
option-source = source
describe-source = Only from this source
option-collection = collection
describe-collection = Only from this collection
option-since = since
describe-since = Published on or after: today, last week, March 2026, 2026-01-14
option-until = until
describe-until = Published on or before
option-private = private
describe-private = Show the answer only to you
option-refused = refused
describe-refused = What was tried and refused
command-watch = watch
describe-watch = Post what newly answers a question, or list what is watched
describe-watch-question = What you want to be told of; without it and a source, what is watched is listed
describe-watch-source = Everything new by this source, or answers from it alone
describe-watch-private = Send it to you alone
option-digest = digest
describe-digest = One list a day instead of a post at once
option-daily = daily
describe-daily = Most posts a day; the rest comes together the next day
option-quiet = quiet
describe-quiet = Hours in which nothing is posted, like 22-7
option-zone = zone
describe-zone = The time zone of these hours, like Asia/Seoul
command-check = Check against the news
command-latest = latest
describe-latest = The newest articles, optionally about a topic
option-all = all
describe-all = Every report of an event, also those of other outlets
option-topic = topic
describe-topic = What they should be about
command-sources = sources
describe-sources = What is searched here
command-article = article
describe-article = Show a whole article
option-article = article
describe-article-option = Its title or id
command-help = help
describe-help = What I can do
command-corpus = corpus
describe-corpus = Manage the articles
command-status = status
describe-status = What is searched, and where it comes from
command-reload = reload
describe-reload = Read every source again, after showing what would change
command-rollback = rollback
describe-rollback = Go back to the corpus before the last change
command-history = history
describe-history = Changes to the corpus
command-audit = audit
describe-audit = Who did what here
command-add = add
describe-add = Add a page or a file
option-url = url
describe-url = The address of a page or a file
describe-add-source = The outlet of all its articles, whatever they say
option-language = language
describe-language = The language of all its articles: en, de, ja …
option-dates = dates
describe-dates = How 03/04/2026 is read: day-first or month-first
option-encoding = encoding
describe-encoding = The encoding of its text: cp1252, shift_jis …
option-fields = fields
describe-fields = What its files call a field: title=Headline, text=Story
option-file = file
describe-file = Text, Markdown, HTML, JSON, a feed, an e-mail, PDF, Word, or a ZIP of these
command-remove = remove
describe-remove = Remove an article or a source
option-target = target
describe-target = The id of an article or the location of a source
option-forget = forget
describe-forget = Erase its text for good; this can't be undone
command-restore = restore
describe-restore = Bring back a removed article
command-settings = settings
describe-settings = Where and how I answer
command-server = server
describe-server = The settings of the whole server
command-channel = channel
describe-channel = The settings of one channel
option-channel = channel
describe-channel-option = Which channel; this one where none is named

## Slack

form-ask = Ask the news
form-source = Source
form-since = Published on or after
form-until = Published on or before
form-private = Who sees it
form-send = Send
neither-yes-nor-no = Write “yes” or “no” behind “{ $name }:”, not “{ $value }”.
corpus-usage = Write /corpus status, reload, rollback, history, audit, audit refused, add ADDRESS, remove ARTICLE or restore ARTICLE. Add forget:yes to remove to erase the text for good, and in:NAME to any of them to name a collection. Behind add, source:"NAME", language:en, dates:day-first, encoding:cp1252 and fields:title=Headline,text=Story say how it is to be read. To add a file, use “Add to the corpus” on its message, in which in:NAME and these may stand.
look-in-direct = You can follow the progress in our direct messages.
give-one-slack = The message must have exactly one file.
file-elsewhere = That file is not kept at Slack, so I don't fetch it as a file. Add its page instead: { $command }
file-gone = That file was deleted, or is not for this workspace.
file-hidden = Slack hides that file: it is past what the workspace's plan keeps. Send it again.
file-denied = I may not read that file. Share it in a channel that I am in, or send it again here.
file-sign-in = Slack asks me to sign in instead of giving the file: the app lacks files:read. Whoever runs me must add it in the app's settings, and install the app again.
file-unreachable = Slack does not give that file right now. Try again in a minute.
home-corpus = What I search
home-questions = What you asked last
home-no-questions = Nothing yet. Write /ask, mention me, or write to me.

## On Slack, where things are called otherwise

help-ask-slack = **/ask** finds quotes that answer. Narrow it with `source:NAME`, `since:last-week`, `until:2026-01-14`; `private:yes` shows it to you alone. Without a question it opens a form.
help-mention-slack = Or mention me, send me a direct message, or ask on in the thread of an answer.
help-check-slack = **Check against the news** in a message's menu finds what the news says about it.
help-admin-slack = For administrators: **/corpus** manages the articles, **/newsdesk settings** where and how I answer.
help-browse-slack = **/latest** lists what is new, **/sources** what is searched, **/article** shows a whole article.
help-watch-slack = **/watch** posts what newly answers a question, or is new by a source; without anything it lists what is watched.
standing-how-slack = **/watch** with a question, or with `source:NAME`, adds one: what newly answers it is posted here. `private:yes` sends it to you alone, `digest:yes` once a day; also `daily:3`, `quiet:22-7` and `zone:Asia/Seoul`.
not-allowed-slack = Only admins and owners of this workspace, or the groups that they chose in /newsdesk settings, can do that.
only-in-community-slack = That works only in a workspace.
settings-server-slack = Settings of this workspace
settings-channel-hint-slack = What is not chosen here is the same as for the workspace. Changes are saved immediately.
settings-inherit-slack = Same as workspace
setting-reset-channel-slack = Same as workspace for everything
setting-admin_roles-slack = Extra admins
not-yours-slack = You can't administer any collection here. Whoever runs the bot can give you one.
commands-only-slack = I answer only commands here: use /ask.
status-failing-hint-slack = A channel that is chosen in **/newsdesk settings channel** is told when that happens.
page-add-slack = To add it, type **/corpus add ADDRESS**.
status-none-slack = There are no articles yet: /corpus add ADDRESS
setting-private-slack = Who sees answers to /ask
check-how-slack = There are no words there that I could look up. Mention me in the thread of the message that you mean, or open its menu and choose Check against the news.

install-title = Newsdesk for Slack
install-text = Newsdesk answers questions about the news with the exact words of articles, each quote cited. It writes nothing of its own.
install-asks = Slack will show you what the app may do in your workspace. You can take it out again at any time, and what was said with it is forgotten then.
install-button = Add to Slack
installed-title = Newsdesk is in { $workspace }
installed-slack-ask = In Slack, ask with /ask, or write to the app directly. To ask in a channel by name, write @Newsdesk there: Slack offers to invite it.
installed-slack-admin = Who administers the workspace adds articles of its own with /corpus add ADDRESS, and chooses where the app answers with /newsdesk settings.
installed-open = Open Slack
install-failed-title = Newsdesk was not installed
install-failed-denied = You did not allow it in Slack, and nothing was changed.
install-failed-again = This page was open for too long, was used before, or was opened in another browser. Begin again.
install-failed-refused = Slack did not confirm the installation. Begin again; if that does not help, tell whoever runs this Newsdesk.
install-failed-away = Slack can't be reached, or nothing can be kept here at the moment. Try again in a few minutes.
install-again = Begin again
