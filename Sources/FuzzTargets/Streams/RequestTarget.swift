import WebSocketWire

/// HTTP requests, pipelined ones among them. Bit 0 of the first setting chooses small limits.
enum RequestTarget {
    static func check(_ input: FuzzInput) throws(FuzzFinding) {
        let limits = HTTPLimits(fuzzChoice: input.setting(0))
        _ = try Splits.check(input) { pieces throws(FuzzFinding) in
            try HTTPTranscript<HTTPRequestParser>(pieces, limits: limits)
        }
    }
}
