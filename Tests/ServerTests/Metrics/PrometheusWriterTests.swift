import Recording
import Testing

@testable import Server

@Suite("PrometheusWriter")
struct PrometheusWriterTests {
    private func text(_ write: (inout PrometheusWriter) -> Void) -> String {
        var writer = PrometheusWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("counters and gauges, with and without labels")
    func plain() {
        let written = text { writer in
            writer.counter("messages_total", help: "Broadcasts accepted.", 12)
            writer.gauge("clients", help: "Connected.", 3)
            writer.counter(
                "sent_bytes_total", help: "By loop.",
                [
                    PrometheusSeries(["loop": "0", "io": "uring"], 1),
                    PrometheusSeries(["loop": "1", "io": "epoll"], UInt64.max),
                ])
            writer.gauge("load", help: "By loop.", [PrometheusSeries(["loop": "0"], 0.25)])
            writer.gauge("nothing", help: "No series.", [])
        }
        let expected = """
            # HELP messages_total Broadcasts accepted.
            # TYPE messages_total counter
            messages_total 12
            # HELP clients Connected.
            # TYPE clients gauge
            clients 3
            # HELP sent_bytes_total By loop.
            # TYPE sent_bytes_total counter
            sent_bytes_total{loop="0",io="uring"} 1
            sent_bytes_total{loop="1",io="epoll"} 18446744073709551615
            # HELP load By loop.
            # TYPE load gauge
            load{loop="0"} 0.25
            # HELP nothing No series.
            # TYPE nothing gauge

            """
        #expect(written == expected)
    }

    @Test("a histogram has cumulative buckets, its sum in seconds and its count")
    func histogram() {
        let histogram = DurationHistogram()
        for nanoseconds in [50_000, 50_001, 700_000, 700_000, 4_000_000_000] as [UInt64] {
            histogram.record(nanoseconds: nanoseconds)
        }
        let written = text { $0.histogram("latency_seconds", help: "Accepted to sent.", histogram.snapshot()) }
        let expected = """
            # HELP latency_seconds Accepted to sent.
            # TYPE latency_seconds histogram
            latency_seconds_bucket{le="5e-05"} 1
            latency_seconds_bucket{le="0.0001"} 2
            latency_seconds_bucket{le="0.00025"} 2
            latency_seconds_bucket{le="0.0005"} 2
            latency_seconds_bucket{le="0.001"} 4
            latency_seconds_bucket{le="0.0025"} 4
            latency_seconds_bucket{le="0.005"} 4
            latency_seconds_bucket{le="0.01"} 4
            latency_seconds_bucket{le="0.025"} 4
            latency_seconds_bucket{le="0.05"} 4
            latency_seconds_bucket{le="0.1"} 4
            latency_seconds_bucket{le="0.25"} 4
            latency_seconds_bucket{le="0.5"} 4
            latency_seconds_bucket{le="1"} 4
            latency_seconds_bucket{le="2.5"} 4
            latency_seconds_bucket{le="+Inf"} 5
            latency_seconds_sum 4.001500001
            latency_seconds_count 5

            """
        #expect(written == expected)
    }

    @Test("histograms of one name have their own labels before the bound, and one head")
    func labelledHistograms() {
        let written = text {
            $0.histogram(
                "wait_seconds", help: "h",
                [
                    PrometheusSeries(["loop": "0"], DurationSnapshot()),
                    PrometheusSeries(["loop": "1"], DurationSnapshot()),
                ])
        }
        let lines = written.split(separator: "\n")
        #expect(lines.count == 2 + 2 * 18)
        #expect(lines.count { $0.hasPrefix("# TYPE") } == 1)
        #expect(lines[2] == #"wait_seconds_bucket{loop="0",le="5e-05"} 0"#)
        #expect(lines[17] == #"wait_seconds_bucket{loop="0",le="+Inf"} 0"#)
        #expect(lines[18] == #"wait_seconds_sum{loop="0"} 0"#)
        #expect(lines[19] == #"wait_seconds_count{loop="0"} 0"#)
        #expect(lines[37] == #"wait_seconds_count{loop="1"} 0"#)
    }

    @Test("line feeds and backslashes are escaped everywhere, quotes in labels only")
    func escaping() {
        let value = "a\"b\\c\nd\re é"
        let written = text { $0.gauge("m", help: value, [PrometheusSeries(["l": value], 1)]) }
        #expect(
            written == "# HELP m a\"b\\\\c\\nd\re é\n# TYPE m gauge\n" + "m{l=\"a\\\"b\\\\c\\nd\re é\"} 1\n")
    }

    @Test(
        "numbers are written as Prometheus reads them",
        arguments: [
            (0, "0"), (-0.0, "0"), (-3, "-3"), (0.1, "0.1"), (1e15, "1000000000000000"), (1e300, "1e+300"),
            (1.5e-7, "1.5e-07"),
        ] as [(Double, String)])
    func numbers(value: Double, words: String) {
        let written = text { $0.gauge("m", help: "h", value) }
        #expect(written.hasSuffix("\nm \(words)\n"))
    }

    @Test("what is no finite number has a name")
    func notFinite() {
        let written = text { writer in
            let series = [Double.infinity, -Double.infinity, Double.nan].map { PrometheusSeries([:], $0) }
            writer.gauge("m", help: "h", series)
        }
        #expect(written.hasSuffix("\nm +Inf\nm -Inf\nm NaN\n"))
    }

    @Test("the content type names the format's version")
    func contentType() {
        #expect(PrometheusWriter.contentType == "text/plain; version=0.0.4; charset=utf-8")
    }
}
