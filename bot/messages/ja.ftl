# The bot's own words in Japanese. Nothing here is ever part of a quote.
# Sentences are in です・ます; names and labels are nouns.

## Dates, ages, counts

undated = 日付なし
age-future = 質問より後
age-today = 今日
age-yesterday = 昨日
age-days = { $count }日前
age-months = { $count }か月前
age-years = { $count }年前
count-articles = 記事{ $count }件

## Answers

filter-sources = 出典 { $names }
filter-since = { $date }以降
filter-until = { $date }まで
only = 検索条件：{ $filters }
read-only = { $what }の記事のみ
read-rather = { $what }の記事を優先
read-authors = 筆者 { $names }
read-now = 最新の記事を優先
read-dates = 期間 { $dates }
read-spelling = 「{ $written }」を「{ $meant }」と解釈
read-title = 「{ $title }」を含む
read-parts = { $count }つの質問
read-day-first = 「{ $written }」は日/月の順で{ $date }
read-month-first = 「{ $written }」は月/日の順で{ $date }
nothing-from = { $period }の記事はありません。
nothing-from-newest = { $period }の記事はありません。最新の記事は{ $date }です。
as-of = { $date }時点（見つかった箇所の中で最新）
only-quotes = 記事を引用するだけで、文章の作成や要約、翻訳はしません。
foreign-question = ここの検索モデルがわかるのは英語なので、この質問は単語だけで探しました。英語で質問するか、ボットの運営者に多言語モデル（NEWSDESK_MODEL）の設定を頼んでください。
no-answer = これらの記事の中に答えは見つかりませんでした。
missing-time = 最も近い箇所の中に、{ $time }に関するものはありません。
missing-name = 最も近い箇所の中に、{ $name }への言及はありません。
missing-time-name = 最も近い箇所の中に、{ $time }に関するものも、{ $name }への言及もありません。
nearest = 近い記事（答えではないかもしれません）：
searched = { $articles }を検索しました。
searched-newest = { $articles }を検索しました。最新の記事は{ $date }です。
searched-within = { $articles }のうち{ $within }件を検索しました（{ $filters }）。
searched-within-newest = { $articles }のうち{ $within }件を検索しました（{ $filters }）。最新の記事は{ $date }です。
try-dates = 期間を広げて試してみてください。
try-sources = すべての出典で試してみてください。
try-both = 期間を広げるか、すべての出典で試してみてください。
confidence = 信頼度 { $percent }%
also-in = 同じ文が載っている出典：{ $names }
sources-differ = 出典によって数字が異なります：{ $answers }
sources-may-differ = 出典によって異なる可能性があります。比べてみてください。
understood = 前の質問の続き：「{ $question }」
checked = ニュースで確認した結果
shared-by = { $name }さんが共有
gone = 記事が変更または取り下げられたため、{ $count }件の引用は表示していません。
nothing-more = これについては、ほかにありません。
why-title = この引用を選んだ理由
why-no-meaning = 意味：モデルが知らない言語のため比較なし
why-strong = 意味：とても近い
why-fair = 意味：近い
why-weak = 意味：やや近い
why = 一致した語：{ $words }・{ $meaning }。
why-wordless = 一致した語なし・{ $meaning }。
why-age = 公開時期：{ $age }。
why-copies = 同じ文が載っているほかの記事{ $count }件の代わりに選びました。
check-title = 再確認の結果
check-count-unchanged = 変更なし{ $count }件
check-count-stands = 記事は編集されたが引用はそのまま{ $count }件
check-count-moved = 移動{ $count }件
check-count-changed = 変更{ $count }件
check-count-withdrawn = 取り下げ{ $count }件
check-unchanged = 変更はありません。
check-stands = 記事はその後編集されましたが、この文はそのまま残っています。
check-moved = その記事はもうありませんが、同じ文が次の記事にあります：
check-changed = 変更されました。記事が編集され、この文はもうありません。
check-withdrawn = 取り下げられました。その記事はもうここにはありません。
check-was = 以前の文：
check-now = 現在の文：
check-nothing-like-it = 今は似た文がありません。
latest-title = 最新の記事
latest-topic = 最新の記事：{ $topic }
latest-undated = 日付のある記事がないため、ほかより新しいとは言えません。
articles-undated = { $articles }、日付なし
latest-none = ここで読める記事はまだありません。
sources-title = 出典
sources-line = { $articles }、最新の記事は{ $date }
sources-rest = ほか{ $count }件
page = { $page }/{ $pages }ページ
thread-title = ニュース：{ $question }
thread-opened = ここで続けて質問してください。前の質問を踏まえて理解します。メンションは不要です。
thread-opened-mention = ここで続けて質問するときは、毎回メンションしてください。前の質問を踏まえて理解します。
vote-thanks = ありがとうございます。評価はボットの運営者だけに見えます。

