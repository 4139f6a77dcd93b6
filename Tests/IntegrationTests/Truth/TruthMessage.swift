import LoadGen
import Recording
import WebSocketWire

/// A message on its way through a `TruthServer`.
struct TruthMessage {
    /// From 1, in the order of arrival.
    let number: Int
    let kind: MessageKind
    var payload: [UInt8]
    /// The connection that it came on.
    let sender: Int
    let arrivedAt: MonotonicInstant
    let dueAt: MonotonicInstant

    /// The message with a lie in it; nil where there is no stamp to lie about.
    func falsified(_ fault: TruthFault) -> TruthMessage? {
        var message = self
        switch fault {
        case .alter:
            guard payload.count > Stamp.encodedBytes else { return nil }
            message.payload[payload.count - 1] ^= 1
        case .truncate(let bytes):
            message.payload = Array(payload.prefix(bytes))
        case .foreignRun:
            return restamped { Stamp.Identity(runTag: $0.runTag ^ 1, publisher: $0.publisher, sequence: $0.sequence) }
        case .unpublishedSequence:
            return restamped {
                Stamp.Identity(runTag: $0.runTag, publisher: $0.publisher, sequence: $0.sequence + 1_000_000)
            }
        case .dropForOne, .dropForAll, .duplicate, .swapWithNext, .ping:
            break
        }
        return message
    }

    private func restamped(_ change: (Stamp.Identity) -> Stamp.Identity) -> TruthMessage? {
        guard let place = payload.withUnsafeBytes({ Stamp.find(in: $0) }),
            let stamp = payload.withUnsafeBytes({ Stamp.decode($0, at: place) })
        else { return nil }
        let changed = Stamp(
            identity: change(stamp.identity), intendedNanoseconds: stamp.intendedNanoseconds,
            sentNanoseconds: stamp.sentNanoseconds)
        var message = self
        message.payload.withUnsafeMutableBytes { changed.encode(into: $0, at: place) }
        return message
    }
}
