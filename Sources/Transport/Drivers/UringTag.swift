/// What a request carries as its `user_data`: its kind in the top byte, the socket's index below.
struct UringTag {
    enum Kind: UInt8 {
        case cancel = 0
        case accept, receive, writable, send, wake, readable
    }

    let bits: UInt64

    init(bits: UInt64) { self.bits = bits }

    init(_ kind: Kind, _ index: Int) {
        bits = UInt64(kind.rawValue) << 56 | UInt64(index)
    }

    var kind: Kind { Kind(rawValue: UInt8(bits >> 56)) ?? .cancel }
    var index: Int { Int(bits & 0x00ff_ffff_ffff_ffff) }
}