## Buttons

button-more = もっと見る
button-context = 前後を見る
button-why = 選んだ理由
button-check = 再確認
button-share = 共有する
button-dismiss = 閉じる
button-thread = スレッドで続けて質問
button-read = { $number }を読む
button-previous = 前へ
button-next = 次へ
button-confirm = 今すぐ再読み込み
button-force = それでも再読み込み
button-cancel = キャンセル
button-all = 条件なしで検索
button-as-asked = 入力どおりに検索
button-without-sources = すべての出典
button-without-since = 開始日の制限なし
button-without-until = 終了日の制限なし
button-close = たたむ
button-context-of = { $number }の前後を見る
button-actions = その他の操作
button-fewer = ボタンを減らす
helpful = 役に立った
not-helpful = 役に立たなかった

## Why not

reason-title = どこに問題がありましたか？
reason-kind = この回答は
reason-wrong = 質問の答えになっていない
reason-old = 情報が古い
reason-source = 出典が適切でない
reason-missing = 答えがあるのに見つけられていない
reason-other = ほかの問題がある
reason-text = 詳しい内容（空欄でもかまいません）

## Saying no

busy = 混み合っています。あなたの前に質問が{ $ahead }件あります。{ $seconds }秒後にもう一度質問してください。
too-late = 一度に多くの質問があり、時間内に答えられませんでした。もう一度質問してください。
too-fast = ここで許されている回数を超えています。{ $seconds }秒待ってください。
switched-off = このチャンネルでは、回答しない設定になっています。
commands-only = ここではコマンドにだけ答えます。/質問 を使ってください。
no-collection = ここで検索できるコレクションがありません。
no-source = ここで検索する出典は、今は一つもありません：{ $names }
unknown-collection = 「{ $name }」というコレクションはここにはありません。あるもの：{ $near }
unknown-source = 「{ $name }」という出典はここにはありません。近いもの：{ $near }
question-empty = 質問が空です。「奈良で会談したのは誰ですか？」のように質問してください。
question-long = 質問が長すぎて検索できません。一文で質問してください。
question-wordless = 質問に検索できる言葉がありません。「奈良で会談したのは誰ですか？」のように質問してください。
bad-date = 「{ $text }」という日付はわかりません。今日、先週、2026年3月、2026-01、2026-01-14のように書いてください。
dates-swapped = 開始日が終了日より後になっています。入れ替えてください。
moderated = ここの自動モデレーションが私の回答を通さないため、あなたにだけお知らせします。
title-moderated = ここの自動モデレーションにより、質問をスレッドの名前にできません。ご自分でスレッドを作り、そこで私をメンションしてください。
check-wordless = そのメッセージには調べられる文章が見当たりません。
check-how = そこには調べられる文章が見当たりません。確かめたいメッセージへの返信で私をメンションするか、そのメッセージのメニューからアプリ → ニュースで確認を選んでください。
mention-me = ロールでメンションされると、Discordは書かれた内容を私に見せません。アプリの印が付いた私の名前を選んでください。
answer-gone = その回答はもう保存されていません。もう一度質問してください。
quotes-gone = 記事が変更または取り下げられたため、引用は残っていません。
article-gone = その記事はもうここにはありません。
no-article = 「{ $name }」という記事はここにはありません。
not-allowed = サーバーの管理者と、/設定 で指定された人だけが使えます。
not-yours = このサーバーで管理できるコレクションがありません。ボットの運営者に用意してもらってください。
only-in-community = サーバーの中でだけ使えます。
not-the-asker = 質問した人かモデレーターだけができます。
shared-already = この回答は、すでにここで全員に共有されています。
cannot-write = このチャンネルに書き込む権限をお持ちでないため、ここには共有しません。
cannot-write-there = 質問されたチャンネルに書き込む権限が私にありません。モデレーターに許可してもらうか、ここで質問してください。
thread-there = この回答のスレッドはすでにあります。そちらで続けて質問してください。
cannot-open-thread = ここではスレッドを開けません。
may-not-open-thread = このチャンネルでスレッドを開く権限をお持ちではありません。
cannot-open-thread-without = 権限が足りないため、ここではスレッドを開けません: { $permissions }。サーバーの管理者に許可を依頼してください。
cannot-write-in-thread = ここではスレッドに書き込めないため、開いたスレッドを閉じました。サーバーの管理者に許可を依頼してください。
too-many-threads = このサーバーで開いているスレッドが Discord の上限に達しています。どれかを閉じて、もう一度お試しください。
permission-view-channel = チャンネルを見る
permission-read-message-history = メッセージ履歴を読む
permission-create-public-threads = 公開スレッドの作成
permission-send-messages-in-threads = スレッドでメッセージを送信
file-sent-directly = このチャンネルにはファイルを添付できないため、ダイレクトメッセージでお送りします。
limit-collections = このコミュニティ専用のコレクションは{ $used }件あり、上限は{ $most }件です。ボットの運営者なら上限を増やせます。
limit-sources = このコミュニティの読み込み元は{ $used }件あり、上限は{ $most }件です。不要な読み込み元を削除するか、ボットの運営者に相談してください。
limit-articles = これを加えると、このコミュニティの記事の上限{ $most }件を超えます（現在{ $used }件）。何も変更していません。不要な読み込み元を削除するか、ボットの運営者に相談してください。
limit-megabytes = これを加えると、このコミュニティの本文の上限{ $most }MBを超えます（現在{ $used }MB）。何も変更していません。不要な読み込み元を削除するか、ボットの運営者に相談してください。
reload-busy = 記事データはすでに変更中です。終わってからもう一度試してください。
stopping = 再起動しています。1分後にもう一度質問してください。
operators = いまは必要なものを書き込んだり読み込んだりできないため、実行できませんでした。運用者はログの障害番号 { $incident } で理由を確認できます。
not-done = 実行できませんでした：{ $reason }
broken = こちらで問題が起きました。誰かに伝えるときは、障害番号 { $incident } を添えてください。
unsure = 回答が届いたかどうか確認できませんでした。見当たらない場合は、もう一度質問してください。
too-large = ファイルは{ $size }MBです。{ $limit }MBまで受け付けます。
bad-choice = ここではそれを選べません。
give-one = アドレスとファイルのどちらか一つを指定してください。

