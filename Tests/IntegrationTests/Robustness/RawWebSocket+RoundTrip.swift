import Testing

extension RawWebSocket {
    /// Sees that a client on `/echo` is served.
    func roundTrip() throws {
        send("still there?")
        try #require(nextFrame()?.text == "still there?")
    }
}
