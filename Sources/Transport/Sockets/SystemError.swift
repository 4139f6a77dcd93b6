import CSystem
import Glibc

/// A system call that failed: which call, on what, and the errno it left.
package struct SystemError: Error, Equatable, CustomStringConvertible {
    package let call: String
    package let code: Int32

    package init(_ call: String, code: Int32 = errno) {
        self.call = call
        self.code = code
    }

    /// The process has no descriptor left, or the system has none.
    package var isOutOfDescriptors: Bool { code == EMFILE || code == ENFILE }

    package var description: String { "\(call): \(String(cString: strerror(code)))" }
}
