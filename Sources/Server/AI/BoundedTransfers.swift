import Foundation
import FoundationNetworking

/// Collects the answers to HTTP requests, none larger than a limit: a session's delegate.
///
/// `@unchecked Sendable`: what is under way is touched by operations of one queue only, which runs them one at a time.
final class BoundedTransfers: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    enum Outcome {
        case complete(status: Int, body: Data)
        case tooLarge
        case timedOut
        case failed(URLError)
    }

    private struct Transfer {
        var body = Data()
        let then: @Sendable (Outcome) -> Void
    }

    private let limitBytes: Int
    private let queue: OperationQueue
    private var transfers: [Int: Transfer] = [:]

    /// - Parameter queue: the session's, which runs one operation at a time.
    init(limitBytes: Int, queue: OperationQueue) {
        self.limitBytes = limitBytes
        self.queue = queue
    }

    /// - Parameter then: called once, on the queue.
    func start(_ task: URLSessionDataTask, then: @escaping @Sendable (Outcome) -> Void) {
        queue.addOperation { [self] in
            transfers[task.taskIdentifier] = Transfer(then: then)
            task.resume()
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let identifier = dataTask.taskIdentifier
        transfers[identifier]?.body.append(data)
        guard let transfer = transfers[identifier], transfer.body.count > limitBytes else { return }
        end(dataTask, .tooLarge)
    }

    /// Ends a transfer that is still under way: its outcome is that it took too long. Any thread.
    func expire(_ task: URLSessionDataTask) {
        queue.addOperation { [self] in end(task, .timedOut) }
    }

    /// Waits until nobody is being told an outcome, and nobody will be. Not from the queue.
    func forgetAll() {
        queue.addOperation { [self] in transfers.removeAll() }
        queue.waitUntilAllOperationsAreFinished()
    }

    /// What the session says of it from now on is of no interest.
    private func end(_ task: URLSessionDataTask, _ outcome: Outcome) {
        guard let transfer = transfers.removeValue(forKey: task.taskIdentifier) else { return }
        transfer.then(outcome)
        task.cancel()
    }

    /// The service is the one that was named: it does not send us elsewhere.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let transfer = transfers.removeValue(forKey: task.taskIdentifier) else { return }
        if let error {
            transfer.then(.failed(error as? URLError ?? URLError(.unknown)))
        } else {
            let status = (task.response as? HTTPURLResponse)?.statusCode ?? 0
            transfer.then(.complete(status: status, body: transfer.body))
        }
    }
}
