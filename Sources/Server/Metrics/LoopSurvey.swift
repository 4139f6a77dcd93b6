import Synchronization

/// One question to all loops: each answers on its own thread, and whoever is the last has all answers.
///
/// No lock: each loop has a place of its own, and a count tells who is the last.
///
/// `@unchecked Sendable`: a place is written by one loop, before it counts itself (release), and read by the last one
/// after it has done so (acquire).
final class LoopSurvey<Answer: Sendable>: @unchecked Sendable {
    private let places: UnsafeMutableBufferPointer<Answer?>
    private let missing: Atomic<Int>

    init(loopCount: Int) {
        places = .allocate(capacity: loopCount)
        places.initialize(repeating: nil)
        missing = Atomic(loopCount)
    }

    deinit {
        places.deinitialize()
        places.deallocate()
    }

    /// Any thread, once for each loop. All answers in the loops' order, where this was the last.
    func add(_ answer: Answer, of loop: Int) -> [Answer]? {
        places[loop] = answer
        let isLast = missing.subtract(1, ordering: .acquiringAndReleasing).newValue == 0
        return isLast ? places.compactMap { $0 } : nil
    }
}
