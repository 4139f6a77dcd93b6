import Glibc

/// The `python3` on the path, where there is one.
enum Python {
    static func imports(_ module: String) -> Bool {
        output(of: "import \(module)") != nil
    }

    /// What a script prints, or nil where it fails. The script holds no double quote, dollar or backslash.
    static func output(of script: String) -> String? {
        guard let pipe = popen("python3 -c \"\(script)\" 2>/dev/null", "r") else { return nil }
        var bytes: [UInt8] = []
        while case let byte = fgetc(pipe), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        return pclose(pipe) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
    }
}
