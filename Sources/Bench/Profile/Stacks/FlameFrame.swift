/// One function in a flame graph.
struct FlameFrame: Hashable {
    /// Whose code it is.
    enum Kind: String, CaseIterable {
        case kernel
        case swift
        case c
        case thread
        case unknown
    }

    /// In full, for the tooltip.
    let name: String
    /// For the box.
    let label: String
    let kind: Kind

    init(name: String, label: String, kind: Kind) {
        self.name = name
        self.label = label
        self.kind = kind
    }

    init(_ frame: PerfSample.Frame, demangler: inout SymbolDemangler) {
        let file = frame.object.split(separator: "/").last.map(String.init) ?? frame.object
        guard let symbol = frame.symbol else {
            let isKernel = Self.isKernel(frame.object)
            let name = file.hasPrefix("[") ? file : "[\(file)]"
            self.init(name: name, label: name, kind: isKernel ? .kernel : .unknown)
            return
        }
        guard SymbolDemangler.isSwift(symbol) else {
            let isRuntime = file.hasPrefix("libswift") || symbol.hasPrefix("swift_") || symbol.hasPrefix("_swift_")
            let kind: Kind = Self.isKernel(frame.object) ? .kernel : isRuntime ? .swift : .c
            self.init(name: symbol, label: symbol, kind: kind)
            return
        }
        let name = demangler.readable(symbol)
        self.init(name: name, label: SymbolLabel.short(name), kind: .swift)
    }

    /// The kernel and its modules stand in brackets, as do pieces of a process that are no files.
    private static func isKernel(_ object: String) -> Bool {
        object.hasPrefix("[") && !["[unknown]", "[vdso]", "[heap]", "[stack]"].contains(object)
            && !object.hasPrefix("[anon")
    }
}
