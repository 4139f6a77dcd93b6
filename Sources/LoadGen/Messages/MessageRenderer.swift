/// Writes the messages of a loop's templates.
///
/// Random digits come from a generator of its own: how many a message takes changes nothing else that is drawn from the
/// run's seed. Loop's thread only.
final class MessageRenderer {
    /// Keeps its sequence apart from that of the run's other choices.
    private static let seedDistance: UInt64 = 0x6d65_7373_6167_6573

    /// What is published; nil for payloads of the generator's own.
    let message: MessageTemplate?
    let subscriptions: [MessageTemplate]
    private let data: DataTable?
    private var random: SeededGenerator

    /// Nil where nothing is written from a template.
    init?(_ plan: MessagePlan, seed: UInt64) {
        guard plan.template != nil || !plan.subscriptions.isEmpty else { return nil }
        message = plan.template
        subscriptions = plan.subscriptions
        data = plan.data
        random = SeededGenerator(seed: seed ^ Self.seedDistance)
    }

    /// A client's rows begin with that of its own number and go on from message to message, over and over.
    func values(client: Int, sequence: UInt64, stamp: Stamp?) -> MessageValues {
        let client = UInt64(client)
        let row = data.map { Int((client &+ sequence) % UInt64($0.rowCount)) } ?? 0
        return MessageValues(stamp: stamp, client: client, sequence: sequence, row: row)
    }

    func byteCount(of template: MessageTemplate, _ values: MessageValues) -> Int {
        template.byteCount(values, data)
    }

    func write(
        _ template: MessageTemplate, _ values: MessageValues, into buffer: UnsafeMutableRawBufferPointer
    ) {
        template.write(values, data, random: &random, into: buffer)
    }
}
