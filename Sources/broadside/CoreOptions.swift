import ArgumentParser
import Bench
import Transport

/// Which cores servers and load have.
struct CoreOptions: ParsableArguments {
    @Option(help: "Cores for the servers, such as 1 or 2-3 or 1,3. (default: one core)")
    var serverCpus: String?

    @Option(help: "Cores for the load. (default: another one)")
    var loadCpus: String?

    func apply(to plan: inout SlicePlan) throws {
        if let serverCpus { plan.serverCores = try cores("--server-cpus", serverCpus) }
        if let loadCpus { plan.loadCores = try cores("--load-cpus", loadCpus) }
        // What was not said goes out of the way of what was.
        if serverCpus == nil, loadCpus != nil { plan.serverCores = oneCore(beside: plan.loadCores) }
        if loadCpus == nil, serverCpus != nil { plan.loadCores = oneCore(beside: plan.serverCores) }
    }

    private func oneCore(beside taken: [Int]) -> [Int] {
        let usable = CoreSet.usable()
        return Array((usable.filter { !taken.contains($0) } + usable).prefix(1))
    }

    private func cores(_ flag: String, _ text: String) throws -> [Int] {
        try parsed(flag) { () throws(CoreListError) in try CoreList(parsing: text, usable: CoreSet.usable()) }.cores
    }
}
