import ArgumentParser
import LoadGen
import WebSocketWire

/// The options of `broadside load` by which the generator looks at itself.
struct LoadHonestyOptions: ParsableArguments {
    private static let stampsByDefault = 8

    @Option(help: "Connections on which the kernel stamps what comes in. (default: 8; with wss or --payload stamp 0)")
    var kernelStamps: Int?

    /// To be called when the plan knows its payload check.
    func apply(to plan: inout LoadPlan) throws {
        // Of TLS records and of messages that are not read as a whole a stamp says nothing.
        let isMeaningful = !plan.url.isSecure && plan.payloadCheck == .content
        guard let kernelStamps else {
            plan.kernelStamps = isMeaningful ? Self.stampsByDefault : 0
            return
        }
        try require("--kernel-stamps", kernelStamps, in: 0...1_024)
        guard kernelStamps == 0 || !plan.url.isSecure else {
            throw ValidationError("--kernel-stamps: expected 0 with a wss URL, found \(kernelStamps)")
        }
        guard kernelStamps == 0 || plan.payloadCheck == .content else {
            throw ValidationError("--kernel-stamps: expected 0 with --payload stamp, found \(kernelStamps)")
        }
        plan.kernelStamps = kernelStamps
    }
}
