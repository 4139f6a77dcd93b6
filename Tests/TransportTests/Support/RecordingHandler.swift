@testable import Transport

/// Writes down all that a loop reports, then lets the test react.
final class RecordingHandler: EventLoopHandler {
    enum Event: Equatable {
        case accepted
        case acceptFailed(code: Int32)
        case connected(SocketID)
        case received(SocketID, count: Int)
        case sendStopped(SocketID, after: Int)
        case sendsSettled
        case writable(SocketID)
        case closed(SocketID, CloseReason)
        case timerFired(TimerToken)
        case woken
        case turnEnded
    }

    /// All but `sendsSettled`, `woken` and `turnEnded`, which come at any time, and the rig's own timers.
    private(set) var events: [Event] = []
    private(set) var clients: [AcceptedConnection] = []
    private(set) var received: [SocketID: [UInt8]] = [:]
    private(set) var reasons: [SocketID: CloseReason] = [:]
    var reaction: ((Event) -> Void)?

    func takeClient() -> AcceptedConnection? { clients.popLast() }

    func forget(_ socket: SocketID) {
        received[socket] = nil
        reasons[socket] = nil
    }

    func accepted(_ connection: AcceptedConnection) {
        clients.append(connection)
        record(.accepted)
    }

    func connected(_ socket: SocketID) { record(.connected(socket)) }

    func acceptFailed(_ error: SystemError) { record(.acceptFailed(code: error.code)) }

    func received(_ socket: SocketID, _ bytes: UnsafeMutableRawBufferPointer) {
        received[socket, default: []].append(contentsOf: bytes)
        record(.received(socket, count: bytes.count))
    }

    func sendStopped(_ socket: SocketID, after sentBytes: Int) {
        record(.sendStopped(socket, after: sentBytes))
    }

    func sendsSettled() { reaction?(.sendsSettled) }

    func writable(_ socket: SocketID) { record(.writable(socket)) }

    func closed(_ socket: SocketID, _ reason: CloseReason) {
        reasons[socket] = reason
        record(.closed(socket, reason))
    }

    func timerFired(_ timer: TimerToken) {
        if LoopRig.isOwn(timer) { reaction?(.timerFired(timer)) } else { record(.timerFired(timer)) }
    }

    func woken() { reaction?(.woken) }

    func turnEnded() { reaction?(.turnEnded) }

    private func record(_ event: Event) {
        events.append(event)
        reaction?(event)
    }
}
