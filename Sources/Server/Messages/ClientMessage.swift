/// What a client of `/` may say.
enum ClientMessage: Equatable {
    case subscribe([Channel])
    case unsubscribe([Channel])
    case ping
    case heartbeat

    private struct Fields: Decodable {
        let type: String
        let channels: [String]?
    }

    init(parsing bytes: UnsafeRawBufferPointer) throws(ValidationFailure) {
        let fields = try JSONBody.decode(Fields.self, from: bytes)
        switch fields.type {
        case "subscribe": self = .subscribe(try Self.channels(fields))
        case "unsubscribe": self = .unsubscribe(try Self.channels(fields))
        case "ping": self = .ping
        case "heartbeat": self = .heartbeat
        default:
            throw ValidationFailure(
                "type: expected subscribe, unsubscribe, ping or heartbeat, found \"\(fields.type.prefix(64))\"")
        }
    }

    private static func channels(_ fields: Fields) throws(ValidationFailure) -> [Channel] {
        guard let names = fields.channels, !names.isEmpty else {
            throw ValidationFailure("channels: expected at least one of gesture, ai_response, system")
        }
        var channels: [Channel] = []
        for name in names {
            guard let channel = Channel(rawValue: name) else {
                throw ValidationFailure(
                    "channels: expected gesture, ai_response or system, found \"\(name.prefix(64))\"")
            }
            channels.append(channel)
        }
        return channels
    }
}
