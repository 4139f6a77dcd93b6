import FoundationEssentials
import Testing

@testable import Recording

@Suite("ResultPath")
struct ResultPathTests {
    /// Inputs of a run, an identity, and the errors, whose kinds are open.
    private static let noFigures = ["plan.", "machine.", "errors.", "server.pid"]

    @Test("every number that a run measures can be named, and reads as in the JSON")
    func complete() throws {
        let result = RunResult.sample()
        let tree = try JSONDecoder().decode(JSONTree.self, from: Data(result.encoded()))
        let expected = tree.numbers().filter { path, _ in !Self.noFigures.contains { path.hasPrefix($0) } }
        let found = Dictionary(uniqueKeysWithValues: ResultPath.all.map { ($0.name, $0.read(result)) })
        #expect(found == expected.mapValues { Optional($0) })
    }

    @Test("no two figures share a name or a short name")
    func distinct() {
        #expect(Set(ResultPath.all.map(\.name)).count == ResultPath.all.count)
        #expect(Set(ResultPath.all.map(\.shortName)).count == ResultPath.all.count)
    }

    @Test(
        "the unit may be left out of the name",
        arguments: [
            ("latency.p99", "latency.p99Nanoseconds"), ("latency.p99Nanoseconds", "latency.p99Nanoseconds"),
            ("server.cpuPerDelivery", "server.cpuNanosecondsPerDelivery"), ("latency.count", "latency.count"),
            ("duration", "durationNanoseconds"),
        ])
    func named(name: String, expected: String) {
        #expect(ResultPath.named(name)?.name == expected)
    }

    @Test(
        "what is no figure has no path",
        arguments: [
            "", "latency", "latency.p98", "Latency.p99", "plan.clients", "rates.generatorBound", "errors.",
        ])
    func unknown(name: String) {
        #expect(ResultPath.named(name) == nil)
    }

    @Test(
        "errors are named by kind, and count 0 where none occurred",
        arguments: [("errors.timeout", 7), ("errors.other", 0)])
    func errors(name: String, expected: Double) {
        #expect(ResultPath.named(name)?.read(.sample()) == expected)
    }
}
