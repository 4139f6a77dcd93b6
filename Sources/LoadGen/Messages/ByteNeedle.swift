import Glibc

/// A text to be found in messages.
package struct ByteNeedle: Equatable, Sendable {
    /// At least one.
    package let bytes: [UInt8]

    /// Nil for an empty text, which would be in everything.
    package init?(_ text: String) {
        guard !text.isEmpty else { return nil }
        bytes = Array(text.utf8)
    }

    /// Whether `haystack` holds the text, byte for byte.
    package func isIn(_ haystack: UnsafeRawBufferPointer) -> Bool {
        guard let base = haystack.baseAddress else { return false }
        var offset = 0
        while haystack.count - offset >= bytes.count {
            // Looks at [offset, count) of the caller's buffer; its result lies there.
            guard let hit = memchr(base + offset, Int32(bytes[0]), haystack.count - offset) else { return false }
            offset = UnsafeRawPointer(hit) - base
            // In bounds where there is room for the whole text, which is checked first.
            if haystack.count - offset >= bytes.count, memcmp(base + offset, bytes, bytes.count) == 0 { return true }
            offset += 1
        }
        return false
    }
}
