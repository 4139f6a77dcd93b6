/// io_uring cannot be had here: refused by the kernel's settings or a container, or too old.
package struct UringUnavailable: Error, CustomStringConvertible {
    let reason: String

    package var description: String { "io_uring is not available: \(reason)" }
}
