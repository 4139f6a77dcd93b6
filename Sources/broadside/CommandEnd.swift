import Recording

/// Ends a command with an exit code and, where something is to be said, one line about it.
struct CommandEnd: Error {
    let exit: ToolExit
    let message: String?

    init(_ exit: ToolExit, _ message: String? = nil) {
        self.exit = exit
        self.message = message
    }
}
