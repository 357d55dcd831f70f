"""Routes of the evaluation beside the page: a run's report, and opinions as a file.

Both are closed to who may not see the evaluation, and a report has a content security policy of its
own, which lets nothing run but the report's own script.
"""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from documents.errors import DanChungError
from eval.feedback import as_collection, as_text
from eval.reporting.html_page import html_report, report_policy
from eval.reporting.words import WORDS, Language
from eval.runs.stored import read_run
from web.evaluations import Evaluations
from web.identity import current_user


def evaluation_routes(evaluations: Evaluations) -> list[BaseRoute]:
    """Return the routes; `web.permitted` must let them through."""

    def report(request: Request) -> Response:
        if not current_user(request).is_editor:
            return Response(status_code=HTTPStatus.FORBIDDEN)
        try:
            run = read_run(evaluations.shelf.folder(request.path_params["run"]))
        except DanChungError:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        named = request.query_params.get("language")
        words = WORDS[Language.EN if named == Language.EN.value else Language.VI]
        headers = {"content-security-policy": f"{report_policy()}; frame-ancestors 'none'"}
        return HTMLResponse(html_report(run, words), headers=headers)

    def opinions(request: Request) -> Response:
        if not current_user(request).is_editor:
            return Response(status_code=HTTPStatus.FORBIDDEN)
        lines = as_collection(evaluations.feedback.opinions())
        name = {"content-disposition": 'attachment; filename="gop-y.jsonl"'}
        return Response(as_text(lines), media_type="application/jsonl; charset=utf-8", headers=name)

    return [Route("/bao-cao/{run}", report), Route("/gop-y.jsonl", opinions)]
