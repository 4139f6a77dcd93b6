import LoadGen
import Testing

@Suite("ScenarioOption, ScenarioKeys and NearestNames")
struct ScenarioOptionTests {
    @Test("options are read from a help text, and nothing else of it")
    func help() {
        let help = """
            OVERVIEW: Load a server with --much.

            USAGE: broadside load [--in-flight <in-flight>] [--insecure]

            ARGUMENTS:
              <url>                   ws://host

            OPTIONS:
              --in-flight <in-flight> Closed loop, unlike
                                      --rate.
              --insecure              Take any certificate.
              --text/--no-text        Text frames.
              -h, --help              Show help information.
            """
        #expect(
            ScenarioOption.options(inHelp: help) == [
                ScenarioOption(name: "in-flight", takesValue: true),
                ScenarioOption(name: "insecure", takesValue: false),
                ScenarioOption(name: "text", takesValue: false, hasInverse: true),
            ])
    }

    @Test(
        "a key is the name in camel case",
        arguments: [("rate", "rate"), ("in-flight", "inFlight"), ("publish-url", "publishUrl"), ("a-b-c", "aBC")])
    func key(name: String, key: String) {
        #expect(ScenarioOption(name: name, takesValue: true).key == key)
    }

    @Test("a plural is the option where that takes a value and is none itself")
    func plurals() {
        let keys = ScenarioKeys([
            ScenarioOption(name: "stage", takesValue: true), ScenarioOption(name: "insecure", takesValue: false),
            ScenarioOption(name: "clients", takesValue: true), ScenarioOption(name: "scenario", takesValue: true),
        ])
        #expect(keys["stages"]?.name == "stage")
        #expect(keys["stage"]?.name == "stage")
        #expect(keys["insecures"] == nil)
        #expect(keys["clientss"] == nil)
        #expect(keys["scenario"] == nil)
        #expect(Set(keys.names) == ["stage", "insecure", "clients", "url", "groups"])
    }

    @Test(
        "the distance of two words is that of Levenshtein",
        arguments: [("kitten", "sitting", 3), ("", "abc", 3), ("abc", "", 3), ("Rate", "rate", 0), ("abcd", "acbd", 2)])
    func distance(first: String, second: String, steps: Int) {
        #expect(NearestNames.distance(first, second) == steps)
        #expect(NearestNames.distance(second, first) == steps)
    }

    @Test("names that are near are suggested, nearest first; where none is, all are")
    func suggestions() {
        let names = ["rate", "grace", "clients", "connectRate", "rate"]
        #expect(NearestNames.suggestion(for: "rte", among: names) == "did you mean rate?")
        #expect(NearestNames.suggestion(for: "cliants", among: names) == "did you mean clients?")
        #expect(NearestNames.suggestion(for: "connect", among: names) == "did you mean connectRate?")
        #expect(
            NearestNames.suggestion(for: "zzz", among: names) == "expected one of clients, connectRate, grace, rate")
    }
}
