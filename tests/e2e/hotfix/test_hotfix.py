"""A page that is published gets the number of a layer that was deployed later."""

from pathlib import Path

from tests.e2e.utils.data_fetcher import get_lambda_code


def test_the_handler_is_deployed_as_it_is_here(infrastructure: dict[str, str]) -> None:
    handler = Path(__file__).parent / "handlers" / "arn_handler.py"
    code = get_lambda_code(infrastructure["ArnHandler"])
    assert code == {"arn_handler.py": handler.read_text("utf-8")}
