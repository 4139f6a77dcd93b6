#if NO_JEMALLOC

/// Stands in for jemalloc's settings and statistics where it is left out: there are none.
enum Mallctl {
    static func read<Value: FixedWidthInteger>(_ name: String, as type: Value.Type) -> Value? { nil }
    static func read(_ name: String, ofArena arena: UInt32) -> UInt64? { nil }
    static func write(_ name: String, _ value: some FixedWidthInteger) -> Bool { false }
    static func command(_ name: String) -> Bool { false }
}

#else
import CJemalloc

/// jemalloc's settings and statistics by name (jemalloc(3), "MALLCTL NAMESPACE").
///
/// Nothing here allocates when the names are literals, so that asking does not change what is counted.
/// jemalloc copies values in and out during a call, which is all the pointers are valid for, and refuses a
/// size other than the setting's: a wrong type reads as nil.
enum Mallctl {
    static func read<Value: FixedWidthInteger>(_ name: String, as type: Value.Type) -> Value? {
        var value = Value.zero
        var size = MemoryLayout<Value>.size
        return name.withCString { mallctl($0, &value, &size, nil, 0) } == 0 ? value : nil
    }

    /// A counter of one arena; the name is that of arena 0, as in `stats.arenas.0.small.nrequests`.
    static func read(_ name: String, ofArena arena: UInt32) -> UInt64? {
        // No name that is used here has more parts.
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 8) { path in
            var depth = path.count
            var value: UInt64 = 0
            var size = MemoryLayout<UInt64>.size
            guard let parts = path.baseAddress,
                name.withCString({ mallctlnametomib($0, parts, &depth) }) == 0, depth > arenaPart
            else { return nil }
            path[arenaPart] = Int(arena)
            return mallctlbymib(parts, depth, &value, &size, nil, 0) == 0 ? value : nil
        }
    }

    static func write<Value: FixedWidthInteger>(_ name: String, _ value: Value) -> Bool {
        var value = value
        return name.withCString { mallctl($0, nil, nil, &value, MemoryLayout<Value>.size) } == 0
    }

    static func command(_ name: String) -> Bool {
        name.withCString { mallctl($0, nil, nil, nil, 0) } == 0
    }

    /// Where the number stands in `stats.arenas.0.…`.
    private static let arenaPart = 2
}
#endif
