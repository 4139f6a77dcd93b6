/// What the placeholders of one message stand for.
package struct MessageValues: Sendable {
    /// Nil for a message that is not accounted for: one that subscribes.
    package let stamp: Stamp?
    package let client: UInt64
    package let sequence: UInt64
    /// A row of the data; 0 where there are none.
    package let row: Int

    package init(stamp: Stamp?, client: UInt64, sequence: UInt64, row: Int) {
        self.stamp = stamp
        self.client = client
        self.sequence = sequence
        self.row = row
    }
}
