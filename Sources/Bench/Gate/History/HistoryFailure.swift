/// Why a history cannot be read, in one line.
package struct HistoryFailure: Error, CustomStringConvertible {
    package let description: String
}
