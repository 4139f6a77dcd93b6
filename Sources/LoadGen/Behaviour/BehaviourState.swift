/// Where the behaviour of a loop's clients stands: who may leave, what comes next, what has come of it.
///
/// Loop's thread only. Nothing in it changes in a run whose clients simply stay.
struct BehaviourState {
    let slowReaders: Range<Int>
    let movableClients: Range<Int>
    let slowReadBytesPerSecond: Int?
    let hasDepartures: Bool
    var departures: DepartureSchedule
    /// Apart from the one for jitter: how often a connection is tried again does not change who is chosen.
    var generator: SeededGenerator
    /// Of the slow readers, in their order; empty where they read nothing.
    var allowances: [ReadAllowance] = []
    var counts = BehaviourCounts()

    init(_ plan: LoadPlan) {
        slowReaders = plan.slowReaders
        movableClients = plan.movableClients
        slowReadBytesPerSecond = plan.behaviour.slowReadBytesPerSecond
        hasDepartures = plan.behaviour.hasDepartures
        departures = DepartureSchedule(plan.behaviour)
        generator = SeededGenerator(seed: plan.seed &+ 1)
        guard let bytesPerSecond = slowReadBytesPerSecond else { return }
        let allowance = ReadAllowance(bytesPerSecond: bytesPerSecond, atNanoseconds: 0)
        allowances = Array(repeating: allowance, count: slowReaders.count)
    }

    /// How a client reads.
    func reading(of client: Int) -> ClientReading {
        guard slowReaders.contains(client) else { return .eager }
        return slowReadBytesPerSecond == nil ? .never : .slowly
    }
}
