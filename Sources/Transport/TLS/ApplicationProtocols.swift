/// Lists of application protocols as ALPN carries them: names, each behind a byte that is its length (RFC 7301 §3.1).
enum ApplicationProtocols {
    /// The one protocol that we speak. WebSocket over HTTP/2 (RFC 8441) is another one.
    static let http11 = "http/1.1"

    /// - Precondition: names of 1 to 255 bytes.
    static func encode(_ names: [String]) -> [UInt8] {
        names.flatMap { name -> [UInt8] in
            precondition((1...255).contains(name.utf8.count), "a protocol's name has 1 to 255 bytes")
            return [UInt8(name.utf8.count)] + name.utf8
        }
    }

    /// Where the name stands in a peer's list; nil where it does not, also where the list is malformed before that.
    static func range(of name: String, in list: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        var start = 0
        while start < list.count {
            let end = start + 1 + Int(list[start])
            guard end <= list.count else { return nil }
            let place = start + 1..<end
            if list[place].elementsEqual(name.utf8) { return place }
            start = end
        }
        return nil
    }
}
