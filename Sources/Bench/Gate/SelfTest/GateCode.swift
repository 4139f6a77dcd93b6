/// Which code measures and decides: self-tests of different code do not pool.
package enum GateCode {
    /// Of the sources named in `GateCodeTests`, comments and white space aside; that test says what it has to be.
    package static let digest = "fdb3164b0bbc5a18"
}
