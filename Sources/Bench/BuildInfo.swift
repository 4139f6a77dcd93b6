import Glibc

/// Which revision this program was built from.
package enum BuildInfo {
    /// Given by the scripts, which know the checkout; nil for a program that was built otherwise.
    package static var commit: String? {
        getenv("BROADSIDE_COMMIT").map { String(cString: $0) }
    }
}
