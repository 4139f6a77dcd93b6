/// Finds the stamps of messages that a server has wrapped into something of its own.
///
/// In messages of one kind the stamp stands at one same place but for a number in front of it that grows a digit, so it
/// is looked for where the last one stood, and searched for only when it is not there. One for each loop.
package struct StampFinder {
    /// Of a stamp that begins in a part of a message, this much may be missing at the part's end.
    private static let carriedBytes = Stamp.encodedBytes - 1

    private var lastOffset = 0

    package init() {}

    /// Which message a payload carries; nil where it has no stamp.
    @inline(__always)
    package mutating func identity(in payload: UnsafeRawBufferPointer) -> Stamp.Identity? {
        if let identity = Stamp.decodeIdentity(payload, at: lastOffset) { return identity }
        return search(payload)
    }

    @inline(never)
    private mutating func search(_ payload: UnsafeRawBufferPointer) -> Stamp.Identity? {
        guard let offset = Stamp.find(in: payload) else { return nil }
        lastOffset = offset
        return Stamp.decodeIdentity(payload, at: offset)
    }

    /// Looks for a stamp in the next part of a message that comes in parts, wherever it is split.
    ///
    /// - Parameter carried: of this message alone, empty before its first part; `Stamp.encodedBytes` of it are the
    ///   stamp, fewer are the end of what has come so far.
    package static func search(_ part: UnsafeRawBufferPointer, carrying carried: inout [UInt8]) {
        guard carried.count < Stamp.encodedBytes else { return }
        if !carried.isEmpty {
            carried.append(contentsOf: part.prefix(carriedBytes))
            if let offset = carried.withUnsafeBytes({ Stamp.find(in: $0) }) {
                carried.removeFirst(offset)
                carried.removeLast(carried.count - Stamp.encodedBytes)
                return
            }
        } else if part.count < carriedBytes {
            carried.append(contentsOf: part)
            return
        }
        if let offset = Stamp.find(in: part) {
            carried.removeAll(keepingCapacity: true)
            carried.append(contentsOf: part[offset..<offset + Stamp.encodedBytes])
        } else if part.count >= carriedBytes {
            carried.removeAll(keepingCapacity: true)
            carried.append(contentsOf: part.suffix(carriedBytes))
        } else {
            // All of this part stands behind what was carried.
            carried.removeFirst(max(0, carried.count - carriedBytes))
        }
    }
}
