import WebSocketWire

extension HTTPLimits {
    /// The server's own limits, or, where bit 0 of the choice is set, limits that short inputs reach.
    init(fuzzChoice choice: Int) {
        self = choice & 1 == 0 ? HTTPLimits() : HTTPLimits(headBytes: 96, headerCount: 3, bodyBytes: 16)
    }
}
