/// Why an AI service gave no answer.
package enum AIFailure: Error, Equatable, Sendable {
    /// It could not be reached, or broke off.
    case unreachable(String)
    case timedOut(seconds: Double)
    /// It answered with another status than 200.
    case refused(status: Int, reason: String)
    /// What it answered is not what `POST /api/generate` answers.
    case unreadable(String)
    case tooLarge(limitBytes: Int)
    /// As many calls as may be are under way already.
    case busy(limit: Int)

    /// The status of the answer to the one who asked: a gateway's (RFC 9110 §15.6.3, §15.6.5).
    var statusCode: Int {
        switch self {
        case .busy: 503
        case .timedOut: 504
        case .unreachable, .refused, .unreadable, .tooLarge: 502
        }
    }

    /// Whether the service is at fault, which all clients are told; else it is us who had enough of it.
    var isFault: Bool { if case .busy = self { false } else { true } }

    package var details: String {
        switch self {
        case .unreachable(let reason): "the AI service cannot be reached: \(reason)"
        case .timedOut(let seconds): "the AI service did not answer within \(seconds) s"
        case .refused(let status, let reason): "the AI service answered with \(status): \(reason)"
        case .unreadable(let reason): "the AI service's answer cannot be read: \(reason)"
        case .tooLarge(let limitBytes): "the AI service's answer is larger than \(limitBytes) bytes"
        case .busy(let limit): "\(limit) queries are being answered already: try again later"
        }
    }
}
