"""REST APIs hide a function's failure behind 502 "Internal server error", with the headers of the gateway response.

AWS: a function that fails, or answers with another form than the proxy integration's, is a 502; the gateway response for
DEFAULT_5XX gives its headers, with CORS among them.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html

MiniStack 1.5.33: puts the function's error and stack into the body, applies no gateway response, and answers a malformed
result with 200.

Here: as AWS.

Upstream issue: "REST proxy integrations: a function error is answered with its message and stack and without the
DEFAULT_5XX gateway response, and a result without statusCode is passed on with 200. _invoke_lambda_proxy_v1 could return a
_GatewayError for both."

Parity:
- "A Lambda that throws is answered with 502 and nothing of its error"
- "A Lambda that throws is answered by the gateway response for 5xx, where there is one"
- "A result without the form of an answer is a 502"
"""

from typing import Any

from ministack.services import apigateway_v1
from seam import edit, replace

PROXY_FIELDS = {"statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"}


class BadGateway(apigateway_v1._GatewayError):
    def __init__(self) -> None:
        super().__init__("DEFAULT_5XX", "Internal server error", "InternalServerErrorException")


def _well_formed(answer: Any) -> bool:
    return (
        isinstance(answer, dict)
        and not set(answer) - PROXY_FIELDS
        and isinstance(answer.get("body"), str | None)
        and str(answer.get("statusCode", 200)).isdigit()
    )


@replace(apigateway_v1, "_lambda_proxy_response")
def refuse_malformed(original: Any, result: dict) -> tuple[Any, str | None]:
    if not (result.get("error") or result.get("throttle")) and not _well_formed(result.get("body")):
        return None, "Malformed Lambda proxy response"
    return original(result)


edit(
    apigateway_v1,
    "_invoke_lambda_proxy_v1",
    (
        'return 502, {"Content-Type": "application/json"}, json.dumps({"message": err}).encode()',
        "return _bad_gateway()",
    ),
    correction="rest_errors",
    _bad_gateway=BadGateway,
)


@replace(apigateway_v1, "_gateway_error_response")
def as_502(original: Any, error: Any, request: Any) -> tuple[int, dict, Any]:
    status, headers, body = original(error, request)
    is_own = isinstance(error, BadGateway) and not _has_status_of_its_own(request)
    return 502 if is_own else status, headers, body


def _has_status_of_its_own(request: Any) -> bool:
    api = request["api_id"]
    deployed = apigateway_v1._deployed_gateway_responses.get(api, {}).get(request["stage"].get("deploymentId"))
    customized = apigateway_v1._gateway_responses.get(api, {}) if deployed is None else deployed
    return bool((customized.get("DEFAULT_5XX") or {}).get("statusCode"))
