import Testing
import WebSocketWire

@Suite("HTTPHeaders")
struct HTTPHeadersTests {
    private func headers(_ fields: (String, String)...) -> HTTPHeaders {
        var headers = HTTPHeaders()
        for (name, value) in fields { headers.add(name, value) }
        return headers
    }

    @Test("names compare without regard to case, and fields keep their order")
    func lookup() {
        let headers = headers(("Accept", "a"), ("X-Token", "1"), ("x-token", "2"))
        #expect(headers.first("X-TOKEN") == "1")
        #expect(headers.all("x-Token") == ["1", "2"])
        #expect(headers.first("X-Toke") == nil)
        #expect(headers.all("Host").isEmpty)
        #expect(headers.count == 3)
        #expect(headers.map(\.name) == ["Accept", "X-Token", "x-token"])
    }

    @Test("only ASCII letters fold")
    func folding() {
        #expect(headers(("a@b", "")).first("A`B") == nil)
        #expect(headers(("a[", "")).first("a{") == nil)
    }

    @Test("tokens are found in lists over several fields")
    func tokens() {
        let headers = headers(("Connection", "keep-alive, Upgrade"), ("connection", " ,x ,\tclose"))
        for token in ["upgrade", "KEEP-ALIVE", "close", "x"] {
            #expect(headers.containsToken(token, in: "CONNECTION"))
        }
        for token in ["keep", "alive", "up", "", "upgrade, x"] {
            #expect(!headers.containsToken(token, in: "Connection"))
        }
    }

    @Test("list elements are trimmed, empty ones are left out, quoted commas do not separate")
    func elements() {
        let headers = headers(("E", "a; x=\"1,2\" , b,, "), ("E", "c=\"\\\",\""))
        #expect(headers.elements(of: "E") == ["a; x=\"1,2\"", "b", "c=\"\\\",\""])
    }
}
