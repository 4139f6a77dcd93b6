import FoundationEssentials
import Testing

@testable import Server

@Suite("JSONWriter")
struct JSONWriterTests {
    private struct Sample: Codable, Equatable {
        struct Inner: Codable, Equatable {
            var a: Int64
            var b: String
        }
        var text: String
        var number: Int64
        var fraction: Double
        var list: [String]
        var inner: Inner
        var empty: [String]
    }

    @Test(
        "what is written reads back the same",
        arguments: [
            "", "plain", "quote \" backslash \\ slash /", "line\nfeed\r\ttab", "\u{0}\u{1}\u{1f}\u{7f}",
            "é 漢 🎉 \u{2028}",
        ])
    func roundTrip(text: String) throws {
        let sample = Sample(
            text: text, number: .min, fraction: -1.5e-300, list: [text, "b", text],
            inner: .init(a: .max, b: text), empty: [])
        var json = JSONWriter()
        json.object { json in
            json.field("text", sample.text)
            json.field("number", sample.number)
            json.field("fraction", sample.fraction)
            json.field("list", sample.list)
            json.objectField("inner") { json in
                json.field("a", sample.inner.a)
                json.field("b", sample.inner.b)
            }
            json.field("empty", sample.empty)
        }
        #expect(try JSONDecoder().decode(Sample.self, from: Data(json.bytes)) == sample)
    }

    @Test(
        "control characters, quotes and backslashes are escaped, nothing else is",
        arguments: [
            ("\"", #"\""#), ("\\", #"\\"#), ("\n", #"\n"#), ("\r", #"\u000d"#), ("\u{1f}", #"\u001f"#),
            ("/", "/"), ("é", "é"),
        ])
    func escapes(text: String, escaped: String) {
        var json = JSONWriter()
        json.object { $0.field("k", text) }
        #expect(String(decoding: json.bytes, as: UTF8.self) == #"{"k":"\#(escaped)"}"#)
    }

    @Test("an array of objects has one for each element, and commas between them only", arguments: 0...3)
    func arrays(count: Int) {
        var json = JSONWriter()
        json.object { json in
            json.field("before", "")
            json.arrayField("list", of: 0..<count) { json, element in
                json.field("a", Int64(element))
                json.arrayField("b", of: 0..<element) { json, _ in json.field("c", "") }
            }
            json.field("after", 1 as Int64)
        }
        let elements = [#"{"a":0,"b":[]}"#, #"{"a":1,"b":[{"c":""}]}"#, #"{"a":2,"b":[{"c":""},{"c":""}]}"#]
        let list = elements.prefix(count).joined(separator: ",")
        #expect(String(decoding: json.bytes, as: UTF8.self) == #"{"before":"","list":[\#(list)],"after":1}"#)
    }

    @Test("fields come in the order given, with commas between them only")
    func order() {
        var json = JSONWriter()
        json.object { json in
            json.objectField("first") { _ in }
            json.field("second", 2 as Int64)
            Array("[1]".utf8).withUnsafeBytes { json.field("third", json: $0) }
        }
        #expect(String(decoding: json.bytes, as: UTF8.self) == #"{"first":{},"second":2,"third":[1]}"#)
    }
}
