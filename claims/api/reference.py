"""The description of the API: the OpenAPI document, and a page that makes it readable."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.utils.html import format_html
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from claims import addresses
from claims.api.answers import ReadOnlyView
from claims.api.described import described
from claims.api.parameters import Parameters

JSON, YAML = "application/json", "application/yaml"
ASSETS = "drf_spectacular_sidecar/swagger-ui-dist"
FILES = {"icon": "favicon-32x32.png", "style": "swagger-ui.css", "script": "swagger-ui-bundle.js"}
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="{icon}">
<link rel="stylesheet" href="{style}">
</head>
<body>
<noscript><p>This page needs JavaScript. The description itself: <a href="{schema}">{schema}</a></p></noscript>
<div id="reference"></div>
<script src="{script}"></script>
<script src="start.js"></script>
</body>
</html>
"""
START = """"use strict";
SwaggerUIBundle({
  url: "../schema/?format=json",
  dom_id: "#reference",
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
});
"""
FORMAT = OpenApiParameter(
    "format", str, description="The format, whatever the Accept header says.", enum=["json", "yaml"]
)


class JsonFormat(JSONRenderer):
    """JSON under the name OpenAPI registered for it, too."""

    format = "json"


class YamlFormat(BaseRenderer):
    """YAML (RFC 9512)."""

    media_type = YAML
    format = "yaml"


class HtmlFormat(BaseRenderer):
    """A page."""

    media_type = "text/html"
    format = "html"


class ScriptFormat(BaseRenderer):
    """A script (RFC 9239)."""

    media_type = "text/javascript"
    format = "js"


@cache
def schema_document() -> dict[str, Any]:
    """Return the OpenAPI document, made once in each process."""
    document: dict[str, Any] = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
    return document


@cache
def schema_text(form: str) -> bytes:
    """Return the OpenAPI document as JSON or YAML."""
    if form == "yaml":
        import yaml  # large

        text: str = yaml.safe_dump(
            schema_document(), sort_keys=False, allow_unicode=True, width=120
        )
        return text.encode()
    return orjson.dumps(schema_document())


class Schema(ReadOnlyView):
    """The OpenAPI document."""

    max_age = 3600
    renderer_classes = [JsonFormat, YamlFormat]

    @described(
        "describe",
        "Describe this API",
        {(200, JSON): OpenApiTypes.OBJECT, (200, YAML): OpenApiTypes.OBJECT},
        parameters=[FORMAT],
        tag="about",
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return the description of this API (OpenAPI 3.1), as JSON or YAML."""
        asked = Parameters(request.query_params, ("format",))
        form = asked.choice("format", ("json", "yaml")) or request.accepted_renderer.format
        asked.check()
        return self.answer(schema_text(form), media_type=YAML if form == "yaml" else JSON)


class Reference(ReadOnlyView):
    """The page that makes the description readable."""

    schema = None
    renderer_classes = [HtmlFormat]

    def get(self, request: Request) -> HttpResponseBase:
        """Return the page."""
        page = format_html(
            PAGE,
            title=schema_document()["info"]["title"],
            **{name: static(f"{ASSETS}/{file}") for name, file in FILES.items()},
            schema=f"{addresses.API}/schema/",
        )
        return HttpResponse(page)


class ReferenceStart(ReadOnlyView):
    """The script that starts the page."""

    schema = None
    renderer_classes = [ScriptFormat]

    def get(self, request: Request) -> HttpResponseBase:
        """Return the script, a file of its own because the content policy allows none inside a page."""
        return self.answer(START.encode(), media_type="text/javascript; charset=utf-8")
