from typing import Annotated, Any, Callable, Literal


class Animal:
    annotation: dict[str, Callable[..., "list[Animal]"]] | Literal["<b>|</b>", '"; }', "`"] = {}
    union: "int | str | bytes | float | complex | None | dict[str, int] | list[tuple[int, ...]]"
    style: "url(#a:#b);" = "%%{init: {}}%%"
    quoted = "it's \"quoted\" ``` -->"

    def __init__(self, *args: *tuple[int, ...], **__kw__: Any) -> None: ...

    def call(self, f=lambda x, *y: {x: [i for i in y if i > 0 or not i]}, /, a="#35; &amp; ~x~") -> Annotated[int, "$"]: ...

    def größe(self, 名前: "int" = 1) -> "{": ...


class note(Animal):
    def long(self, the_first_of_many_parameters: dict[str, int], the_second_of_them: str = "x" * 3,
             and_one_more: Callable[[int], str] | None = None) -> tuple[list[int], list[str]]: ...


class Ünicode:
    class note(Animal):
        pass
