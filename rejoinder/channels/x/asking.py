"""What is asked of X: the fields of a post, and the queries of a watch. Pure."""

from collections.abc import Iterator

TIMELINE = {
    "tweet.fields": "attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,"
    "entities,in_reply_to_user_id,lang,note_tweet,referenced_tweets",
    "expansions": "author_id,attachments.media_keys,referenced_tweets.id",
    "user.fields": "name,public_metrics,username",
    "media.fields": "alt_text,preview_image_url,type,url",
}
MESSAGES = {
    "dm_event.fields": "created_at,dm_conversation_id,event_type,sender_id,text",
    "event_types": "MessageCreate",
    "expansions": "sender_id",
    "user.fields": "name,username",
}
QUERY, RULE = 512, 1024  # letters of one search, and of one rule of the filtered stream


def terms(watch: str) -> list[str]:
    """The words of a watch, phrases in quotes, each once."""
    words = (word.strip().replace('"', "") for word in watch.split(","))
    quoted = (f'"{word}"' if not word.isalnum() else word for word in words if word)
    return list(dict.fromkeys(quoted))


def queries(watch: str, handle: str, longest: int = QUERY) -> list[str]:
    """As few queries as hold all words, for posts of others that do not tag us."""
    tail = f" -from:{handle} -@{handle} -is:retweet"
    return [f"({group}){tail}" for group in _groups(terms(watch), longest - len(tail) - 2)]


def _groups(words: list[str], longest: int) -> Iterator[str]:
    group = ""
    for word in words:
        longer = f"{group} OR {word}" if group else word
        if group and len(longer) > longest:
            yield group
            longer = word
        group = longer
    if group:
        yield group
