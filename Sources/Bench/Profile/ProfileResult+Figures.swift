import Recording
import Server

extension ProfileResult {
    private static let stageNames = [
        "parsingNanoseconds", "sequencingNanoseconds", "queueingNanoseconds", "sendingNanoseconds", "totalNanoseconds",
    ]
    private static let queueNames = ["framesPerRound", "waitingClients", "stalledClients", "slowestBacklogBytes"]

    /// Fills in what was used between two readings.
    ///
    /// - Parameter frameBytes: of one message as it goes to a client: what turns the bytes that went out into deliveries.
    mutating func fill(_ difference: LoopDifference?, cpu: (user: UInt64, system: UInt64)?, frameBytes: Int) {
        if let difference { count(difference, frameBytes: frameBytes) }
        perMessage = costs(difference?.total, cpu, per: messages)
        perDelivery = costs(difference?.total, cpu, per: deliveries)
    }

    private mutating func count(_ difference: LoopDifference, frameBytes: Int) {
        let total = difference.total
        messages = Int(clamping: total.broadcasts)
        deliveries = Int(clamping: total.deliveredBytes) / frameBytes
        let perSend = { Self.ratio($0, total.sends) }
        batching = ProfileBatching(
            framesPerSend: perSend(deliveries), bytesPerSend: perSend(Int(clamping: total.deliveredBytes)),
            deliveriesPerKernelEntry: Self.ratio(deliveries, total.kernelEntries),
            messagesPerRound: Self.ratio(Int(clamping: total.roundFrames), Int(clamping: total.rounds)),
            bytesPerReceive: Self.ratio(total.receivedBytes, total.receives), stoppedSends: total.stoppedSends)
        stages = Self.stageNames.compactMap { name in
            difference.histograms[name].map { ProfileDistribution(name, $0) }
        }
        queues = Self.queueNames.compactMap { name in
            difference.histograms[name].map { ProfileDistribution(name, $0) }
        }
        histograms = difference.histograms.mapValues { $0.encodedV2() }
        loops = difference.loops.map { loop in
            var loop = loop
            // Since the loop began; the merged ones above are those of this time.
            loop.histograms = nil
            return loop
        }
    }

    private func costs(_ total: LoopReport?, _ cpu: (user: UInt64, system: UInt64)?, per count: Int) -> ProfileCosts? {
        guard count > 0 else { return nil }
        let each = { (figure: UInt64) in Double(figure) / Double(count) }
        return ProfileCosts(
            cpuNanoseconds: cpu.map { each($0.user + $0.system) },
            cpuUserNanoseconds: cpu.map { each($0.user) }, cpuSystemNanoseconds: cpu.map { each($0.system) },
            kernelEntries: total.map { Double($0.kernelEntries) / Double(count) },
            sends: total.map { Double($0.sends) / Double(count) },
            turns: total.map { Double($0.turns) / Double(count) },
            allocations: total?.allocations.map(each), allocatedBytes: total?.allocatedBytes.map(each))
    }

    private static func ratio(_ figure: Int, _ count: Int) -> Double? {
        count > 0 ? Double(figure) / Double(count) : nil
    }
}
