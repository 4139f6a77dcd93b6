/// Lets any thread end a run early, with a result that says so.
package struct RunInterruptHandle: Sendable {
    let run: UncheckedRun

    package func interrupt() { run.interrupt() }
}
