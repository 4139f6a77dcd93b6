import Testing

@testable import Server

@Suite("AIServiceConfiguration")
struct AIServiceConfigurationTests {
    @Test(
        "the endpoint lies below the address that is given",
        arguments: [
            ("http://127.0.0.1:11434", "http://127.0.0.1:11434/api/generate"),
            ("http://127.0.0.1:11434/", "http://127.0.0.1:11434/api/generate"),
            ("https://ai.example/ollama", "https://ai.example/ollama/api/generate"),
            ("http://[::1]:80", "http://[::1]:80/api/generate"),
        ])
    func endpoint(text: String, endpoint: String) throws {
        let configuration = try AIServiceConfiguration(url: text)
        #expect(configuration.endpoint.absoluteString == endpoint)
        #expect(configuration.model == "llama3.2:latest")
        #expect(configuration.timeoutSeconds == 60)
        #expect(configuration.maximumCalls == 16)
        #expect(configuration.maximumAnswerBytes == 1 << 20)
    }

    @Test(
        "what is no address of a server is refused, and named",
        arguments: [
            "", "ai.example", "ftp://ai.example", "http://", "http:///api", "http://h?model=x", "http://h#x",
            "http://h:0", "http://h:99999", "/api/generate",
        ])
    func refused(text: String) {
        do throws(AIServiceURLError) {
            _ = try AIServiceConfiguration(url: text)
            Issue.record("it was taken")
        } catch {
            #expect(error.description == "expected http://HOST[:PORT] of an Ollama server, found \"\(text)\"")
        }
    }
}
