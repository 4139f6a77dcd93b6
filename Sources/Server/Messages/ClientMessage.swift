/// What a client of `/` may say.
package enum ClientMessage: Equatable, JSONReadable {
    case subscribe([Channel])
    case unsubscribe([Channel])
    case ping
    case heartbeat

    /// How many channels may be named at once, the same one repeatedly: the answer lists them all.
    private static let channelLimit = 16

    private enum Kind: String, CaseIterable {
        case subscribe
        case unsubscribe
        case ping
        case heartbeat
    }

    package init(parsing bytes: UnsafeRawBufferPointer) throws(ValidationFailure) {
        self = try JSONBody.decode(ClientMessage.self, from: bytes)
    }

    init(_ object: JSONObject) throws(ValidationFailure) {
        switch try object.choice("type", of: Kind.self) {
        case .subscribe: self = .subscribe(try Self.channels(object))
        case .unsubscribe: self = .unsubscribe(try Self.channels(object))
        case .ping: self = .ping
        case .heartbeat: self = .heartbeat
        }
    }

    private static func channels(_ object: JSONObject) throws(ValidationFailure) -> [Channel] {
        let expected = "one to \(channelLimit) of gesture, ai_response, system"
        let member = try object.member("channels", expected: expected)
        guard let elements = try member.elements(atMost: channelLimit), !elements.isEmpty else {
            throw member.failure(expected: expected)
        }
        var channels: [Channel] = []
        for element in elements { channels.append(try element.choice(of: Channel.self)) }
        return channels
    }
}
