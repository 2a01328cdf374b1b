"""The weights of an alias decide which version an invocation through it runs.

AWS: an alias with a second version sends it the share that AdditionalVersionWeights says; GetFunction shows the main one.
https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html

MiniStack 1.5.33: stores the weights and always runs the main version.

Here: each invocation chooses by chance, whoever makes it.

Upstream issue: "Aliases: RoutingConfig.AdditionalVersionWeights is stored and not used.
_effective_func_record_for_qualifier could choose a version for invocations, and _invoke use the same choice for
X-Amz-Executed-Version."

Parity:
- "An alias with weights sends that part of the calls to the other version"
"""

import contextvars
import random
from typing import Any

from common import bound
from ministack.services import lambda_svc
from seam import edit, replace

# Whoever describes a function is shown its main version.
_describing: contextvars.ContextVar[bool] = contextvars.ContextVar("describing", default=False)


def pick_version(function: dict, name: str) -> str:
    alias = function["aliases"][name]
    point = random.random()
    for version, weight in ((alias.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or {}).items():
        point -= float(weight)
        if point < 0:
            return version
    return alias.get("FunctionVersion", "$LATEST")


@replace(lambda_svc, "_effective_func_record_for_qualifier")
def by_weight(original: Any, function: dict | None, qualifier: str | None) -> Any:
    if function and qualifier in function.get("aliases", {}) and not _describing.get():
        qualifier = pick_version(function, qualifier)
    return original(function, qualifier)


edit(
    lambda_svc,
    "_invoke",
    (
        'target_ver = func["aliases"][qualifier].get("FunctionVersion", "$LATEST")',
        "target_ver = _pick_version(func, qualifier)",
    ),
    correction="alias_weights",
    _pick_version=pick_version,
)


def main_version(original: Any, *args: Any, **kwargs: Any) -> Any:
    with bound(_describing, True):
        return original(*args, **kwargs)


for _name in ("_get_function", "_get_function_config"):
    replace(lambda_svc, _name)(main_version)
