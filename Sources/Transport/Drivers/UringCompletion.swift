/// A completion queue entry, copied out of the ring.
struct UringCompletion {
    let tag: UringTag
    let result: Int32
    let flags: UInt32
}
