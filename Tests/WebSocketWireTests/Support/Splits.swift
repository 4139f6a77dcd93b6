/// Ways to cut a stream into inputs.
enum Splits {
    /// All cuts into two pieces, with the empty ones at both ends, and the cut into single bytes.
    static func all(of bytes: [UInt8]) -> [[[UInt8]]] {
        let pairs = (0...bytes.count).map { [Array(bytes[..<$0]), Array(bytes[$0...])] }
        return pairs + [bytes.map { [$0] }]
    }

    static func random(of bytes: [UInt8], using generator: inout SeededGenerator) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var rest = bytes[...]
        // Longer pieces of longer streams, so that the number of pieces stays moderate.
        let longest = Int.random(in: 1...300, using: &generator) * (1 + bytes.count / 2048)
        while !rest.isEmpty {
            let count = Int.random(in: 0...min(longest, rest.count), using: &generator)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }
}
