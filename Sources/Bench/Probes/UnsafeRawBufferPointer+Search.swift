extension UnsafeRawBufferPointer {
    /// Whether `needle` occurs in these bytes; for short needles and messages.
    func contains(subsequence needle: [UInt8]) -> Bool {
        guard let head = needle.first, needle.count <= count else { return needle.isEmpty }
        for start in 0...(count - needle.count) where self[start] == head {
            if self[start..<start + needle.count].elementsEqual(needle) { return true }
        }
        return false
    }
}
