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
only = Only { $filters }.
read-as = Read as: { $reading }
read-only = only { $what }
read-rather = rather { $what }
read-authors = by { $names }
read-now = the newest
read-spelling = “{ $meant }” for “{ $written }”
read-title = with “{ $title }”
read-parts = { $count ->
    [one] 1 question
   *[other] { $count } questions
}
no-answer = No answer in the corpus.
nearest = The nearest passages, which may not answer:
searched = Searched { $articles }.
searched-newest = Searched { $articles }, the newest of { $date }.
searched-within = Searched { $within } of { $articles } ({ $filters }).
searched-within-newest = Searched { $within } of { $articles } ({ $filters }), the newest of { $date }.
try-dates = Try it with wider dates.
try-sources = Try it with all sources.
try-both = Try it with wider dates or all sources.
confidence = Confidence { $percent }%
also-in = also in { $names }
understood = understood with what was asked before: { $question }
checked = Checked against the news
shared-by = Shared by { $name }
shortened = shortened, Context shows more
gone = { $count ->
    [one] 1 quote is not shown any more: its article was changed or withdrawn.
   *[other] { $count } quotes are not shown any more: their articles were changed or withdrawn.
}
nothing-more = There is nothing more about this.
context-title = Around quote { $number }
why-title = Why these quotes
why-meaning = its closest part has a similarity in meaning of { $value } (1 is the same)
why-no-meaning = the model does not know the question's language, so only words counted
why = Score { $score }: { $meaning }; its words earn { $words }% of what a passage with all of the question's words could; { $coverage }% of its telling words (weighed by how rare they are) stand in it or its title.
why-age = Published { $age }.
why-copies = Preferred to { $count ->
    [one] 1 copy
   *[other] { $count } copies
} of the same words in other articles.
latest-title = The latest
latest-topic = The latest about { $topic }
latest-undated = None of them says when it was published, so they are no newer than others.
articles-undated = { $articles }, without a date
latest-none = Nothing is served here yet.
sources-title = Sources
sources-line = { $articles }, the newest of { $date }
sources-rest = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
page = Page { $page } of { $pages }
thread-title = News: { $question }
thread-opened = Ask on here. What you ask is understood with what was asked before; no mention is needed.
thread-opened-mention = Ask on here and mention me each time. What you ask is understood with what was asked before.
vote-thanks = Thank you. Only those who run this bot see your vote.

## Buttons

button-more = More
button-context = Context
button-why = Why
button-share = Share
button-dismiss = Dismiss
button-thread = Ask on in a thread
button-read = Read { $number }
button-open = { $number } · { $host }
button-previous = Previous
button-next = Next
button-confirm = Reload now
button-force = Reload all the same
button-cancel = Cancel
button-without = Without “{ $filter }”
button-all = Everything, without filters
button-as-asked = Search without this
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
reason-text = In your words (may be left empty)

## Saying no

