/// Payloads of up to 1 MiB, the same at each run.
enum TestContent: CaseIterable, Sendable {
    /// Which cannot be compressed.
    case random
    /// A few bytes over and over.
    case repetitive
    /// Words in any order.
    case text

    private static let largestBytes = 1 << 20

    private static let randomBytes: [UInt8] = {
        var generator = SeededGenerator(seed: 7692)
        var bytes: [UInt8] = []
        while bytes.count < Self.largestBytes {
            withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }()

    private static let repetitiveBytes: [UInt8] = {
        var bytes: [UInt8] = []
        while bytes.count < Self.largestBytes { bytes.append(contentsOf: [1, 2, 3, 5, 8, 13, 21]) }
        return bytes
    }()

    private static let textBytes: [UInt8] = {
        let words = ["server", "client", "message", "a", "of", "the", "frame", "window", "is", "sent", "grüßt", "\n"]
        var generator = SeededGenerator(seed: 1951)
        var bytes: [UInt8] = []
        while bytes.count < Self.largestBytes {
            let word = words[Int.random(in: 0..<words.count, using: &generator)]
            bytes.append(contentsOf: word.utf8)
            bytes.append(UInt8(ascii: " "))
        }
        return bytes
    }()

    /// The first `count` bytes, at most 1 MiB of them.
    func bytes(_ count: Int) -> [UInt8] {
        precondition(count <= Self.largestBytes)
        return switch self {
        case .random: Array(Self.randomBytes[..<count])
        case .repetitive: Array(Self.repetitiveBytes[..<count])
        case .text: Array(Self.textBytes[..<count])
        }
    }
}
