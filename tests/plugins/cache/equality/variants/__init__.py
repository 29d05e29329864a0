"""Projects of many kinds, and what may happen to them."""

from collections.abc import Mapping

from tests.plugins.cache.equality.variants.api import API
from tests.plugins.cache.equality.variants.builtin import BUILTIN
from tests.plugins.cache.equality.variants.foreign import FOREIGN
from tests.plugins.cache.equality.variants.guide import GUIDE
from tests.plugins.cache.equality.variants.handbook import HANDBOOK
from tests.plugins.cache.equality.variants.hooked import HOOKED
from tests.plugins.cache.equality.variants.served import SERVED
from tests.plugins.cache.equality.variants.variant import Variant

__all__ = ["VARIANTS", "Variant"]

VARIANTS: Mapping[str, Variant] = {
    "guide": GUIDE,
    "foreign": FOREIGN,
    "hooked": HOOKED,
    "builtin": BUILTIN,
    "api": API,
    "handbook": HANDBOOK,
    "served": SERVED,
}
