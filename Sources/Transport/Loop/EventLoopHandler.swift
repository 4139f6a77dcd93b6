/// What happens on an event loop, told to the one object that acts on it.
///
/// All calls come on the loop's thread and must not block. A turn of the loop is: `sendsSettled`, then any number of
/// events, then `turnEnded`. What is queued with `EventLoop.send` during a turn is handed to the kernel after
/// `turnEnded`, all in one go, or earlier by `EventLoop.flush`.
package protocol EventLoopHandler: AnyObject {
    /// A client came in on a listening socket. Its descriptor is not part of this loop yet: `EventLoop.adopt` it here
    /// or on another loop.
    func accepted(_ connection: AcceptedConnection)

    /// A connection begun with `EventLoop.connect` is made; reading has begun.
    func connected(_ socket: SocketID)

    /// Accepting failed and pauses for a moment: descriptors are used up (EMFILE), or memory is. Where the handler closes
    /// sockets now, the moment is short.
    func acceptFailed(_ error: SystemError)

    /// Bytes came in. They may be changed in place (unmasking) and are gone when the call returns.
    func received(_ socket: SocketID, _ bytes: UnsafeMutableRawBufferPointer)

    /// A send was cut short after `sentBytes` (0 when refused): the socket's buffer is full. `writable` follows once
    /// there is room; until then nothing may be sent on this socket. Comes in the middle of a settlement, as `closed`
    /// may: neither may send on any socket, nor flush.
    func sendStopped(_ socket: SocketID, after sentBytes: Int)

    /// All sends queued before this are over: whole, but for those that `sendStopped` or `closed` named. The memory
    /// they were sent from may change again.
    func sendsSettled()

    /// There is room again after `sendStopped`.
    func writable(_ socket: SocketID)

    /// The peer has finished writing. True keeps the socket open for what is still to be sent: the handler closes it
    /// when that has gone out. False, as it is unless the handler says otherwise, ends it: `closed` follows.
    func peerFinished(_ socket: SocketID) -> Bool

    /// The socket ended, or the connection could not be made. The index must not be used any more.
    func closed(_ socket: SocketID, _ reason: CloseReason)

    /// A timer set with `EventLoop.schedule` is due.
    func timerFired(_ timer: TimerToken)

    /// Another thread called `EventLoop.wake`.
    func woken()

    /// Nothing more is at hand: what this turn has gathered may go out.
    func turnEnded()
}

extension EventLoopHandler {
    package func peerFinished(_ socket: SocketID) -> Bool { false }
}
