import Testing

@testable import Bench

@Suite("CommaSeparated and other escapes")
struct CommaSeparatedTests {
    @Test("fields are quoted where they have to be (RFC 4180)")
    func quotes() {
        let text = CommaSeparated.text(
            header: ["a", "b"], [["x,y", "say \"so\""], ["line\r\nend", "plain"], ["", "-1"]])
        #expect(text == "a,b\r\n\"x,y\",\"say \"\"so\"\"\"\r\n\"line\r\nend\",plain\r\n,-1\r\n")
        #expect(CommaSeparated.number(nil).isEmpty)
        #expect(CommaSeparated.number(1.5) == "1.5")
    }

    @Test("Markdown means nothing but itself")
    func markdown() {
        #expect(MarkdownText.escaped("a_b <i>&`*[x]\\\n") == "a_b &lt;i&gt;&amp;\\`\\*\\[x\\]\\\\ ")
    }

    @Test("a line is one line")
    func oneLine() {
        #expect(PlainText.oneLine("a\r\nb\u{1B}[0m\u{202E}é\u{2028}") == "a  b [0m é ")
    }
}
