import ArgumentParser
import Server

/// Who answers `POST /api/ai/infer`.
struct ServeAIOptions: ParsableArguments {
    @Option(help: "An Ollama-compatible server, such as http://127.0.0.1:11434. (default: a built-in responder)")
    var aiUrl: String?

    @Option(help: "The model that is asked. (default: llama3.2:latest)")
    var aiModel: String?

    @Option(help: "Seconds until an answer is given up.")
    var aiTimeout = 60.0

    @Option(help: "Queries that are answered at one time; further ones get 503.")
    var aiConcurrency = 16

    func configuration() throws -> AIServiceConfiguration? {
        guard (0.001...86_400).contains(aiTimeout) else {
            throw ValidationError("--ai-timeout: expected 0.001 to 86400 seconds, found \(aiTimeout)")
        }
        try require("--ai-concurrency", aiConcurrency, in: 1...10_000)
        guard let aiUrl else {
            if aiModel != nil { throw ValidationError("--ai-model needs --ai-url") }
            return nil
        }
        var configuration = try parsed("--ai-url") { () throws(AIServiceURLError) in
            try AIServiceConfiguration(url: aiUrl)
        }
        if let aiModel { configuration.model = aiModel }
        configuration.timeoutSeconds = aiTimeout
        configuration.maximumCalls = aiConcurrency
        return configuration
    }
}
