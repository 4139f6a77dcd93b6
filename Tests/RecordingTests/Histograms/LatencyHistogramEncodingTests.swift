import FoundationEssentials
import Testing

@testable import Recording

/// The base64 texts were written by the Python implementation (PyPI `hdrhistogram` 0.10.8).
@Suite("LatencyHistogram: V2 encoding")
struct LatencyHistogramEncodingTests {
    /// 1 µs, 2 µs … 1 ms, and 1 ns, 3 ns, one hour.
    private static let rampText =
        "HISTFAAAAJF4nJNpmSzMwMB+mQECmKE0I5DpZrBjAYP9B6gAEyPTcX6ms/xMUzmYnrIzLWRh+sgMRcuZmL4zYkErGZmqmSrx4GwmayC0"
        + "BZPk0bpM0kyyQIgg6c/nZ+Jl4gZiCESwsIsOV3l2JlYwZIbSqJB40VH9Q18/MxMjGsQQwAWJVkgLM0ctH7V8ZFh++TYTEwBDv0EL"
    /// 5 once, 7 three times, 1,500 70 times, 1,502 200,000 times, 2^20 once, one hour twice.
    private static let runsText =
        "HISTFAAAADZ4nJNpmSzMwMAgwgABzFCaEch0M9ixgMH+A0SAk4mRbbl4DyNjw1aJgzMYmabeYmIBANmpCds="
    private static let emptyText = "HISTFAAAAB14nJNpmSzMgADMUJoRyHQz2LGAwf4DRAAATjkESw=="
    /// 42 and 5·10^9 in a histogram for a whole day.
    private static let widerText = "HISTFAAAACh4nJNpmSzMwMDAxgABzFCakYHBb8pEfwYG+w8QgWCmnx+ZmABzHQaF"
    /// 80,000 s in a histogram for a whole day.
    private static let beyondText = "HISTFAAAACZ4nJNpmSzMwMDAwgABzFCakYHBb8pEfwYG+w8QgemXWJgAZnIFrw=="
    /// Two significant digits.
    private static let twoDigitsText = "HISTFAAAACR4nJNpmSzMwMDAzAABTFCaESjkZrBjAYP9B4jAfEYmAF1LBO8="

    private static func histogram(_ counts: [(UInt64, Int)]) -> LatencyHistogram {
        let histogram = LatencyHistogram()
        for (value, count) in counts { for _ in 0..<count { histogram.record(value) } }
        return histogram
    }

    private static func ramp() -> LatencyHistogram {
        histogram([(1, 1), (3, 1), (3_600_000_000_000, 1)] + (1...1_000).map { ($0 * 1_000, 1) })
    }

    private static func runs() -> LatencyHistogram {
        histogram([(5, 1), (7, 3), (1_500, 70), (1_502, 200_000), (1 << 20, 1), (3_600_000_000_000, 2)])
    }

    private static func inflated(_ text: String) throws -> [UInt8] {
        let bytes = [UInt8](try #require(Data(base64Encoded: text)))
        return try #require(Zlib.inflated(bytes[8...], maximumBytes: 1 << 20))
    }

    @Test("what Python wrote reads with the figures that Python finds in it")
    func goldenDecoded() throws {
        let histogram = try LatencyHistogram.decodedV2(Self.rampText)
        #expect(histogram.count == 1_003)
        #expect(histogram.min == 1)
        #expect(histogram.max == 3_601_330_077_695)
        #expect(abs(histogram.mean - 3_589_986_880.093719) < 0.001)
        let percentiles = [50, 90, 95, 99, 99.9].map(histogram.percentile)
        #expect(percentiles == [500_223, 901_119, 951_295, 991_231, 1_000_447])
    }

    @Test("inflated, an encoding is byte for byte Python's")
    func goldenEncoded() throws {
        #expect(try Self.ramp().uncompressedV2() == Self.inflated(Self.rampText))
        #expect(try Self.runs().uncompressedV2() == Self.inflated(Self.runsText))
        #expect(try LatencyHistogram().uncompressedV2() == Self.inflated(Self.emptyText))
    }

    @Test("an encoding reads back with the same counts")
    func roundTrip() throws {
        for histogram in [LatencyHistogram(), Self.ramp(), Self.runs()] {
            let decoded = try LatencyHistogram.decodedV2(histogram.encodedV2())
            #expect(decoded.uncompressedV2() == histogram.uncompressedV2())
            #expect(decoded.summary() == histogram.summary())
        }
    }

    @Test("a histogram for a wider range reads when its values fit")
    func widerRange() throws {
        let expected = Self.histogram([(42, 1), (5_000_000_000, 1)])
        #expect(try LatencyHistogram.decodedV2(Self.widerText).summary() == expected.summary())
    }

    @Test("values above an hour are refused")
    func beyondRange() {
        #expect(throws: HistogramDecodingError.beyondRange) {
            try LatencyHistogram.decodedV2(Self.beyondText)
        }
    }

    @Test("another precision is refused")
    func otherLayout() {
        #expect(throws: HistogramDecodingError.otherLayout) {
            try LatencyHistogram.decodedV2(Self.twoDigitsText)
        }
    }

    @Test(
        "what is no compressed histogram is refused",
        arguments: [
            ("", .notCompressedV2), ("???", .notBase64), ("HISTFAAA", .notCompressedV2),
            ("AAAAAAAAAAA=", .notCompressedV2), ("HISTFAAAAAA=", .damagedCompression),
            ("HISTFAAAAAEA", .damagedCompression),
        ] as [(String, HistogramDecodingError)])
    func refused(text: String, expected: HistogramDecodingError) {
        #expect(throws: expected) { try LatencyHistogram.decodedV2(text) }
    }

    @Test("a cut text is refused at every length")
    func cut() {
        for length in 0..<Self.runsText.count {
            #expect(throws: HistogramDecodingError.self) {
                try LatencyHistogram.decodedV2(String(Self.runsText.prefix(length)))
            }
        }
    }

    @Test(
        "damaged counts are refused",
        arguments: [
            ([0x80], .damagedCounts),
            ([UInt8](repeating: 0xff, count: 9), .beyondRange),
            ([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02], .damagedCounts),
            ([0x81, 0x90, 0x04], .beyondRange),
            ([0xff, 0x8f, 0x04, 0x02], .beyondRange),
        ] as [([UInt8], HistogramDecodingError)])
    func damagedCounts(counts: [UInt8], expected: HistogramDecodingError) {
        let payload = HistogramHeaderV2.bytes(countsBytes: UInt32(counts.count)) + counts
        #expect(throws: expected) { try LatencyHistogram.decodedV2(Self.text(ofPayload: payload)) }
    }

    @Test("a payload shorter than its header says is refused")
    func shortPayload() {
        let payload = HistogramHeaderV2.bytes(countsBytes: 2) + [2]
        #expect(throws: HistogramDecodingError.notV2) {
            try LatencyHistogram.decodedV2(Self.text(ofPayload: payload))
        }
    }

    @Test("what inflates to more than a histogram can need is refused")
    func inflationBomb() {
        let payload = [UInt8](repeating: 0, count: 1 << 20)
        #expect(throws: HistogramDecodingError.damagedCompression) {
            try LatencyHistogram.decodedV2(Self.text(ofPayload: payload))
        }
    }

    private static func text(ofPayload payload: [UInt8]) -> String {
        let compressed = Zlib.deflated(payload)
        var bytes: [UInt8] = []
        bytes.append(bigEndian: HistogramHeaderV2.compressedCookie)
        bytes.append(bigEndian: UInt32(compressed.count))
        return Data(bytes + compressed).base64EncodedString()
    }
}
