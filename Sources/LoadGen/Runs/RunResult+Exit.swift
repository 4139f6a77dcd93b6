import Recording

extension RunResult {
    /// How a command ends whose only result this is.
    package var toolExit: ToolExit {
        var exits: [ToolExit] = []
        if interrupted { exits.append(.failed) }
        if !isValid { exits.append(.invalid) }
        if thresholds.contains(where: { !$0.passed }) { exits.append(.notMet) }
        return .mostSevere(exits)
    }

    /// Whether the figures are about the server: everybody was connected, nothing was lost, and the generator kept up.
    package var isValid: Bool { invalidReasons.isEmpty }

    package var invalidReasons: [String] {
        var reasons: [String] = []
        if clients.connected < clients.requested {
            reasons.append("\(clients.connected) of \(clients.requested) clients connected")
        }
        // Where nothing is sent, nothing is lost: a server that died shows in who was left.
        // Who is away because that is the plan is not missed.
        if plan.mode != LoadMode.reflect.rawValue, let last = intervals.last,
            last.connected + (last.away ?? 0) < clients.connected
        {
            reasons.append("\(last.connected) of \(clients.connected) clients left at the end")
        }
        if plan.inFlight != nil, messages.published == 0, !interrupted {
            reasons.append("nothing was published: the messages of the warm-up did not come back to every client")
        }
        if deliveries.lost > 0 { reasons.append("\(deliveries.lost) deliveries lost") }
        if let corrupted = errors["corrupted messages"] { reasons.append("\(corrupted) messages corrupted") }
        if generator.verdict == .saturated {
            reasons.append("generator saturated: " + generator.reasons.joined(separator: "; "))
        }
        return reasons
    }
}
