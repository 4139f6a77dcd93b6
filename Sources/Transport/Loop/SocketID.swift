/// A socket's place in the table of its event loop: a small index, dense from 0, reused after the socket is gone.
///
/// Valid from `listen`, `connect` or `adopt` until `closed` was delivered or `close`/`reset` was called; the loop
/// reports nothing of an index in between and reuses it only when the kernel has let go of all that was asked for it.
package struct SocketID: Hashable, Sendable {
    package let index: Int

    package init(index: Int) { self.index = index }
}
