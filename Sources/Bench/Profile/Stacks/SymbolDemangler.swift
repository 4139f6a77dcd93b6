import CSystem
import Glibc

/// Makes Swift's symbols readable, each once.
struct SymbolDemangler {
    private var known: [String: String] = [:]

    init() {}

    /// Whether the linker's name is that of a Swift declaration.
    static func isSwift(_ symbol: String) -> Bool {
        symbol.hasPrefix("$s") || symbol.hasPrefix("$S") || symbol.hasPrefix("_$s")
    }

    /// The declaration in full; other symbols as they are.
    mutating func readable(_ symbol: String) -> String {
        guard Self.isSwift(symbol) else { return symbol }
        if let name = known[symbol] { return name }
        let name = Self.demangled(symbol) ?? symbol
        known[symbol] = name
        return name
    }

    private static func demangled(_ symbol: String) -> String? {
        // The runtime reads `length` bytes and returns a string of its own malloc(3), or NULL.
        guard let text = swift_demangle(symbol, symbol.utf8.count, nil, nil, 0) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }
}
