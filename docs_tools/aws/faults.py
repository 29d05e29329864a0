"""botocore's errors, said to people.

What AWS or botocore wrote is never passed on: their messages quote signed requests, tokens and the
addresses of proxies.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from docs_tools.errors import DocsToolsError

__all__ = ["Fault", "explain", "explaining"]

_DENIED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}
_NOT_ENABLED = {
    "AuthFailure",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "OptInRequired",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
}
_MISSING = {"ResourceNotFoundException"}
_THROTTLED = {
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
}
_EXPIRED = {"ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"}
_CLOCK = {"RequestExpired", "RequestTimeTooSkewed", "RequestInTheFuture"}

_NETWORK = "check the network, the proxy and AWS_ENDPOINT_URL"
_SIGN_IN = "sign in again: aws sso login, aws login, or set new credentials"
_SETTINGS = "look at AWS_PROFILE and the other AWS_… variables, and at ~/.aws/config"
_NO_SSO = "the AWS SSO session has expired, or there is none", "sign in: aws sso login"
_NONE_TO_HAVE = "the AWS credentials can't be had", _SETTINGS
# by the name of botocore's class, or of what that is a kind of
_SESSION = {
    "CredentialRetrievalError": _NONE_TO_HAVE,
    "LoginError": ("the AWS session has expired, or there is none", "sign in: aws login"),
    "MetadataRetrievalError": _NONE_TO_HAVE,
    "MissingDependencyException": (
        "these AWS credentials need more of botocore",
        'run: pip install "botocore[crt]"',
    ),
    "NoCredentialsError": (
        "there are no AWS credentials",
        "set AWS_PROFILE, or sign in: aws configure, aws sso login",
    ),
    "PartialCredentialsError": ("a part of the AWS credentials is missing", _SETTINGS),
    "SSOError": _NO_SSO,
    "TokenRetrievalError": _NO_SSO,
}


@dataclass(frozen=True)
class Fault:
    """Why a call had no answer that can be used.

    Attributes:
        reason: In words, with AWS's code.
        mend: What to do about it in the region; `{action}` stands for the call.
        everywhere: Whether the region's other calls would fare the same.
        denied: Whether AWS refused this call only.
        missing: Whether AWS says that what was asked for isn't there.
    """

    reason: str
    mend: str
    everywhere: bool = False
    denied: bool = False
    missing: bool = False


def explain(error: Exception) -> Fault:
    """Why a call failed.

    Raises:
        DocsToolsError: No other call would do better, such as with credentials that have expired.
        Exception: The error itself, where it is none of botocore's.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    if isinstance(error, ClientError):
        return _refusal(str(error.response.get("Error", {}).get("Code", "unknown")))
    if reason := _unreachable(error):
        return Fault(f"not reachable ({reason})", _NETWORK, everywhere=True)
    if isinstance(error, BotoCoreError):
        raise _session_error(error) from None
    raise error


@contextmanager
def explaining() -> Iterator[None]:
    """Says what is wrong with the user's session or settings.

    Raises:
        DocsToolsError: botocore can't use them.
    """
    from botocore.exceptions import BotoCoreError, ClientError
    from botocore.parsers import ResponseParserError

    try:
        yield
    except ClientError as error:  # such as of a role that may not be assumed
        fault = explain(error)
        message = f"the AWS credentials can't be had: {fault.reason}"
        raise DocsToolsError(message, hint=_SETTINGS) from None
    except (BotoCoreError, ResponseParserError) as error:
        if reason := _unreachable(error):
            message = f"who gives AWS credentials is not reachable ({reason})"
            raise DocsToolsError(message, hint=_NETWORK) from None
        raise _session_error(error) from None
    except ValueError as error:  # such as an endpoint that is no address, or attempts in letters
        name = type(error).__name__
        raise DocsToolsError(f"the AWS settings can't be used ({name})", hint=_SETTINGS) from None


def _refusal(code: str) -> Fault:
    if code in _EXPIRED:
        raise DocsToolsError(f"the AWS credentials have expired ({code})", hint=_SIGN_IN) from None
    if code in _CLOCK:
        hint = "set this computer's clock"
        raise DocsToolsError(f"AWS takes the request for an old one ({code})", hint=hint) from None
    if code in _DENIED:
        return Fault(f"denied ({code})", "allow {action} there", denied=True)
    if code in _NOT_ENABLED:
        reason = f"not enabled, or the credentials aren't for it ({code})"
        return Fault(reason, "enable the region in the account", everywhere=True)
    if code in _MISSING:
        return Fault(f"not there ({code})", "check the name", missing=True)
    if code in _THROTTLED:
        return Fault(f"still too many requests after all attempts ({code})", "use fewer --jobs")
    return Fault(f"failed ({code})", "try again")


def _unreachable(error: Exception) -> str | None:
    from botocore import exceptions
    from botocore.parsers import ResponseParserError

    if isinstance(error, exceptions.ConnectTimeoutError | exceptions.ReadTimeoutError):
        return "no answer in time"
    if isinstance(error, exceptions.SSLError):
        return "the certificate can't be trusted"
    if isinstance(error, exceptions.ProxyConnectionError):
        return "the proxy doesn't answer"
    if isinstance(error, exceptions.EndpointConnectionError):
        return "nobody answers at the endpoint"
    if isinstance(error, exceptions.ConnectionError | exceptions.HTTPClientError):
        return "the connection was lost"
    if isinstance(error, ResponseParserError):
        return "what answers isn't AWS"
    return None


def _session_error(error: Exception) -> DocsToolsError:
    names = [kind.__name__ for kind in type(error).__mro__]
    if "ProfileNotFound" in names:
        profile = getattr(error, "kwargs", {}).get("profile")
        hint = "set AWS_PROFILE to one of those that `aws configure list-profiles` shows"
        return DocsToolsError(f'there is no AWS profile "{profile}"', hint=hint)
    message, hint = next(
        (_SESSION[name] for name in names if name in _SESSION),
        (f"the AWS session can't be used ({names[0]})", _SETTINGS),
    )
    return DocsToolsError(message, hint=hint)
