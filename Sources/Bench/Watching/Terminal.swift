import CSystem
import Glibc

/// What the terminal at standard error can show.
enum Terminal {
    private static let usualColumns = 80

    /// As the terminal says, else `COLUMNS`, else 80.
    static func columns() -> Int {
        let told = Int(system_terminal_columns(STDERR_FILENO))
        if told > 0 { return told }
        guard let columns = variable("COLUMNS").flatMap({ Int($0) }), columns > 0 else { return usualColumns }
        return columns
    }

    /// Unless `NO_COLOR` is set and not empty (no-color.org).
    static var hasColours: Bool { variable("NO_COLOR")?.isEmpty ?? true }

    /// One that knows no control sequences gets lines.
    static var movesCursor: Bool { variable("TERM") != "dumb" }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
