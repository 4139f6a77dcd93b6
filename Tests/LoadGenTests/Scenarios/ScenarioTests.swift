import LoadGen
import Testing

@Suite("Scenario")
struct ScenarioTests {
    static let keys = ScenarioKeys([
        ScenarioOption(name: "clients", takesValue: true), ScenarioOption(name: "publishers", takesValue: true),
        ScenarioOption(name: "rate", takesValue: true), ScenarioOption(name: "in-flight", takesValue: true),
        ScenarioOption(name: "stage", takesValue: true), ScenarioOption(name: "header", takesValue: true),
        ScenarioOption(name: "compression", takesValue: true), ScenarioOption(name: "insecure", takesValue: false),
        ScenarioOption(name: "slow-readers", takesValue: true), ScenarioOption(name: "scenario", takesValue: true),
        ScenarioOption(name: "subscribe", takesValue: true),
        ScenarioOption(name: "text", takesValue: false, hasInverse: true),
    ])

    private static func scenario(_ text: String) throws -> Scenario {
        try Scenario(parsing: text, file: "a.yaml", keys: keys)
    }

    private static func words(_ text: String) throws -> [String] {
        try scenario(text).settings.map(\.word)
    }

    @Test("keys become words of the command line, values as they were written")
    func settings() throws {
        let words = try Self.words(
            """
            # A comment.
            url: ws://example.org/relay
            clients: 1_000
            inFlight: 16
            compression: on
            insecure: true
            """)
        #expect(
            words == [
                "ws://example.org/relay", "--clients=1_000", "--in-flight=16", "--compression=on", "--insecure",
            ])
    }

    @Test("lists, plurals and mappings repeat an option")
    func repeated() throws {
        let words = try Self.words(
            """
            stages:
              - 10s:0..100
              - 30s:100
            headers:
              X-Room: lobby
              X-Empty: ''
            subscribe: ['{"a":1}', -x]
            """)
        #expect(
            words == [
                "--stage=10s:0..100", "--stage=30s:100", "--header=X-Room: lobby", "--header=X-Empty: ",
                #"--subscribe={"a":1}"#, "--subscribe=-x",
            ])
    }

    @Test("a flag is there or not")
    func flags() throws {
        #expect(try Self.words("insecure: no").isEmpty)
        #expect(try Self.words("insecure: on") == ["--insecure"])
        #expect(try Self.words("text: true") == ["--text"])
        #expect(try Self.words("text: false") == ["--no-text"])
    }

    @Test("settings know their lines")
    func lines() throws {
        let scenario = try Self.scenario("clients: 5\n\nstages:\n  - 1s:1\n  - 1s:2\n")
        #expect(scenario.settings.map(\.line) == [1, 4, 5])
    }

    @Test(
        "what is wrong is told in one line, with its place",
        arguments: [
            ("clients: 5\nclinets: 6", "a.yaml:2: unknown key 'clinets': did you mean clients?"),
            ("in-flight: 6", "a.yaml:1: unknown key 'in-flight': did you mean inFlight?"),
            ("\nscenario: b.yaml", "a.yaml:2: unknown key 'scenario': expected one of"),
            ("zzzzzz: 1", "a.yaml:1: unknown key 'zzzzzz': expected one of clients, compression, groups, header"),
            ("rate:", "a.yaml:1: rate: expected a value, found none"),
            ("rate: null", "a.yaml:1: rate: expected a value, found none"),
            ("rate: [[1]]", "a.yaml:1: rate: expected one value"),
            ("stages: []", "a.yaml:1: stages: expected a value"),
            ("insecure: maybe", "a.yaml:1: insecure: expected true or false, found 'maybe'"),
            ("url: --insecure", "a.yaml:1: url: expected ws://"),
            ("rate: 1\nrate: 2", "a.yaml:1: expected each key once, found more of rate"),
            ("- 1", "a.yaml: expected keys with their values"), ("", "a.yaml: expected keys with their values"),
            ("? [1]\n: 2", "a.yaml:1: a key: expected one value"),
        ])
    func errors(text: String, message: String) throws {
        let error = try #require(throws: ScenarioError.self) { try Self.scenario(text) }
        #expect(error.description.hasPrefix(message), "\(error)")
        #expect(!error.description.contains("\n"))
    }

    @Test("what is no YAML has a line too", arguments: ["rate: [1", "rate: \"", "rate: *other"])
    func noYAML(text: String) throws {
        let error = try #require(throws: ScenarioError.self) { try Self.scenario(text) }
        #expect(error.line != nil)
        #expect(error.problem.hasPrefix("no YAML: "))
        #expect(!error.problem.contains("\n"))
    }

    // MARK: Groups

    @Test("groups make the sums of the run, and are kept")
    func groups() throws {
        let scenario = try Self.scenario(
            """
            groups:
              - name: speakers
                clients: 5
                publishers: 5
                path: /talk?x=1
                headers: {X-Role: speaker}
              - name: listeners
                clients: 90
                subscribe: hello
              - {name: sleepers, clients: 5, slowReaders: 5}
            """)
        #expect(scenario.settings.map(\.word) == ["--clients=100", "--publishers=5", "--slow-readers=5"])
        let groups = scenario.groups.groups
        #expect(groups.map(\.name) == ["speakers", "listeners", "sleepers"])
        #expect(groups[0].path == "/talk?x=1")
        #expect(groups[0].headers == ["X-Role: speaker"])
        #expect(groups[1].subscribe == ["hello"])
        #expect(groups[2].slowReaders == 5)
    }

    @Test("what follows from the groups may stand in the file as well")
    func agreeing() throws {
        let words = try Self.words("clients: 3\ngroups: [{name: a, clients: 3}]")
        #expect(words == ["--clients=3", "--clients=3"])
    }

    @Test(
        "groups that cannot be run are refused",
        arguments: [
            ("groups: 5", "a.yaml:1: groups: expected a list"), ("groups: []", "a.yaml:1: groups: expected a list"),
            ("groups: [a]", "a.yaml:1: groups: expected each to be keys"),
            ("groups: [{clients: 5}]", "a.yaml:1: groups: expected each to have a name and clients"),
            ("groups: [{name: a}]", "a.yaml:1: groups: expected each to have a name and clients"),
            ("groups: [{name: a, clients: 0}]", "a.yaml:1: clients: expected a number from 1 to 1000000, found '0'"),
            ("groups: [{name: a, clients: 2, publishers: 3}]", "a.yaml:1: group a: expected at most its 2 clients"),
            ("groups: [{name: a, clients: 2, slowReaders: 3}]", "a.yaml:1: group a: expected at most its 2 clients"),
            ("groups: [{name: a, clients: 2, path: x}]", "a.yaml:1: path: expected one that begins with /"),
            ("groups: [{name: a, clients: 2, path: /a b}]", "a.yaml:1: path: expected one that begins with /"),
            ("groups: [{name: a, clients: 2, paht: /}]", "a.yaml:1: unknown key 'paht' of a group: did you mean path"),
            ("groups: [{name: a, clients: 2, thinkTime: 1s}]", "a.yaml:1: thinkTime: expected beside groups"),
            (
                "groups:\n- {name: a, clients: 2}\n- {name: a, clients: 2}",
                "a.yaml:3: group a: expected a name of its own"
            ),
            (
                "groups:\n- {name: a, clients: 2, publishers: 1}\n- {name: b, clients: 2, publishers: 1}",
                "a.yaml:3: group b: publishers: expected those that publish before all other clients"
            ),
            (
                "groups:\n- {name: a, clients: 2, slowReaders: 1}\n- {name: b, clients: 2}",
                "a.yaml:3: group b: expected slow readers after all other clients"
            ),
            ("clients: 4\ngroups: [{name: a, clients: 3}]", "a.yaml:1: clients: the groups have 3 in all, found 4"),
        ])
    func refusedGroups(text: String, message: String) throws {
        let error = try #require(throws: ScenarioError.self) { try Self.scenario(text) }
        #expect(error.description.hasPrefix(message), "\(error)")
    }

    @Test("publishers and slow readers may share a group with others at its front and end")
    func mixedGroups() throws {
        let words = try Self.words(
            """
            groups:
              - {name: a, clients: 2, publishers: 2}
              - {name: b, clients: 4, publishers: 1, slowReaders: 2}
              - {name: c, clients: 3, slowReaders: 3}
            """)
        #expect(words == ["--clients=9", "--publishers=3", "--slow-readers=5"])
    }
}
