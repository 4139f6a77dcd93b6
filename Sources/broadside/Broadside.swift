import ArgumentParser
import Glibc
import Recording

/// The command line: parses, runs one subcommand, ends with its exit code.
@main
struct Broadside: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broadside",
        abstract: "A WebSocket broadcast server, a load generator, and a bench for both.",
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, LoadCommand.self, BenchCommand.self, CompareCommand.self, GateCommand.self,
            ReportCommand.self, ProfileCommand.self,
        ])

    static func main() {
        // A reader of our output that goes away is no reason to die without a result.
        signal(SIGPIPE, SIG_IGN)
        occupyStandardStreams()
        var scenario: LoadScenario?
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            scenario = try LoadScenario(arguments)
            var command = try parseAsRoot(scenario?.arguments ?? arguments)
            try command.run()
        } catch {
            end(with: error, scenario)
        }
    }

    /// A standard stream that is closed would be the next socket's descriptor, and logs would go to a client.
    private static func occupyStandardStreams() {
        while case let descriptor = open("/dev/null", O_RDWR), descriptor >= 0 {
            guard descriptor > STDERR_FILENO else { continue }
            close(descriptor)
            return
        }
    }

    private static func end(with error: any Error, _ scenario: LoadScenario?) -> Never {
        if let ended = error as? CommandEnd {
            if let message = ended.message { complain(message) }
            Glibc.exit(ended.exit.rawValue)
        }
        switch exitCode(for: error) {
        case .success:
            // Help and version.
            Console.print(fullMessage(for: error) + "\n")
            Glibc.exit(ToolExit.pass.rawValue)
        case .validationFailure:
            let text = message(for: error)
            complain(scenario?.located(text) ?? text)
            Glibc.exit(ToolExit.wrongUsage.rawValue)
        default:
            complain(String(describing: error))
            Glibc.exit(ToolExit.failed.rawValue)
        }
    }

    /// One line, whatever the parser makes of it.
    private static func complain(_ message: String) {
        let line = message.split(whereSeparator: \.isNewline).map { $0.trimming() }.joined(separator: " ")
        Console.printError("broadside: \(line)\n")
    }
}

extension Substring {
    fileprivate func trimming() -> Substring {
        drop { $0 == " " }
    }
}