## Small talk

talk-here = ニュースについて質問してください。{ $sources }の{ $articles }を検索します。
talk-sources = { $names }ほか{ $count }か所
talk-okay = わかりました。{ $here }
talk-greeting = こんにちは！{ $here }
talk-goodbye = さようなら！知りたいことがあれば、いつでもどうぞ。{ $here }
talk-thanks = どういたしまして！{ $here }
talk-praise = ありがとうございます！{ $here }
talk-insult = お役に立てず、すみません。名前や場所、日付を入れて質問すると見つかりやすくなります。{ $here }
talk-noise = 検索できる言葉が見つかりませんでした。{ $here }
talk-write = 記事の文をそのまま引用するだけで、文章の作成や要約、翻訳はしません。{ $here }
quotes-again = 記事をそのまま引用するだけで、文章を書いたり、要約したり、翻訳したりはしません。先ほどの引用をもう一度お見せします。
talk-identity = ニュース記事の文をそのまま引用して答えるプログラム、Newsdeskです。回答を作る言語モデルは使っていません。{ $here }
talk-count = { $articles }を検索します。出典：{ $sources }
talk-ability = ニュースについての質問に、記事の文をそのまま引用して答えます。{ $here }

## Counts, lists and single articles

listing-mention = 「{ $words }」に触れている記事 { $count }件
listing-words = 次の言葉がすべて出てくる記事 { $count }件：{ $words }
listing-none = 「{ $words }」に触れている記事はありません。
listing-nothing = 当てはまる記事はありません。
listing-nothing-then = その時期の記事はありません。
listing-no-author = 「{ $name }」の記事はありません。
listing-otherwise = 条件：{ $filters }。日付の条件を外すと{ $articles }あります。
listing-otherwise-newest = 条件：{ $filters }。日付の条件を外すと{ $articles }あり、最新は{ $date }の記事です。
listing-range = { $count }件中{ $first }～{ $last }件目、新しい順
button-add = 追加
button-search = 代わりに答えを検索
page-absent = そのページは記事の中にありません。
page-add = 追加するには、アドレスを付けて **/記事管理 追加** を使ってください。

