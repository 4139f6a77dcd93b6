import Testing
import Transport

/// The `ws` package for Node.js, as Debian packs it (`node-ws`).
enum NodeWS {
    static let absence: Comment = "node or its module ws (Debian package node-ws) is not installed"

    static let isAvailable: Bool = {
        let child = try? ChildProcess.run("env", arguments("require('ws')"))
        return child?.exitCode == 0
    }()

    /// Starts a script; its arguments are in `process.argv.slice(1)`.
    static func start(_ script: String, _ arguments: String...) throws(SystemError) -> ChildProcess {
        try ChildProcess("env", Self.arguments(script) + arguments)
    }

    private static func arguments(_ script: String) -> [String] {
        ["NODE_PATH=/usr/share/nodejs", "node", "-e", script]
    }
}
