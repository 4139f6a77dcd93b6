/// Why an HTTP message cannot be accepted. The connection is not usable afterwards, because where the next
/// message would begin is not known.
package enum HTTPViolation: Error, Equatable {
    /// With one sentence saying what was found or expected.
    case badRequest(String)
    case bodyTooLarge
    /// An `Expect` field that is not `100-continue`.
    case expectationFailed
    /// Start line and fields are too large, or the fields too many.
    case headTooLarge
    /// A transfer coding other than `chunked`.
    case unsupportedTransferEncoding
    /// Another version than HTTP/1.0 and HTTP/1.1.
    case unsupportedVersion

    /// The status of the answer.
    package var statusCode: Int {
        switch self {
        case .badRequest: 400
        case .bodyTooLarge: 413
        case .expectationFailed: 417
        case .headTooLarge: 431
        case .unsupportedTransferEncoding: 501
        case .unsupportedVersion: 505
        }
    }

    /// One sentence for people.
    package var details: String {
        switch self {
        case .badRequest(let details): details
        case .bodyTooLarge: "The body is larger than allowed."
        case .expectationFailed: "The only expectation that can be met is 100-continue."
        case .headTooLarge: "The head is larger than allowed, or has too many fields."
        case .unsupportedTransferEncoding: "The only transfer coding supported is chunked."
        case .unsupportedVersion: "The HTTP version is not supported, expected HTTP/1.1 or HTTP/1.0."
        }
    }
}

extension HTTPViolation: CustomStringConvertible {
    package var description: String { details }
}