## Help

help = ニュース記事の文をそのまま引用して答えます。自分で文章は作りません。
help-examples = たとえば「{ $first }」「{ $second }」のように質問してください。
example-news = { $subject }に関するニュース
example-source = { $source }の最新記事
help-ask = **/質問** は、答えになる引用を探します。出典や日付で絞り込めます。**自分だけ** を選ぶと、あなただけに表示します。
help-mention = メンション、ダイレクトメッセージ、回答への返信でも質問できます。
help-check = メッセージの **アプリ → ニュースで確認** で、その内容を伝えるニュースを探します。
help-browse = **/最新** は新しい記事、**/出典** は検索する出典、**/記事** は記事の全文を表示します。
help-buttons = 回答の下のボタン：**もっと見る** はほかの引用、**前後を見る** は引用の前後、**選んだ理由** は選んだわけを表示します。👍 👎 はボットの運営者に届きます。
help-admin = サーバーの管理者向け：**/記事管理** で記事を管理し、**/設定** でどこでどう答えるかを決めます。

## Administering

status-title = 記事データ
status-sources = 読み込み元{ $count }件
status-withdrawn = 取り下げた記事{ $count }件
status-served = 提供中
status-kept = 保管中
status-none = まだ記事がありません：/記事管理 追加
plan-title = 再読み込みで変わるもの
plan-counts = **{ $name }**：新規{ $new }件、変更{ $changed }件、削除{ $removed }件、変更なし{ $unchanged }件
plan-nothing = 変わるものはありません。
plan-new = 新規
plan-changed = 変更
plan-removed = 削除
plan-rest = ほか{ $count }件
plan-confirm = 新しい記事データができあがるまで、今のデータで答え続けます。
plan-refused = 実行していません：{ $reason }
working = 作業中 …
stage-reading = 記事を読み込み中
stage-splitting = 文章に分割中
stage-indexing-words = 単語の索引を作成中
stage-embedding = 記事の索引を作成中
stage-writing = 書き込み中
stage-loading-the-model = モデルを読み込み中
stage-fetching = ウェブから取得中
progress = { $stage }：{ $done }/{ $total }
report-title = 完了しました
report-nothing = 変わったものはありませんでした。
report-time = テキスト{ $embedded }件を埋め込み、{ $seconds }秒。
report-problems = 問題{ $count }件（添付ファイルにあります）：
cancelled = 何も変更していません。
rolled-back = { $name } を世代 { $generation } に戻しました。次の再読み込みでは、また読み込み元から読みます。
history-title = 記事データの変更履歴
history-none = まだ何も行われていません。
audit-title = 操作ログ
audit-refused-title = 誰が何をしようとして断られたか
audit-none = ここではまだ何も行われていません。

