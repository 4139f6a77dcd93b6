/// Why a server's reports could not be had, in one line.
struct LoopReportFailure: Error, CustomStringConvertible {
    let description: String
}
