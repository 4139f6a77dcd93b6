/// A probe that could not finish.
struct ProbeFailure: Error, CustomStringConvertible {
    let description: String
}
