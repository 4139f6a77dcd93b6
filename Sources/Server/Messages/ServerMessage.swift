/// What the server itself says to clients of `/`, serialized.
enum ServerMessage {
    static func subscribed(_ channels: [Channel], timestampMilliseconds: Int64) -> [UInt8] {
        subscription("subscribed", channels, timestampMilliseconds)
    }

    static func unsubscribed(_ channels: [Channel], timestampMilliseconds: Int64) -> [UInt8] {
        subscription("unsubscribed", channels, timestampMilliseconds)
    }

    static func pong(timestampMilliseconds: Int64) -> [UInt8] { plain("pong", timestampMilliseconds) }

    static func heartbeatAcknowledgement(timestampMilliseconds: Int64) -> [UInt8] {
        plain("heartbeat_ack", timestampMilliseconds)
    }

    /// - Parameter code: one of the specification's codes, or nil where it has none for this error.
    static func error(
        _ error: String, code: String?, details: String, timestampMilliseconds: Int64
    ) -> [UInt8] {
        envelope("error") { json in
            json.field("error", error)
            if let code { json.field("code", code) }
            json.field("details", details)
            json.field("timestamp", timestampMilliseconds)
        }
    }

    static func connectionCount(_ count: Int, timestampMilliseconds: Int64) -> [UInt8] {
        envelope("system") { json in
            json.field("event", "connection_count")
            json.field("service", "broadside")
            json.field("message", count == 1 ? "1 client connected" : "\(count) clients connected")
            json.field("count", Int64(count))
            json.field("timestamp", timestampMilliseconds)
        }
    }

    private static func plain(_ type: String, _ timestampMilliseconds: Int64) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("type", type)
            json.field("timestamp", timestampMilliseconds)
        }
        return json.bytes
    }

    private static func subscription(
        _ type: String, _ channels: [Channel], _ timestampMilliseconds: Int64
    ) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("type", type)
            json.field("channels", channels.map(\.rawValue))
            json.field("timestamp", timestampMilliseconds)
        }
        return json.bytes
    }

    private static func envelope(_ type: String, _ data: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("type", type)
            json.objectField("data", data)
        }
        return json.bytes
    }
}
