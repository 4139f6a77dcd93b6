import LoadGen
import Testing

@Suite("MessageTemplate")
struct MessageTemplateTests {
    private static let stamp = Stamp(
        identity: Stamp.Identity(runTag: 0xbeef, publisher: 0x12345, sequence: 0x67_89ab_cdef),
        intendedNanoseconds: 0x0123_4567_89ab, sentNanoseconds: 0xfedc_ba98_7654)
    private static let stampText = "~bs~beef0123456789abcdef0123456789abfedcba987654"

    private func template(_ text: String, columns: [String] = []) throws -> MessageTemplate {
        try MessageTemplate(parsing: Array(text.utf8), columns: columns)
    }

    private func rendered(
        _ text: String, client: UInt64 = 7, sequence: UInt64 = 42, row: Int = 0, data: String? = nil, seed: UInt64 = 1
    ) throws -> String {
        let table = try data.map { try DataTable(parsing: Array($0.utf8)) }
        let template = try template(text, columns: table?.columns ?? [])
        let values = MessageValues(stamp: Self.stamp, client: client, sequence: sequence, row: row)
        var bytes = [UInt8](repeating: 0x2e, count: template.byteCount(values, table))
        var random = SeededGenerator(seed: seed)
        bytes.withUnsafeMutableBytes { template.write(values, table, random: &random, into: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "each placeholder becomes what it stands for, and all else stays",
        arguments: [
            ("", ""), ("no placeholder", "no placeholder"), ("{{stamp}}", stampText),
            ("a{{client}}b{{sequence}}c", "a7b42c"), ("{{ client }}{{sequence }}", "742"),
            ("{\"id\":\"{{stamp}}\",\"n\":{{sequence}}}", "{\"id\":\"\(stampText)\",\"n\":42}"),
            ("{\"a\":{\"b\":{}}}", "{\"a\":{\"b\":{}}}"), ("{{{client}}}", "{7}"), ("}}{{client}}}}", "}}7}}"),
            ("ü{{client}}ß", "ü7ß"), ("{", "{"), ("{{client}}{", "7{"),
        ])
    func rendering(text: String, expected: String) throws {
        #expect(try rendered(text) == expected)
    }

    @Test("numbers of every length have the room that they need", arguments: [0, 9, 10, 99, 100, 1 << 40, UInt64.max])
    func numbers(number: UInt64) throws {
        #expect(try rendered("<{{client}}|{{sequence}}>", client: number, sequence: number) == "<\(number)|\(number)>")
    }

    @Test("random digits are as many as asked for, follow from the seed, and differ within a message")
    func randomDigits() throws {
        let counts = [("{{random}}", 16), ("{{random:1}}", 1), ("{{random:17}}", 17), ("{{random:1000}}", 1000)]
        for (text, count) in counts {
            let digits = try rendered(text)
            #expect(digits.utf8.count == count)
            #expect(digits.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) })
            #expect(try rendered(text) == digits)
        }
        let (one, other) = (try rendered("{{random}}"), try rendered("{{random}}", seed: 2))
        #expect(one != other)
        let twice = try rendered("{{random}}{{random}}")
        #expect(twice.prefix(16) != twice.suffix(16))
        let many = try rendered("{{random:1000}}")
        #expect(Set(many).count == 16)
    }

    @Test("columns come from the row that is asked for")
    func columns() throws {
        let data = "name,room\nAda,\"a, b\"\n,x\n"
        #expect(try rendered("{{name}}@{{room}}", row: 0, data: data) == "Ada@a, b")
        #expect(try rendered("{{name}}@{{room}}", row: 1, data: data) == "@x")
        #expect(try rendered("{{client}}", data: "client\n99\n") == "7")
    }

    @Test(
        "what is no placeholder is named",
        arguments: [
            ("{{bogus}}", MessageTemplateError.unknownPlaceholder("bogus", columns: ["name"])),
            ("{{}}", .unknownPlaceholder("", columns: ["name"])),
            ("{{Stamp}}", .unknownPlaceholder("Stamp", columns: ["name"])),
            ("ab{{stamp", .unclosed(byteOffset: 2)), ("{{stamp}", .unclosed(byteOffset: 0)),
            ("x{{", .unclosed(byteOffset: 1)),
            ("{{random:0}}", .badRandomDigits("random:0")), ("{{random:}}", .badRandomDigits("random:")),
            ("{{random:-1}}", .badRandomDigits("random:-1")),
            ("{{random:1048577}}", .badRandomDigits("random:1048577")),
        ] as [(String, MessageTemplateError)])
    func mistakes(text: String, expected: MessageTemplateError) {
        #expect(throws: expected) { try template(text, columns: ["name"]) }
        let lines = expected.details.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 1)
    }

    @Test("the details name the placeholder and what there is")
    func details() {
        let error = MessageTemplateError.unknownPlaceholder("bogus", columns: ["name", "room"])
        #expect(error.details.contains("{{bogus}}"))
        #expect(error.details.contains("name, room"))
    }

    @Test("what is published has a stamp; what subscribes has neither stamp nor sequence")
    func checks() throws {
        #expect(throws: MessageTemplateError.withoutStamp) { try template("{{client}}").checkPublishable() }
        try template("{{stamp}}").checkPublishable()
        #expect(throws: MessageTemplateError.notPublished("stamp")) { try template("{{stamp}}").checkUnpublished() }
        #expect(throws: MessageTemplateError.notPublished("sequence")) {
            try template("{{sequence}}").checkUnpublished()
        }
        try template("{{client}} {{random}}").checkUnpublished()
        let with = try template("{{name}}", columns: ["name"])
        let without = try template("{{client}}", columns: ["name"])
        #expect(with.hasColumns)
        #expect(!without.hasColumns)
    }

    @Test("a buffer without room is a programmer error")
    func noRoom() async {
        await #expect(processExitsWith: .failure) {
            let template = try MessageTemplate(parsing: Array("abc".utf8))
            let values = MessageValues(stamp: nil, client: 0, sequence: 0, row: 0)
            var random = SeededGenerator(seed: 1)
            withUnsafeTemporaryAllocation(byteCount: 2, alignment: 1) {
                template.write(values, nil, random: &random, into: $0)
            }
        }
    }
}
