"""Words of the field, and sentences made of them."""

from random import Random

__all__ = ["NOUNS", "TASKS", "capital", "paragraph", "sentence", "slug"]

NOUNS = (
    "orders", "invoices", "payments", "customers", "shipments", "baskets", "coupons", "refunds",
    "events", "messages", "records", "metrics", "traces", "alarms", "tokens", "secrets",
    "parameters", "sessions", "accounts", "products", "prices", "reviews", "ratings", "tickets",
    "bookings", "rooms", "flights", "vehicles", "sensors", "readings", "drivers", "routes",
    "queues", "streams", "topics", "tables", "indexes", "buckets", "archives", "reports",
)  # fmt: skip

TASKS = (
    "Validate", "Store", "Route", "Parse", "Batch", "Stream", "Mask", "Audit", "Retry", "Trace",
    "Cache", "Encrypt", "Import", "Export", "Search", "Merge", "Split", "Filter", "Group", "Notify",
    "Schedule", "Archive", "Restore", "Test", "Deploy", "Migrate", "Compress", "Replay",
    "Version", "Measure",
)  # fmt: skip

_THINGS = (
    "handler", "function", "layer", "resolver", "decorator", "provider", "serializer", "middleware",
    "table", "queue", "event source", "idempotency key", "correlation id", "cold start", "envelope",
    "record", "response", "schema", "payload", "timeout", "permission", "log group", "dimension",
    "namespace", "annotation", "batch", "fallback", "configuration", "environment variable",
)  # fmt: skip

_DOES = (
    "validates", "reads", "writes", "keeps", "returns", "wraps", "expires", "caches", "retries",
    "rejects", "serializes", "measures", "forwards", "flushes", "decodes", "compares", "ignores",
)  # fmt: skip

_HOW = (
    "in the same transaction", "before the first invocation", "once per execution environment",
    "without a further dependency", "only when you ask for it", "for every region",
    "as soon as the handler returns", "at the end of the batch", "unless it is told otherwise",
    "with the least permissions", "even if one of them fails", "up to the size that Lambda allows",
)  # fmt: skip

_FORMS = (
    "The {a} {does} the {b} {how}.",
    "You can give {an_a} to the {b}, which {does} it {how}.",
    "By default, **each {a}** {does} its {b} {how}.",
    "If the {a} is missing, the {b} {does} nothing and the error names the `{code}` it wanted.",
    "Use `{code}` where {an_a} has to be shared; the {b} {does} it {how}.",
    "What {does} {an_a} in front of {an_b} costs time that you can measure {how}.",
    "We recommend one {a} for each {b}, as _both_ are read {how}.",
    "That is what `{code}` is for: it {does} the {a}, and leaves the {b} alone.",
    "When {an_a} {does} more than one {b}, the order is that of the list, {how}.",
)


def sentence(random: Random) -> str:
    """One sentence with some inline markup."""
    a, b = random.sample(_THINGS, 2)
    form = random.choice(_FORMS)
    code = f"{random.choice(TASKS).lower()}_{random.choice(NOUNS)}"
    return form.format(
        a=a,
        b=b,
        an_a=_with_article(a),
        an_b=_with_article(b),
        does=random.choice(_DOES),
        how=random.choice(_HOW),
        code=code,
    )


def _with_article(thing: str) -> str:
    return f"{'an' if thing[0] in 'aeiou' else 'a'} {thing}"


def paragraph(random: Random, least: int = 2, most: int = 5) -> str:
    """Some sentences."""
    return " ".join(sentence(random) for _ in range(random.randint(least, most)))


def capital(word: str) -> str:
    """A noun in the singular, as a part of a class's name."""
    single = "ies" if word.endswith("ies") else "es" if word in ("indexes",) else "s"
    stem = word.removesuffix(single) + ("y" if single == "ies" else "")
    return stem[0].upper() + stem[1:]


def slug(title: str) -> str:
    """A title as a part of an address."""
    return title.lower().replace(" ", "-")
