import LoadGen
import Recording
import Transport

/// What a comparison does: which arms, under which loads, how often.
package struct SlicePlan: Sendable {
    package struct Arm: Sendable {
        package var name: String
        /// Where it relays.
        package var path: String
        /// The words of its command for a port.
        package var words: @Sendable (UInt16) -> [String]
        /// The command as it was given.
        package var command: String
        /// Where it is started; nil for our own working directory.
        package var directory: String?

        package init(
            name: String, path: String, command: String, words: @escaping @Sendable (UInt16) -> [String]
        ) {
            self.name = name
            self.path = path
            self.command = command
            self.words = words
        }
    }

    /// The first one is what the others are compared with.
    package var arms: [Arm]
    package var series: [SliceSeries]
    /// Fresh sets of processes, at most.
    package var sets = 8
    package var graceNanoseconds: UInt64 = 2_000_000_000
    package var connectTimeoutNanoseconds: UInt64 = 10_000_000_000
    package var readyTimeoutNanoseconds: UInt64 = 30_000_000_000
    package var io = IOChoice.auto
    /// Broadcast, with one publisher, or echo, where every client publishes.
    package var mode = LoadMode.broadcast
    package var payloadCheck = PayloadCheck.content
    /// Empty for any.
    package var serverCores: [Int]
    package var loadCores: [Int]
    package var seed: UInt64 = 1

    /// Servers on one core and the load on another, where there are two.
    package init(arms: [Arm], series: [SliceSeries]) {
        self.arms = arms
        self.series = series
        let cores = CoreSet.usable()
        serverCores = cores.count > 1 ? [cores[1]] : []
        loadCores = cores.count > 1 ? [cores[0]] : []
    }

    /// Makes the calling thread the one that loads: on its cores, with as many descriptors as there may be.
    func prepareThread() {
        if !loadCores.isEmpty { CoreSet.pin(to: loadCores) }
        _ = DescriptorLimit.raise()
    }
}
