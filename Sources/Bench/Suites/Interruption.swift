import LoadGen
import Synchronization

/// The wish to end a suite early: asked for on a signal's thread, heeded by the run under way and between runs.
package final class Interruption: Sendable {
    private struct State {
        var isRequested = false
        var run: RunInterruptHandle?
    }

    private let state = Mutex(State())

    package init() {}

    package func request() {
        let run = state.withLock { state in
            state.isRequested = true
            return state.run
        }
        run?.interrupt()
    }

    package var isRequested: Bool { state.withLock { $0.isRequested } }

    /// Registers the run that is to be ended by a request; throws where one has come already.
    func begin(_ run: RunInterruptHandle) throws(SuiteInterruption) {
        let isRequested = state.withLock { state in
            state.run = run
            return state.isRequested
        }
        if isRequested { throw SuiteInterruption() }
    }

    func check() throws(SuiteInterruption) {
        if state.withLock({ $0.isRequested }) { throw SuiteInterruption() }
    }

    /// The registered run is over.
    func end() throws(SuiteInterruption) {
        let isRequested = state.withLock { state in
            state.run = nil
            return state.isRequested
        }
        if isRequested { throw SuiteInterruption() }
    }
}
