/// An event of the system, as it is posted and as it is broadcast.
package enum SystemMessage {
    /// The specification's event types.
    enum Event: String, CaseIterable {
        case serviceStarted = "service_started"
        case serviceStopped = "service_stopped"
        case connectionCount = "connection_count"
        case statusUpdate = "status_update"
    }

    /// Checks a posted event and makes the message of it; see `EnvelopedMessage`.
    ///
    /// - Throws: where `event` is none of the specification's, `service` or `message` is no string, or a `timestamp` is
    ///   no whole number of milliseconds from 0 on.
    package static func serialize(body: [UInt8], nowMilliseconds: Int64) throws(ValidationFailure) -> [UInt8] {
        try EnvelopedMessage.serialize(type: "system", body: body, nowMilliseconds: nowMilliseconds, check: check)
    }

    private static func check(_ data: JSONObject) throws(ValidationFailure) {
        _ = try data.choice("event", of: Event.self)
        try data.checkString("service")
        try data.checkString("message")
    }
}