busy = Busy: { $ahead ->
    [one] 1 question is
   *[other] { $ahead } questions are
} ahead of yours. Please ask again in { $seconds ->
    [one] a second
   *[other] { $seconds } seconds
}.
too-late = This took too long, because too much was asked at once. Please ask again.
too-fast = You ask faster than is allowed here. Please wait { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}.
switched-off = Answers are switched off in this channel.
commands-only = Here I answer commands alone: use /ask.
no-collection = There is nothing to search from here: no collection is open to this place.
no-source = None of the sources that are searched here is in the corpus now: { $names }.
unknown-collection = There is no collection “{ $name }” here. There are: { $near }.
unknown-source = There is no source “{ $name }” here. The nearest are: { $near }.
question-empty = The question is empty. Ask something like “Who met in Nara?”
question-long = The question is too long to search with. Ask in a sentence.
question-wordless = The question has no words to search for. Ask something like “Who met in Nara?”
bad-date = “{ $text }” is not a date I know. Write today, last week, March 2026, 2026-01 or 2026-01-14.
dates-swapped = The first date lies after the last one. Swap them.
moderated = The automatic moderation of this place does not let my answer through, so only you are told.
title-moderated = The automatic moderation of this place does not take your question as the name of a thread. Start a thread yourself and mention me there.
check-wordless = I see no words in that message that could be looked up.
check-how = I see no words there that could be looked up. Mention me in a reply to the message that you mean, or open its menu and choose Apps → Check against the news.
mention-me = I was called by my role, and then Discord does not show me what you wrote. Please choose my name with the app badge instead.
answer-gone = That answer is not kept any more. Please ask again.
quotes-gone = None of its quotes is there any more: their articles were changed or withdrawn.
article-gone = That article is not here any more.
no-article = There is no article “{ $name }” here.
not-allowed = That is for those who manage this server, or whom they named in /settings.
not-yours = No collection here is yours to look after. Whoever runs the bot can give you one.
only-in-community = That works in a server alone.
not-the-asker = Only who asked, or a moderator, can do that.
shared-already = This answer stands here already, for everyone.
cannot-write = You may not write in this channel, so I will not share it here.
cannot-write-there = I may not write in the channel where you asked. Ask its moderators to let me, or ask me here.
thread-there = This answer has a thread already: ask on there.
cannot-open-thread = I may not open a thread here.
may-not-open-thread = You may not open threads in this channel.
cannot-open-thread-without = I can't open a thread here, as I lack a permission: { $permissions }. Ask who manages this server to give it to me.
cannot-write-in-thread = I may not write in a thread here, so I closed the one that I had opened. Ask who manages this server to let me.
too-many-threads = This server has as many open threads as Discord allows. Close one, and try again.
permission-view-channel = View Channel
permission-read-message-history = Read Message History
permission-create-public-threads = Create Public Threads
permission-send-messages-in-threads = Send Messages in Threads
file-sent-directly = I may not attach files in this channel: the file comes to you as a direct message.
limit-collections = This community has { $used } collections of its own, and may have { $most }. Whoever runs the bot can allow more.
limit-sources = This community has { $used } sources, and may have { $most }. Remove one that is not needed any more, or ask whoever runs the bot.
limit-articles = With this, this community would have more than the { $most } articles that it may have; it has { $used } now. Nothing was changed. Remove a source that is not needed any more, or ask whoever runs the bot.
limit-megabytes = With this, this community would have more than the { $most } MB of text that it may have; it has { $used } MB now. Nothing was changed. Remove a source that is not needed any more, or ask whoever runs the bot.
reload-busy = The corpus is being changed already. Try again when that is done.
stopping = I am being restarted. Please ask again in a minute.
operators = I can’t write down or read what I need right now, so this could not be done. Whoever runs me finds the reason in the log, under incident { $incident }.
not-done = That could not be done: { $reason }
broken = Something went wrong on my side. If you tell somebody, name incident { $incident }.
unsure = I can’t tell whether my answer has reached you. If you see none, please ask again.
too-large = That file has { $size } MB. At most { $limit } MB are taken.
bad-choice = That can not be chosen here.
give-one = Give an address or a file, one of the two.

## Help

help = I answer questions with the exact words of news articles, each quote cited. I write nothing of my own, so where the articles have no answer I say so.
help-ask = **/ask** finds quotes that answer. Narrow it by source and dates if you like; **private** shows it to you alone.
help-mention = Or mention me, write to me directly, or reply to one of my answers to ask on.
help-check = **Apps → Check against the news** on a message finds what the news says about it.
help-browse = **/latest** lists what is new, **/sources** what is searched, **/article** shows a whole article.
help-buttons = Under an answer: **More** quotes, the **Context** of each, **Why** it was chosen, and 👍 👎 for those who run me.
help-admin = Those who manage the server: **/corpus** looks after the articles, **/settings** after where and how I answer.

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
status-served = served
status-kept = kept
status-none = Nothing is served yet: /corpus add
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
plan-confirm = Answers go on from the old corpus until the new one is whole.
plan-refused = Not done: { $reason }
working = Working …
stage-reading = Reading the sources
stage-splitting = Splitting into passages
stage-indexing-words = Indexing words
stage-embedding = Embedding
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
rolled-back = { $name } is served from generation { $generation } again. The next reload goes on from the sources.
history-title = What was done to the corpus
history-none = Nothing was done yet.
audit-title = Who did what
audit-refused-title = Who tried what, and was refused
audit-none = Nothing was done here yet.

