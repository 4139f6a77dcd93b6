import Foundation
import Testing

@testable import Bench

@Suite("GateCode")
struct GateCodeTests {
    /// What measures and decides, below `Sources`: files, and folders with all that is in them.
    private static let places =
        ["Bench/Gate/Metrics/", "Bench/Gate/Verdict/", "Bench/Gate/Exact/", "LoadGen/Slices/"]
        + ["Bench/Gate/GatePlan.swift", "Bench/Gate/GateRun.swift"]
        + [
            "MeasuringThread", "ServerClock", "SetCompletions", "SetMeasurement", "SliceArm", "SliceLoad", "SlicePair",
            "SlicePlan",
            "SliceRecord+Figures", "SliceSeries", "StealMeter",
        ].map { "Bench/Slices/\($0).swift" }
        + [
            "ErrorSpending", "HodgesLehmann", "IncompleteBeta", "MeanAndError", "SliceOrder", "StudentT",
            "WalshAverages",
        ].map { "Bench/Statistics/\($0).swift" }
    /// Words for people only.
    private static let leftOut: Set = ["Bench/Gate/Verdict/GateReasons.swift", "Bench/Gate/Verdict/MetricText.swift"]

    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")

    /// In the order of their names.
    private static let files: [String] = {
        let all = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
        return all.filter { path in
            path.hasSuffix(".swift") && !leftOut.contains(path) && places.contains { path.hasPrefix($0) }
        }.sorted()
    }()

    /// The text without lines that are comments only and without white space, which change no behaviour.
    private static func essence(_ text: String) -> String.UnicodeScalarView {
        var essence = String.UnicodeScalarView()
        for line in text.split(separator: "\n") where !line.trimmingPrefix(while: \.isWhitespace).hasPrefix("//") {
            essence.append(contentsOf: line.unicodeScalars.filter { !$0.properties.isWhitespace })
        }
        return essence
    }

    /// FNV-1a of 64 bits (Fowler, Noll and Vo).
    private static func digest(_ texts: [String]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for text in texts {
            for byte in String(essence(text)).utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    @Test("every place that is named is there")
    func places() {
        for place in Self.places { #expect(Self.files.contains { $0.hasPrefix(place) }, "\(place)") }
        for path in Self.leftOut {
            #expect(FileManager.default.fileExists(atPath: Self.sources.appending(path: path).path), "\(path)")
        }
    }

    @Test("the digest is that of the code that measures and decides, so that self-tests of other code do not pool")
    func digest() throws {
        let texts = try Self.files.map { try String(contentsOf: Self.sources.appending(path: $0), encoding: .utf8) }
        let expected = Self.digest(texts)
        #expect(
            GateCode.digest == expected,
            "what measures or decides has changed: GateCode.digest has to be \"\(expected)\"")
    }

    @Test("comments and layout change no digest, everything else does")
    func essence() {
        let digest = { (text: String) in Self.digest([text]) }
        #expect(digest("a = 1\n") == digest("  // why\n/// what\na=\t1\n\n"))
        #expect(digest("a = 1\n") != digest("a = 2\n"))
        #expect(digest("a = 1 // b\n") != digest("a = 1\n"))
        // Known answers of FNV-1a.
        #expect(digest("") == "cbf29ce484222325")
        #expect(digest("foobar") == "85944171f73967e8")
    }
}
