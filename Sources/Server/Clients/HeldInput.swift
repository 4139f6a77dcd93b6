import Transport

/// What a client has sent and its loop does not take up yet: it does not read what it has caused, or the answer to a
/// request before is still being worked out.
///
/// A client has one only while something is held, and it is not read from meanwhile. So it is as large as what the
/// kernel had handed over by then: a read with epoll, the loop's receive buffers at most with io_uring. Loop's thread
/// only.
final class HeldInput {
    var bytes = OutboundBuffer()
}
