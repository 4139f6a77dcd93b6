/// Why there is no report, in one line.
package struct ReportFailure: Error, CustomStringConvertible {
    package let description: String
}
