"""Prometheus metrics. With several processes they share the folder PROMETHEUS_MULTIPROC_DIR."""

import os
import time

from flask import Flask, Response, current_app, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy.exc import SQLAlchemyError

from .. import jobs

REQUESTS = Counter("eosc_perf_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram("eosc_perf_request_seconds", "Time to answer, in seconds.", ["method", "route"])
NO_ROUTE = "none"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def init_app(app: Flask) -> None:
    app.before_request(start)
    app.after_request(count)
    app.add_url_rule("/metrics", "metrics", metrics)


def start() -> None:
    g.started = time.perf_counter()


def count(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else NO_ROUTE
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(method, route, str(response.status_code)).inc()
    if "started" in g:
        SECONDS.labels(method, route).observe(time.perf_counter() - g.started)
    return response


def metrics() -> Response:
    """For Prometheus; also the state of the job queue, so that unsent mail is seen."""
    registry: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    text = generate_latest(registry) + generate_latest(job_registry())
    return Response(text, content_type=CONTENT_TYPE_LATEST)


def job_registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    up = Gauge("eosc_perf_database_up", "Whether the database answers.", registry=registry)
    gauge = Gauge("eosc_perf_jobs", "Background jobs by status.", ["status"], registry=registry)
    try:
        for status, number in jobs.counts(current_app.extensions["engine"]).items():
            gauge.labels(status).set(number)
        up.set(1)
    except SQLAlchemyError:
        up.set(0)
    return registry
