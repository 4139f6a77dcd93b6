import Foundation
import FoundationNetworking
import Recording
import Synchronization

/// Asks an Ollama-compatible server, on threads of its own.
///
/// Any thread may ask; answers come on a thread of the session's. At most so many calls at a time as the configuration
/// says, each for as long as it says, each answer as large as it says.
final class OllamaClient: Sendable {
    private let configuration: AIServiceConfiguration
    private let transfers: BoundedTransfers
    private let session: URLSession
    private let callCount = Atomic<Int>(0)

    init(_ configuration: AIServiceConfiguration) {
        self.configuration = configuration
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 1
        transfers = BoundedTransfers(limitBytes: configuration.maximumAnswerBytes, queue: queue)
        let session = URLSessionConfiguration.ephemeral
        // Not to be relied on: whole seconds only, and each piece of an answer begins them anew. Whoever asks ends the
        // call in time; this is later.
        let longest = configuration.timeoutSeconds.rounded(.up) + 1
        session.timeoutIntervalForRequest = longest
        session.timeoutIntervalForResource = longest
        session.httpAdditionalHeaders = ["User-Agent": "broadside"]
        session.httpMaximumConnectionsPerHost = configuration.maximumCalls
        self.session = URLSession(configuration: session, delegate: transfers, delegateQueue: queue)
    }

    /// How long a call may take; then whoever made it is to call its `end`.
    var timeoutNanoseconds: UInt64 { UInt64(configuration.timeoutSeconds * 1e9) }

    /// - Parameter then: called once, on another thread or at once.
    /// - Returns: the call, where one is made.
    func infer(
        query: String, contextJSON: String?, then: @escaping @Sendable (Result<OllamaCall.Answer, AIFailure>) -> Void
    ) -> CallUnderWay? {
        // Relaxed: the count stands for itself.
        guard callCount.add(1, ordering: .relaxed).newValue <= configuration.maximumCalls else {
            callCount.subtract(1, ordering: .relaxed)
            then(.failure(.busy(limit: configuration.maximumCalls)))
            return nil
        }
        var request = URLRequest(url: configuration.endpoint)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(OllamaCall.body(model: configuration.model, query: query, contextJSON: contextJSON))
        let began = MonotonicInstant.now()
        let task = session.dataTask(with: request)
        transfers.start(task) { [self] outcome in
            callCount.subtract(1, ordering: .relaxed)
            then(result(outcome, began))
        }
        return CallUnderWay(task: task, transfers: transfers)
    }

    private func result(
        _ outcome: BoundedTransfers.Outcome, _ began: MonotonicInstant
    ) -> Result<OllamaCall.Answer, AIFailure> {
        switch outcome {
        case .complete(let status, let body):
            OllamaCall.answer(
                status: status, body: body, model: configuration.model,
                elapsedMilliseconds: (MonotonicInstant.now() - began) / 1_000_000)
        case .tooLarge: .failure(.tooLarge(limitBytes: configuration.maximumAnswerBytes))
        case .timedOut: .failure(.timedOut(seconds: configuration.timeoutSeconds))
        case .failed(let error) where error.code == .timedOut:
            .failure(.timedOut(seconds: configuration.timeoutSeconds))
        case .failed(let error): .failure(.unreachable(error.localizedDescription))
        }
    }

    /// Nobody asks any more. When this returns nobody is told anything any more either.
    func cancel() {
        transfers.forgetAll()
        session.invalidateAndCancel()
    }
}
