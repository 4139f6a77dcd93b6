/// A request that waits for all loops to report.
struct PendingSurvey {
    let connection: Connection
    let exchange: HTTPExchange
    let isDetailed: Bool
    let answer: ([LoopReport]) -> HTTPAnswer
}
