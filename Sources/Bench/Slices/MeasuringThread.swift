import Transport

/// The calling thread as one that measures: on its cores, and before whatever else wants them, with the servers that it
/// starts. As it was again when this object goes; its cores stay.
///
/// Beside a neighbour that burns a core every other second a quarter of the slices had to be set aside without priority,
/// and one in sixteen with it.
final class MeasuringThread {
    /// Whether it could be had: it takes `CAP_SYS_NICE`.
    let hasPriority: Bool
    private let niceness = ThreadPriority.niceness

    init(_ plan: SlicePlan) {
        plan.prepareThread()
        hasPriority = ThreadPriority.set(niceness: ThreadPriority.highest)
    }

    deinit { ThreadPriority.set(niceness: niceness) }
}
