/// How the end of a body is found (RFC 9112 §6).
enum HTTPBodyFraming: Equatable {
    /// No framing field at all.
    case absent
    case length(Int)
    case chunked

    /// Refuses every combination that two readers could understand differently.
    init(headers: HTTPHeaders, minorVersion: Int) throws(HTTPViolation) {
        let codings = headers.elements(of: "Transfer-Encoding")
        let hasTransferEncoding = headers.first("Transfer-Encoding") != nil
        let lengths = headers.all("Content-Length")
        if hasTransferEncoding {
            guard lengths.isEmpty else {
                throw .badRequest("Content-Length and Transfer-Encoding exclude each other.")
            }
            guard minorVersion >= 1 else {
                throw .badRequest("Transfer-Encoding does not exist in HTTP/1.0.")
            }
            guard codings.count == 1, codings[0].equalsIgnoringASCIICase("chunked") else {
                throw .unsupportedTransferEncoding
            }
            self = .chunked
            return
        }
        guard let first = lengths.first else {
            self = .absent
            return
        }
        guard let length = HTTPGrammar.decimal(first.utf8) else {
            throw .badRequest("Content-Length is not a decimal number.")
        }
        guard lengths.allSatisfy({ $0 == first }) else {
            throw .badRequest("Several Content-Length fields differ.")
        }
        self = .length(length)
    }
}
