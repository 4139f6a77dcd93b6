/// An HTTP answer that waits for the number of clients that a broadcast was queued for.
struct PendingAnswer {
    let connection: Connection
    /// The answer's body around that number; nil as `suffix` where the number is not part of it.
    let prefix: [UInt8]
    let suffix: [UInt8]?

    /// What publishers are told.
    static func success(_ connection: Connection) -> PendingAnswer {
        PendingAnswer(
            connection: connection, prefix: Array(#"{"success":true,"clients":"#.utf8), suffix: Array("}".utf8))
    }

    func body(recipients: Int) -> [UInt8] {
        guard let suffix else { return prefix }
        return prefix + Array(String(recipients).utf8) + suffix
    }
}
