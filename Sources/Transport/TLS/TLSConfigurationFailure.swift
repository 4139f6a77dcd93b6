/// What TLS was to be set up with and could not.
package struct TLSConfigurationFailure: Error, Equatable, CustomStringConvertible {
    /// The file that could not be used; nil where it was no file's fault.
    package let file: String?
    /// What OpenSSL said.
    package let reason: String
    package let expected: String

    /// Takes the reason from OpenSSL's error queue: the oldest entry, which is nearest to the file.
    init(file: String? = nil, expected: String) {
        self.file = file
        self.expected = expected
        reason = OpenSSLError.takeAll().first?.text ?? "OpenSSL gave no reason"
    }

    package var description: String {
        let subject = file.map { "cannot use \($0) for TLS" } ?? "cannot set up TLS"
        return "\(subject): \(reason); expected \(expected)"
    }
}
