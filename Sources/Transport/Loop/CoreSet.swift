import CSystem

/// The cores that this process may use, and pinning to some of them.
package enum CoreSet {
    package static func usable() -> [Int] {
        var cores = [Int32](repeating: 0, count: 1024)
        let count = system_usable_cores(&cores, Int32(cores.count))
        return cores.prefix(Int(count)).map(Int.init)
    }

    /// Keeps the calling thread on the given cores, of which there must be one at least.
    package static func pin(to cores: [Int]) {
        let cores = cores.map(Int32.init)
        _ = system_pin_to_cores(cores, Int32(cores.count))
    }
}
