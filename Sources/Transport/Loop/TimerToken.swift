/// Names a timer: a kind of the handler's own choosing, and a value (often a socket's index) that goes with it.
package struct TimerToken: Hashable, Sendable {
    package let kind: UInt32
    package let value: UInt32

    package init(kind: UInt32, value: UInt32 = 0) {
        self.kind = kind
        self.value = value
    }
}
