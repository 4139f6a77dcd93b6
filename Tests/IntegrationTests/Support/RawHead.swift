import Testing

/// The head of an HTTP message as a test reads it, without the program's own parser.
struct RawHead {
    let firstLine: String
    private let fields: [(name: String, value: String)]

    /// Takes a head off what the socket receives.
    init(from socket: RawSocket) throws {
        let end = Array("\r\n\r\n".utf8)
        socket.receive { $0.firstRange(of: end) != nil }
        let range = try #require(socket.received.firstRange(of: end), "no HTTP head: \(socket.receivedText)")
        let text = String(decoding: socket.received[..<range.lowerBound], as: UTF8.self)
        socket.drop(range.upperBound)
        let lines = text.split(separator: "\r\n" as Character)
        firstLine = lines.first.map(String.init) ?? ""
        fields = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (line[..<colon].lowercased(), String(value))
        }
    }

    /// Of a response.
    var status: String { firstLine.split(separator: " ").dropFirst().first.map(String.init) ?? "" }

    /// The value of the only field of that name; nil where there is none or more than one.
    func value(_ name: String) -> String? {
        let values = fields.filter { $0.name == name.lowercased() }
        return values.count == 1 ? values[0].value : nil
    }

    func has(_ name: String) -> Bool { fields.contains { $0.name == name.lowercased() } }
}
