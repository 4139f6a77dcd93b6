import Testing
import WebSocketWire

/// What a request parser makes of a stream, told without the input's splits.
struct RequestTranscript: Equatable {
    var requests: [HTTPRequest] = []
    var violation: HTTPViolation?
    var hasBegun = false

    init(pieces: [[UInt8]], limits: HTTPLimits = HTTPLimits()) {
        var parser = HTTPRequestParser(limits: limits)
        for piece in pieces {
            piece.withUnsafeBytes { input in
                var offset = 0
                do throws(HTTPViolation) {
                    while let request = try parser.next(in: input, at: &offset) {
                        requests.append(request)
                    }
                    #expect(offset == input.count)
                } catch {
                    violation = error
                }
            }
            if violation != nil { break }
        }
        hasBegun = parser.hasBegun
    }

    /// Parses the text whole, and expects the same of every split.
    init(everySplitOf text: String, limits: HTTPLimits = HTTPLimits()) {
        let bytes = Array(text.utf8)
        self.init(pieces: [bytes], limits: limits)
        let whole = self
        let differing = Splits.all(of: bytes).filter {
            RequestTranscript(pieces: $0, limits: limits) != whole
        }
        #expect(differing.isEmpty)
    }
}
