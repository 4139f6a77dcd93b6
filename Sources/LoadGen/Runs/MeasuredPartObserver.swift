/// Who wants to read figures at the bounds of the part of a run that counts.
///
/// Called on the thread that runs, which sends and receives nothing meanwhile: a few milliseconds are fine.
package struct MeasuredPartObserver {
    /// Before the first message that counts.
    package var begins: () -> Void
    /// When all deliveries are in, or are given up on, and before the clients leave. Not where it did not begin.
    package var ends: () -> Void

    package init(begins: @escaping () -> Void = {}, ends: @escaping () -> Void = {}) {
        self.begins = begins
        self.ends = ends
    }
}
