/// Bytes that stay where they are, as sends need them, and differ at every place and for every seed.
final class PatternBytes {
    let buffer: UnsafeMutableRawBufferPointer

    init(count: Int, seed: UInt64 = 1) {
        buffer = .allocate(byteCount: (count + 7) & ~7, alignment: 8)
        var generator = SplitMix64(seed: seed)
        for offset in stride(from: 0, to: buffer.count, by: 8) {
            buffer.storeBytes(of: generator.next(), toByteOffset: offset, as: UInt64.self)
        }
        self.count = count
    }

    deinit { buffer.deallocate() }

    let count: Int
    var start: UnsafeRawPointer { UnsafeRawPointer(buffer.baseAddress!) }
    var array: [UInt8] { Array(buffer[..<count]) }
}