## Settings

settings-server = このサーバーの設定
settings-channel = { $channel } の設定
settings-this-channel = このチャンネル
settings-hint = 選ぶとすぐに反映されます。
settings-channel-hint = ここで選んでいないものは、サーバーの設定に従います。選ぶとすぐに反映されます。
settings-inherit = サーバーの設定に従う
settings-group-where = 回答する場所
settings-group-searched = 検索する記事
settings-group-form = 回答の見た目
settings-group-limits = 質問の上限
settings-group-administrators = 管理者
setting-answers = 答える対象
setting-answers-nowhere = 答えない
setting-answers-commands = コマンドのみ
setting-answers-mentions = コマンドとメンション
setting-answers-everything = ここでのすべての質問
setting-collections = 検索するコレクション（選ばなければすべて）
setting-sources = 検索する出典（選ばなければすべて）
setting-sources-more = 名前で出典を選ぶ …
setting-sources-names = 出典の名前（コンマ区切り）
setting-private = /質問 の回答を見られる人
setting-private-no = 全員
setting-private-yes = 質問した人だけ
setting-passages = 回答に載せる引用
setting-passages-value = 引用{ $count }件
setting-language = ボットの言語
setting-language-auto = 読む人の言語
setting-language-en = 英語
setting-language-ko = 韓国語
setting-language-ja = 日本語
setting-admin_roles = サーバーの管理者のほかに管理できるロール
setting-admin_groups = 管理できるユーザーグループ
setting-admin-hint = Discordは /記事管理 と /設定 をサーバーの管理者だけに表示します。ほかのロールにも表示するには「サーバー設定 → 連携サービス」で変更してください。
setting-admin-hint-slack = ワークスペースの管理者とオーナーはいつでも管理できます。
setting-person_limit = 1人あたり1分間の質問数
setting-channel_limit = チャンネルあたり1分間の質問数
setting-limit-value = 1分間に{ $count }件
setting-reset = 初期設定に戻す
setting-reset-channel = すべてサーバーの設定に従う
everything-unavailable = そのためには、ボットの運営者がメッセージ内容の権限（Message Content Intent）を有効にする必要があります：NEWSDESK_DISCORD_MESSAGE_CONTENT=1

## Commands

command-ask = 質問
describe-ask = ニュース記事の文をそのまま引用して質問に答えます
option-question = 質問
describe-question = 知りたいこと
option-source = 出典
describe-source = この出典だけから
option-collection = コレクション
describe-collection = このコレクションだけから
option-since = 開始日
describe-since = この日以降に公開された記事：今日、先週、2026年3月、2026-01-14
option-until = 終了日
describe-until = この日までに公開された記事
option-private = 自分だけ
describe-private = 回答を自分だけに表示します
option-refused = 断られたもの
describe-refused = 行われなかった操作だけを表示します
command-check = ニュースで確認
command-latest = 最新
describe-latest = 最新の記事を表示します。話題も指定できます
option-topic = 話題
describe-topic = どんな話題の記事か
command-sources = 出典
describe-sources = ここで検索する出典
command-article = 記事
describe-article = 記事の全文を表示します
option-article = 記事
describe-article-option = 記事の見出しかID
command-help = ヘルプ
describe-help = できること
command-corpus = 記事管理
describe-corpus = 記事を管理します
command-status = 状況
describe-status = どの記事を使い、どこから読み込んでいるか
command-reload = 再読み込み
describe-reload = 変わるものを示してから、すべての読み込み元を読み直します
command-rollback = 元に戻す
describe-rollback = 最後の変更の前の記事データで答えます
command-history = 履歴
describe-history = 記事データに行われたこと
command-audit = 監査記録
describe-audit = ここでの操作ログ
command-add = 追加
describe-add = ページやファイルを取り込みます
option-url = アドレス
describe-url = ページやファイルのアドレス
option-file = ファイル
describe-file = Markdown、テキスト、HTML、JSON Lines
command-remove = 削除
describe-remove = 記事や読み込み元を取り除きます
option-target = 対象
describe-target = 記事のID、または読み込み元の場所
option-forget = 完全消去
describe-forget = 本文も完全に消去します。元には戻せません
command-restore = 復元
describe-restore = 削除した記事を元に戻します
command-settings = 設定
describe-settings = どこでどう答えるか
command-server = サーバー
describe-server = サーバー全体の設定
command-channel = チャンネル
describe-channel = 一つのチャンネルの設定
option-channel = チャンネル
describe-channel-option = どのチャンネルか。空欄ならこのチャンネル

