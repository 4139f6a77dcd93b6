import Testing
import Transport

/// The `websockets` package for Python: the machine's own, or one that pip puts beside the tests' executable.
enum PythonWebSockets {
    static let absence: Comment = "the Python module websockets is neither installed nor can pip install it"

    /// What goes on Python's path; nil where the module cannot be had.
    private static let folder: String? = {
        let own = BroadsideProgram.folder + "/python-packages"
        if imports(path: own) { return own }
        let install = [
            "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", own, "websockets",
        ]
        let pip = try? ChildProcess.run("python3", install, seconds: 120)
        return pip?.exitCode == 0 && imports(path: own) ? own : nil
    }()

    static var isAvailable: Bool { folder != nil }

    private static func imports(path: String) -> Bool {
        let child = try? ChildProcess.run(
            "env", ["PYTHONPATH=\(path)", "python3", "-c", "import websockets"])
        return child?.exitCode == 0
    }

    /// Begins a command line that runs a script.
    static var command: String { "env PYTHONPATH=\(folder ?? "") python3" }

    /// Starts a script; its arguments are in `sys.argv[1:]`.
    static func start(_ script: String, _ arguments: String...) throws(SystemError) -> ChildProcess {
        try ChildProcess("env", ["PYTHONPATH=\(folder ?? "")", "python3", "-c", script] + arguments)
    }
}
