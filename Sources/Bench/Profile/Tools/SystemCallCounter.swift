/// Counts the system calls of running processes from outside.
///
/// Owner: the thread that made it.
protocol SystemCallCounter: AnyObject {
    /// How a reader can do the same: `perf stat`.
    var name: String { get }

    /// Counts from here on.
    func begin() throws(ToolFailure)

    /// Counts no more.
    func end()

    /// What was counted, after `end`.
    func count() throws(ToolFailure) -> Int
}
