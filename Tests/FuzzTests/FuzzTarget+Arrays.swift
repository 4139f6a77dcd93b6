import FuzzTargets

extension FuzzTarget {
    /// What was found in an input; nil where every promise is kept.
    func finding(in input: [UInt8]) -> FuzzFinding? {
        do throws(FuzzFinding) {
            try input.span.withUnsafeBytes { bytes throws(FuzzFinding) in try check(bytes) }
            return nil
        } catch {
            return error
        }
    }
}
