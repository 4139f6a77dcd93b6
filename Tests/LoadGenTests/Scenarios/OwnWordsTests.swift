import LoadGen
import Testing

@Suite("OwnWords: the command line beside a scenario file")
struct OwnWordsTests {
    private static let known = [
        ScenarioOption(name: "scenario", takesValue: true), ScenarioOption(name: "clients", takesValue: true),
        ScenarioOption(name: "rate", takesValue: true), ScenarioOption(name: "in-flight", takesValue: true),
        ScenarioOption(name: "stage", takesValue: true), ScenarioOption(name: "duration", takesValue: true),
        ScenarioOption(name: "threshold", takesValue: true), ScenarioOption(name: "insecure", takesValue: false),
        ScenarioOption(name: "think-time", takesValue: true), ScenarioOption(name: "header", takesValue: true),
        ScenarioOption(name: "text", takesValue: false, hasInverse: true),
    ]

    private static func merged(_ own: [String], _ text: String) throws -> [String] {
        let scenario = try Scenario(parsing: text, file: "a.yaml", keys: ScenarioKeys(known))
        return OwnWords(own, known: known).words(after: scenario)
    }

    @Test("the file is found wherever it stands, and only where it is an option")
    func scenarioFile() {
        func file(_ words: [String]) -> String? { OwnWords(words, known: Self.known).scenarioFile }
        #expect(file(["--scenario", "a.yaml"]) == "a.yaml")
        #expect(file(["--clients", "5", "--scenario=a=b.yaml", "ws://h"]) == "a=b.yaml")
        #expect(file(["--insecure", "--scenario", "a.yaml"]) == "a.yaml")
        #expect(file([]) == nil)
        #expect(file(["--scenario"]) == nil)
        #expect(file(["--scenario", "--clients"]) == nil)
        #expect(file(["--", "--scenario", "a.yaml"]) == nil)
    }

    @Test("the file's words come first, so that the parser takes the command line's")
    func order() throws {
        #expect(
            try Self.merged(["--scenario", "a.yaml", "--insecure"], "clients: 5\nrate: 7")
                == ["--clients=5", "--rate=7", "--scenario", "a.yaml", "--insecure"])
    }

    @Test("an option of the command line replaces the file's, a repeated one as a whole")
    func precedence() throws {
        #expect(
            try Self.merged(["--clients=9", "--threshold", "x"], "clients: 5\nthresholds: [a, b]\nheaders: {K: v}")
                == ["--header=K: v", "--clients=9", "--threshold", "x"])
    }

    @Test(
        "an option replaces those that say otherwise",
        arguments: [
            (["--rate", "5"], "inFlight: 4\nthinkTime: 1s\nduration: 9s", ["--duration=9s"]),
            (["--rate", "5"], "stages: [\"1s:1\"]\nduration: 9s", ["--duration=9s"]),
            (["--in-flight", "5"], "rate: 4", []), (["--in-flight", "5"], "thinkTime: 1s", ["--think-time=1s"]),
            (["--stage", "1s:1"], "duration: 9s\nrate: 3\nclients: 2", ["--clients=2"]),
            (["--no-text"], "text: true", []), (["--text"], "text: false", []),
            (["--clients", "5"], "rate: 4\nduration: 3s", ["--rate=4", "--duration=3s"]),
        ] as [([String], String, [String])])
    func replacement(own: [String], text: String, left: [String]) throws {
        #expect(try Self.merged(own, text) == left + own)
    }

    @Test("a URL of the command line is used instead of the file's")
    func url() throws {
        let text = "url: ws://file/\nclients: 5"
        #expect(try Self.merged(["ws://own/"], text) == ["--clients=5", "ws://own/"])
        #expect(try Self.merged(["--rate", "5", "--", "ws://own/"], text).first == "--clients=5")
        // The value of an option is no URL.
        #expect(try Self.merged(["--rate", "5"], text) == ["ws://file/", "--clients=5", "--rate", "5"])
    }

    @Test("messages about the file's settings get their line, others do not")
    func located() throws {
        let text = "clients: 5x\nstages:\n  - 30s:1\n  - 30s:bad\nthreshold: foo.bar<1\n"
        let scenario = try Scenario(parsing: text, file: "a.yaml", keys: ScenarioKeys(Self.known))
        func located(_ message: String, _ own: [String] = []) -> String {
            OwnWords(own, known: Self.known).located(message, in: scenario)
        }
        let invalid = "'5x' is invalid for '--clients <clients>'"
        #expect(located(invalid) == "a.yaml:1: \(invalid)")
        #expect(located("--stage: stage \"30s:bad\"") == "a.yaml:4: --stage: stage \"30s:bad\"")
        #expect(located("--stage and --duration: no") == "a.yaml:3: --stage and --duration: no")
        #expect(located("threshold \"foo.bar<1\": no") == "a.yaml:5: threshold \"foo.bar<1\": no")
        #expect(located("--clients: no", ["--clients", "6"]) == "--clients: no")
        #expect(located("--clients-x: no") == "--clients-x: no")
        #expect(located("something else") == "something else")
    }
}
