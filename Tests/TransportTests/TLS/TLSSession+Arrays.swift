@testable import Transport

extension TLSSession {
    func receive(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { receive($0) }
    }

    func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try write($0) }
    }

    /// Takes all of `outgoing`.
    func takeOutgoing() -> [UInt8] {
        let bytes = Array(outgoing)
        consumeOutgoing(bytes.count)
        return bytes
    }

    /// One read.
    func readOnce(capacity: Int = 64) throws -> (result: ReadResult, bytes: [UInt8]) {
        var buffer = [UInt8](repeating: 0, count: capacity)
        let result = try buffer.withUnsafeMutableBytes { try read(into: $0) }
        guard case .bytes(let count) = result else { return (result, []) }
        return (result, Array(buffer[..<count]))
    }

    /// Reads until there is no more.
    func readAll(capacity: Int = 4_096) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while case let piece = try readOnce(capacity: capacity), !piece.bytes.isEmpty { bytes += piece.bytes }
        return bytes
    }
}
