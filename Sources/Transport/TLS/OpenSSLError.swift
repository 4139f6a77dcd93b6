import COpenSSL
import Glibc

/// An entry of OpenSSL's error queue, which each thread has one of.
struct OpenSSLError {
    /// `ERR_LIB_…`: numbers of reasons mean something within a library only.
    let library: Int32
    let reason: Int32
    let text: String

    /// Empties the calling thread's queue (16 entries at most), oldest first: where it began, then what became of that
    /// in the functions around it.
    static func takeAll() -> [OpenSSLError] {
        var errors: [OpenSSLError] = []
        while case let code = ERR_get_error(), code != 0 { errors.append(OpenSSLError(code: code)) }
        return errors
    }

    private init(code: UInt) {
        library = ERR_GET_LIB(code)
        reason = ERR_GET_REASON(code)
        if library == ERR_LIB_SYS {
            // Of errors of the system OpenSSL keeps the errno only (ERR_reason_error_string(3) gives NULL).
            text = String(cString: strerror(reason))
        } else if let known = ERR_reason_error_string(code) {
            text = String(cString: known)
        } else {
            text = "error \(String(code, radix: 16)) of OpenSSL"
        }
    }
}
