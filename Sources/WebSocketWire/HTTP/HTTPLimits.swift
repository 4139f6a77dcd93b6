/// How much of an HTTP message is accepted.
package struct HTTPLimits: Equatable, Sendable {
    /// Start line and fields with their line ends; the same again for the trailers of a chunked body.
    package var headBytes: Int
    package var headerCount: Int
    package var bodyBytes: Int

    package init(headBytes: Int = 8192, headerCount: Int = 100, bodyBytes: Int = 1_048_576) {
        self.headBytes = headBytes
        self.headerCount = headerCount
        self.bodyBytes = bodyBytes
    }
}
