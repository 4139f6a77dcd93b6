import Foundation

/// Where the AI service is, and how much of it is used.
package struct AIServiceConfiguration: Sendable, Equatable {
    /// Its base, without `/api/generate`.
    package var url: URL
    package var model = "llama3.2:latest"
    package var timeoutSeconds = 60.0
    package var maximumCalls = 16
    /// Of its answers.
    package var maximumAnswerBytes = 1 << 20

    /// - Throws: `AIServiceURLError` where it is no http or https address.
    package init(url text: String) throws(AIServiceURLError) {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = url.host(), !host.isEmpty, url.query() == nil, url.fragment() == nil,
            (1...65_535).contains(url.port ?? 80)
        else { throw AIServiceURLError(found: text) }
        self.url = url
    }

    var endpoint: URL { url.appending(path: "api/generate") }
}
