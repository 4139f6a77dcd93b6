/// How the bytes of a case are cut in time.
enum Chunking: Sendable {
    case whole
    /// Into pieces of so many bytes, 1 or more.
    case pieces(bytes: Int)
    /// One connection for the whole, one for single bytes and one for each cut in two.
    case everyCut

    /// The pieces for each of the connections that it takes.
    func deliveries(of bytes: [UInt8]) -> [[[UInt8]]] {
        switch self {
        case .whole:
            return [[bytes]]
        case .pieces(let count):
            let starts = stride(from: 0, to: bytes.count, by: count)
            return [starts.map { Array(bytes[$0..<min($0 + count, bytes.count)]) }]
        case .everyCut:
            let single: [[UInt8]] = bytes.map { [$0] }
            let pairs: [[[UInt8]]] = (0..<bytes.count).dropFirst().map { cut in
                [Array(bytes[..<cut]), Array(bytes[cut...])]
            }
            return [[bytes], single] + pairs
        }
    }
}