## Slack

form-ask = ニュースに質問する
form-source = 出典
form-since = この日以降
form-until = この日まで
form-private = 回答を見る人
form-send = 送信
corpus-usage = /corpus のあとに status、reload、rollback、history、audit、audit refused、add アドレス、remove 記事、restore 記事 のいずれかを書いてください。remove の後ろに forget:yes と書くと本文も完全に消去します。コレクションは最後に in:名前 と書きます。ファイルはそのメッセージのメニューから追加できます（メッセージの中に in:名前 と書けます）。
look-in-direct = 進み具合はダイレクトメッセージでお知らせします。
give-one-slack = メッセージに付けるファイルは1つにしてください。
file-elsewhere = このファイルはSlackにはないため、ファイルとしては取得しません。代わりにページを追加してください： { $command }
file-gone = このファイルは削除されたか、このワークスペースのものではありません。
file-hidden = ワークスペースのプランの保存期間を過ぎたため、Slackがこのファイルを隠しています。もう一度送ってください。
file-denied = このファイルを読む権限がありません。私のいるチャンネルで共有するか、ここにもう一度送ってください。
file-sign-in = Slackがファイルの代わりにログイン画面を返しました。アプリにfiles:readの権限がありません。ボットの運営者がアプリの設定で追加し、アプリを再インストールする必要があります。
file-unreachable = 今はSlackからこのファイルを受け取れません。少し待ってからもう一度お試しください。
home-corpus = 検索する記事
home-questions = 最近の質問
home-no-questions = まだありません。/ask と書くか、私をメンションするか、私にメッセージを送ってください。

## On Slack, where things are called otherwise

help-ask-slack = **/ask** は、答えになる引用を探します。`source:名前`、`since:last-week`、`until:2026-01-14` で絞り込めます。`private:yes` を付けると、あなただけに表示します。質問を書かないと入力欄が開きます。
help-mention-slack = メンション、ダイレクトメッセージ、回答のスレッドでも質問できます。
help-check-slack = メッセージのメニューの **Check against the news** で、その内容を伝えるニュースを探します。
help-admin-slack = 管理者向け：**/corpus** で記事を管理し、**/newsdesk settings** でどこでどう答えるかを決めます。
help-browse-slack = **/latest** は新しい記事、**/sources** は検索する出典、**/article** は記事の全文を表示します。
not-allowed-slack = ワークスペースの管理者とオーナー、/newsdesk settings で指定された人だけが使えます。
not-yours-slack = このワークスペースで管理できるコレクションがありません。ボットの運営者に用意してもらってください。
only-in-community-slack = ワークスペースの中でだけ使えます。
commands-only-slack = ここではコマンドだけに答えます。/ask を使ってください。
settings-server-slack = このワークスペースの設定
settings-channel-hint-slack = ここで選んでいないものは、ワークスペースの設定に従います。選ぶとすぐに反映されます。
settings-inherit-slack = ワークスペースの設定に従う
setting-reset-channel-slack = すべてワークスペースの設定に従う
setting-admin_roles-slack = 管理者とオーナーのほかに管理できる人
page-add-slack = 追加するには **/corpus add アドレス** と入力してください。
status-none-slack = まだ記事がありません：/corpus add アドレス
setting-private-slack = /ask の回答を見られる人
check-how-slack = そこには調べられる文章が見当たりません。確かめたいメッセージのスレッドで私をメンションするか、そのメッセージのメニューから Check against the news を選んでください。
