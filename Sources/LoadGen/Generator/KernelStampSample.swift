/// The connections on which the kernel stamps what comes in: so many of them, spread evenly over all.
///
/// Evenly, since servers serve their clients in some order: the first ones would say little of the last. The same ones
/// in every run.
struct KernelStampSample {
    private let clientCount: Int
    /// How many there are.
    let count: Int

    /// - Parameter count: how many of the clients; 0 for none, more than there are for all.
    init(clientCount: Int, count: Int) {
        self.clientCount = clientCount
        self.count = min(max(0, count), clientCount)
    }

    func contains(_ client: Int) -> Bool {
        guard count > 0, (0..<clientCount).contains(client) else { return false }
        return (client + 1) * count / clientCount > client * count / clientCount
    }
}
