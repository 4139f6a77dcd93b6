/// How the messages of an open loop are spread over time (`--arrival`).
package enum ArrivalProcess: String, CaseIterable, Sendable {
    /// One same distance from each message to the next, as the rate has it.
    case constant
    /// Independent of one another, as the requests of many people are: the gaps are exponential.
    case poisson
}
