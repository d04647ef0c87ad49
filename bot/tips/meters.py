"""What Prometheus sees of the deliveries: numbers, never a name or a text; a registry of its own, no global."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.store.deliveries import Standing

LATE_BUCKETS = (1, 2, 5, 10, 30, 60, 120, 300, 900, 3_600, 4 * 3_600, 24 * 3_600, 7 * 24 * 3_600)


class Meters:
    """Counters of this process, and gauges of the whole ledger (the same in every process: take their maximum)."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.sent = Counter("boundary_sent", "Deliveries that Slack took", registry=self.registry)
        self.retried = Counter("boundary_retried", "Deliveries put off for later", ["why"], registry=self.registry)
        self.doubted = Counter("boundary_doubted", "Deliveries that were in doubt", ["found"], registry=self.registry)
        self.late = Histogram(
            "boundary_late_seconds",
            "How long after its time a delivery was taken",
            buckets=LATE_BUCKETS,
            registry=self.registry,
        )
        self._due = Gauge("boundary_due", "Subscriptions that are due and not planned yet", registry=self.registry)
        self._open = Gauge("boundary_open", "Deliveries that are planned and not sent yet", registry=self.registry)
        self._in_doubt = Gauge("boundary_in_doubt", "Open deliveries that may have been sent", registry=self.registry)
        self._retrying = Gauge("boundary_retrying", "Open deliveries that failed before", registry=self.registry)
        self._dead = Gauge("boundary_dead", "Deliveries that were given up", ["reason"], registry=self.registry)
        self._oldest = Gauge("boundary_oldest_seconds", "How late the oldest open one is", registry=self.registry)

    def stand(self, standing: Standing) -> None:
        """Set the gauges."""
        self._due.set(standing.due)
        self._open.set(standing.open)
        self._in_doubt.set(standing.in_doubt)
        self._retrying.set(standing.retrying)
        self._oldest.set(standing.oldest_seconds)
        self._dead.clear()
        for reason, count in standing.dead.items():
            self._dead.labels(reason).set(count)

    def page(self) -> bytes:
        """Return what `/metrics` answers, as text of version 0.0.4."""
        return generate_latest(self.registry)
