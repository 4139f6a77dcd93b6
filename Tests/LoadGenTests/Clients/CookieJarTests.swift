import Testing
import WebSocketWire

@testable import LoadGen

@Suite("CookieJar")
struct CookieJarTests {
    private func jar(_ fields: [String]) -> CookieJar? {
        var headers = HTTPHeaders()
        headers.add("Upgrade", "websocket")
        for field in fields { headers.add("set-cookie", field) }
        var jar: CookieJar?
        CookieJar.collect(headers, into: &jar)
        return jar
    }

    private func cookieFields(_ jar: CookieJar?, _ given: [(String, String)] = []) -> [String] {
        jar?.adding(to: given).map { "\($0.0): \($0.1)" } ?? []
    }

    @Test(
        "name and value are kept, attributes are not",
        arguments: [
            ("a=1", "Cookie: a=1"), ("a=1; Path=/; HttpOnly", "Cookie: a=1"), (" a = 1 ;Secure", "Cookie: a=1"),
            ("a=", "Cookie: a="), ("a=b=c", "Cookie: a=b=c"), ("a=\"x y\"", "Cookie: a=\"x y\""),
        ])
    func parsing(field: String, expected: String) {
        #expect(cookieFields(jar([field])) == [expected])
    }

    @Test(
        "what is no cookie makes no jar",
        arguments: ["", "a", "=1", "; a=1", " = x", "a=" + String(repeating: "x", count: 4096)])
    func nothing(field: String) {
        #expect(jar([field]) == nil)
    }

    @Test("without Set-Cookie there is no jar")
    func noField() {
        #expect(jar([]) == nil)
    }

    @Test("several are sent in one field, in their order, and a later value replaces an earlier one")
    func several() {
        #expect(cookieFields(jar(["a=1", "b=2; Path=/", "a=3"])) == ["Cookie: a=3; b=2"])
    }

    @Test("a later response adds to the jar")
    func later() {
        var jar = jar(["a=1"])
        var headers = HTTPHeaders()
        headers.add("Set-Cookie", "b=2")
        CookieJar.collect(headers, into: &jar)
        #expect(cookieFields(jar) == ["Cookie: a=1; b=2"])
    }

    @Test("a Cookie field that was given is joined with ours")
    func given() {
        let fields = cookieFields(jar(["a=1"]), [("cookie", "mine=x"), ("X-Other", "y")])
        #expect(fields == ["X-Other: y", "Cookie: mine=x; a=1"])
    }

    @Test("fifty are kept and no more")
    func bound() {
        let fields = cookieFields(jar((0..<60).map { "c\($0)=\($0)" }))
        #expect(fields.first?.split(separator: ";").count == 50)
    }
}
