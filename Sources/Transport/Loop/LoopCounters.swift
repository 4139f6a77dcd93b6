/// What a loop has asked of the kernel so far: exact, always on, one addition each.
package struct LoopCounters: Sendable, Equatable {
    /// System calls for events and data: io_uring_enter, epoll_wait, epoll_ctl, recv, send, accept.
    package var kernelEntries = 0
    /// Sends queued, their bytes, and how many of them were cut short or refused.
    package var sends = 0
    package var queuedBytes = 0
    package var stoppedSends = 0
    package var receives = 0
    package var receivedBytes = 0
    /// Turns of the loop.
    package var turns = 0
}
