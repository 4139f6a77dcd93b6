/// The schedule of a run: one of the pacers, told apart by a switch and not by an existential, as the loop asks it
/// several times for each message.
///
/// A schedule that was copied goes on by itself, and gives the same times.
package enum Schedule: Pacer, Sendable {
    case constant(ConstantPacer)
    case stages(StagedPacer)
    case poisson(PoissonPacer)

    package mutating func intendedNanoseconds(of index: UInt64) -> UInt64 {
        switch self {
        case .constant(let pacer): return pacer.intendedNanoseconds(of: index)
        case .stages(let pacer): return pacer.intendedNanoseconds(of: index)
        case .poisson(var pacer):
            defer { self = .poisson(pacer) }
            return pacer.intendedNanoseconds(of: index)
        }
    }

    package mutating func due(atNanoseconds elapsedNanoseconds: UInt64) -> UInt64 {
        switch self {
        case .constant(let pacer): return pacer.due(atNanoseconds: elapsedNanoseconds)
        case .stages(let pacer): return pacer.due(atNanoseconds: elapsedNanoseconds)
        case .poisson(var pacer):
            defer { self = .poisson(pacer) }
            return pacer.due(atNanoseconds: elapsedNanoseconds)
        }
    }
}
