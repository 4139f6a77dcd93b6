extension [UInt8] {
    mutating func append(bigEndian number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }

    /// The number at an offset, or nil where the bytes end before it does.
    func bigEndian<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number? {
        let size = MemoryLayout<Number>.size
        guard count - offset >= size else { return nil }
        return self[offset..<(offset + size)].reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }
}
