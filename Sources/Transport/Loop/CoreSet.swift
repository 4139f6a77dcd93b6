import CSystem

/// The cores that this process may use, and pinning to one of them.
package enum CoreSet {
    package static func usable() -> [Int] {
        var cores = [Int32](repeating: 0, count: 1024)
        let count = system_usable_cores(&cores, Int32(cores.count))
        return cores.prefix(Int(count)).map(Int.init)
    }

    /// Keeps the calling thread on one core.
    package static func pin(to core: Int) { _ = system_pin_to_core(0, Int32(core)) }
}
