/// Shortens a demangled Swift name to what fits a box of a flame graph: `FanOut.turnEnded(now:)`.
///
/// Text in, text out, with no knowledge of the grammar beyond brackets: what it does not understand stays long.
enum SymbolLabel {
    /// What the compiler made of a declaration says little to a reader; the declaration does.
    private static let prefixes = [
        "merged ", "partial apply forwarder for ", "partial apply for ", "reabstraction thunk helper from ",
        "protocol witness for ", "dispatch thunk of ", "method descriptor for ", "static ", "@objc ",
        "outlined ", "implicit closure ", "lazy protocol witness table accessor for ",
    ]

    static func short(_ name: String) -> String {
        var rest = Substring(name)
        if let inner = specialized(rest) { rest = inner }
        var isClosure = false
        while true {
            if let prefix = prefixes.first(where: { rest.hasPrefix($0) }) {
                rest = rest.dropFirst(prefix.count)
            } else if rest.hasPrefix("closure #"), let declaration = range(of: " in ", in: rest) {
                isClosure = true
                rest = rest[declaration.upperBound...]
            } else if let inner = specialized(rest) {
                rest = inner
            } else {
                break
            }
        }
        let declaration = declarationOnly(rest)
        return isClosure ? "closure in " + declaration : declaration
    }

    /// What follows `generic specialization <…> of ` and its kin.
    private static func specialized(_ name: Substring) -> Substring? {
        guard let word = range(of: " specialization <", in: name), !name[..<word.lowerBound].contains("."),
            let end = closing(name, from: name.index(before: word.upperBound)), name[end...].hasPrefix("> of ")
        else { return nil }
        return name[end...].dropFirst("> of ".count)
    }

    /// Without modules, generic and private parts, types of parameters and results.
    private static func declarationOnly(_ name: Substring) -> String {
        var path: [String] = []
        var part = ""
        var index = name.startIndex
        scan: while index < name.endIndex {
            switch name[index] {
            case ".":
                path.append(part)
                part = ""
            case "<":
                guard let end = closing(name, from: index) else { break scan }
                index = end
            case "(":
                guard let end = closing(name, from: index) else { break scan }
                let inside = name[name.index(after: index)..<end]
                if let privateName = range(of: " in _", in: inside) {
                    part += inside[..<privateName.lowerBound]
                    index = end
                } else {
                    part += labels(of: inside)
                    break scan
                }
            case " ":
                break scan
            default:
                part.append(name[index])
            }
            index = name.index(after: index)
        }
        path.append(part)
        let kept = path.filter { !$0.isEmpty }.suffix(2)
        return kept.isEmpty ? String(name) : kept.joined(separator: ".")
    }

    /// `now: Recording.Instant, _: Int` as `(now:_:)`.
    private static func labels(of parameters: Substring) -> String {
        var labels = ""
        var depth = 0
        var word = ""
        for character in parameters {
            switch character {
            case "(", "<", "[": depth += 1
            case ")", ">", "]": depth -= 1
            case ":" where depth == 0:
                labels += word + ":"
                word = ""
            case ",", " ": if depth == 0 { word = "" }
            default: if depth == 0 { word.append(character) }
            }
        }
        return "(\(labels))"
    }

    /// The bracket that closes the one at `open`. The angle of an arrow (`->`) closes nothing.
    private static func closing(_ text: Substring, from open: Substring.Index) -> Substring.Index? {
        var depth = 0
        var previous: Character = " "
        for index in text[open...].indices {
            switch text[index] {
            case "(", "<": depth += 1
            case ">" where previous == "-": break
            case ")", ">": depth -= 1
            default: break
            }
            if depth == 0 { return index }
            previous = text[index]
        }
        return nil
    }

    private static func range(of needle: String, in text: Substring) -> Range<Substring.Index>? {
        text.firstRange(of: needle)
    }
}