## Settings

settings-server = Settings of this server
settings-channel = Settings of { $channel }
settings-this-channel = this channel
settings-hint = Each choice holds at once.
settings-channel-hint = What is not chosen here is as the server has it. Each choice holds at once.
settings-inherit = as the server has it
setting-answers = What I answer
setting-answers-nowhere = nothing here
setting-answers-commands = commands alone
setting-answers-mentions = commands and mentions
setting-answers-everything = every question that is asked here
setting-collections = Collections that are searched (none chosen: all)
setting-sources = Sources that are searched (none chosen: all)
setting-sources-more = Sources by name …
setting-sources-names = Names, with commas between
setting-private = Who sees answers to /ask
setting-private-no = everybody
setting-private-yes = the asker alone
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
setting-admin_roles = Roles that may administer, besides those who manage the server
setting-admin_groups = User groups that may administer
setting-admin-hint = Discord shows /corpus and /settings to those who manage the server alone. Show them to a role too under Server Settings → Integrations.
setting-admin-hint-slack = Workspace admins and owners may administer anyway.
setting-person_limit = Questions a minute, each person
setting-channel_limit = Questions a minute, the channel
setting-limit-value = { $count } a minute
setting-reset = Back to the defaults
setting-reset-channel = All as the server has it
everything-unavailable = Whoever runs the bot has to switch on the message content intent for that: NEWSDESK_DISCORD_MESSAGE_CONTENT=1.

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
describe-private = Show the answer to you alone
option-refused = refused
describe-refused = What was tried and came to nothing
command-check = Check against the news
command-latest = latest
describe-latest = The newest articles, also about a topic
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
describe-corpus = Look after the articles
command-status = status
describe-status = What is served, and where from
command-reload = reload
describe-reload = Read every source again, after showing what would change
command-rollback = rollback
describe-rollback = Serve the corpus as it was before the last change
command-history = history
describe-history = What was done to the corpus
command-audit = audit
describe-audit = Who did what here
command-add = add
describe-add = Take in a page or a file
option-url = url
describe-url = The address of a page or a file
option-file = file
describe-file = Markdown, text, HTML or JSON Lines
command-remove = remove
describe-remove = Take out an article or a source
option-target = target
describe-target = An article's id, or a source's place
option-forget = forget
describe-forget = Erase its text for good; nothing can be gone back to
command-restore = restore
describe-restore = Take an article back in that was removed
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
corpus-usage = Write /corpus status, reload, rollback, history, audit, audit refused, add ADDRESS, remove ARTICLE or restore ARTICLE. “forget:yes” behind remove erases the text for good. A collection stands behind it as in:NAME. To add a file, use “Add to the corpus” on its message; in:NAME may stand in its words.
look-in-direct = How far it is stands in our direct messages.
give-one-file = That message has to have one file.
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
help-mention-slack = Or mention me, write to me directly, or ask on in the thread of an answer.
help-check-slack = **Check against the news** in a message's menu finds what the news says about it.
help-admin-slack = Those who administer: **/corpus** looks after the articles, **/newsdesk settings** after where and how I answer.
not-allowed-slack = That is for admins and owners of this workspace, or whom they named in /newsdesk settings.
only-in-community-slack = That works in a workspace alone.
settings-server-slack = Settings of this workspace
settings-channel-hint-slack = What is not chosen here is as the workspace has it. Each choice holds at once.
settings-inherit-slack = as the workspace has it
setting-reset-channel-slack = All as the workspace has it
setting-admin_roles-slack = Who may administer, besides admins and owners
help-browse-slack = **/latest** lists what is new, **/sources** what is searched, **/article** shows a whole article.
not-yours-slack = No collection here is yours to look after. Whoever runs the bot can give you one.
commands-only-slack = Here I answer commands alone: use /ask.
status-none-slack = Nothing is served yet: /corpus add ADDRESS
setting-private-slack = Who sees answers to /ask
check-how-slack = I see no words there that could be looked up. Mention me in the thread of the message that you mean, or open its menu and choose Check against the news.
