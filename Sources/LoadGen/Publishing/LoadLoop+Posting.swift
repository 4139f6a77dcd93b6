import Recording
import Transport
import WebSocketWire

/// Publishing by HTTP POST, on connections that receive no deliveries.
///
/// Each is a `LoadClient` whose `publisher` is set: connecting, TLS and sending are those of every client. Its number
/// is the publisher's. The schedule itself is the queue of messages that wait for a free connection.
extension LoadLoop {
    var isPosting: Bool { !posters.isEmpty }

    /// Whether the schedule has to wait for an answer.
    var waitsForPoster: Bool {
        isPosting && !posters.contains { $0.isOpen && $0.publisher?.isFree == true }
    }

    /// Messages of the schedule that wait to be posted, or answers that are still to come.
    var isPostingUnderWay: Bool {
        isPosting
            && (nextIntendedNanoseconds < measureEnd || posters.contains { $0.publisher?.isFree == false })
    }

    /// Whether each connection has been made, or has failed to.
    var postersHaveOutcome: Bool { posters.allSatisfy { $0.publisher?.hasOutcome ?? true } }

    /// Why nothing can be published at all; nil where something can, or nothing is posted.
    var posterFailure: String? {
        guard isPosting, !posters.contains(where: { $0.publisher?.hasBeenOpen ?? false }) else { return nil }
        return posters.lazy.compactMap { $0.publisher?.failure }.first
    }

    /// Before what time of intention a message is to be given up on. While the schedule waits for answers, so does a
    /// message's time: it may have been sent just now.
    func expiryNanoseconds(_ now: UInt64) -> UInt64 {
        let reference = isPosting ? min(now, nextIntendedNanoseconds) : now
        return reference > plan.graceNanoseconds ? reference - plan.graceNanoseconds : 0
    }

    func makePosters() -> [LoadClient] {
        guard let posting = plan.messages.posting, plan.publishes else { return [] }
        let head = PostRequestHead(url: posting.url, headers: posting.headers)
        return (0..<plan.publishers).map { number in
            let poster = LoadClient(index: number, maximumMessageBytes: maximumMessageBytes)
            poster.publisher = HTTPPublisher(head: head)
            return poster
        }
    }

    func connectPosters() {
        for poster in posters { connect(poster) }
    }

    /// Connections take turns; one that waits for an answer is passed over.
    func chooseFreePoster() -> LoadClient? {
        for _ in posters.indices {
            let poster = posters[nextPublisher]
            nextPublisher = (nextPublisher + 1) % posters.count
            if poster.isOpen, poster.publisher?.isFree == true { return poster }
        }
        return nil
    }

    /// Queues a request whose body is a message.
    func post(
        _ template: MessageTemplate, _ values: MessageValues, _ renderer: MessageRenderer, on client: LoadClient,
        by publisher: HTTPPublisher
    ) {
        let bodyBytes = renderer.byteCount(of: template, values)
        let headBytes = publisher.head.byteCount(bodyBytes: bodyBytes)
        client.outbound.append(count: headBytes + bodyBytes) { target in
            // The room asked for is that of both.
            publisher.head.write(
                bodyBytes: bodyBytes, into: UnsafeMutableRawBufferPointer(start: target, count: headBytes))
            renderer.write(
                template, values, into: UnsafeMutableRawBufferPointer(start: target + headBytes, count: bodyBytes))
        }
        publisher.sent(sequence: values.sequence, atNanoseconds: nowNanoseconds)
        markDirty(client)
    }

    // MARK: What happens on the connection

    func posterOpened(_ client: LoadClient, _ publisher: HTTPPublisher) {
        client.phase = .open
        publisher.opened(atNanoseconds: nowNanoseconds)
    }

    func receiveAnswers(_ client: LoadClient, _ publisher: HTTPPublisher, _ bytes: UnsafeRawBufferPointer) {
        var offset = 0
        // An answer may end the connection, and begin another one.
        let socket = client.socket
        while client.socket == socket, offset < bytes.count {
            do {
                guard let response = try publisher.response.next(in: bytes, at: &offset) else { return }
                answered(client, publisher, response)
            } catch {
                return posterEnded(client, publisher, "\(error)")
            }
        }
    }

    private func answered(_ client: LoadClient, _ publisher: HTTPPublisher, _ response: HTTPClientResponse) {
        // An answer that nobody asked for announces the end of the connection, such as 408.
        guard let sequence = publisher.answered(atNanoseconds: nowNanoseconds) else {
            return posterEnded(client, publisher, "an answer to no request")
        }
        client.reconnectAttempts = 0
        if !(200..<300).contains(response.status) {
            count(error: "publish refused: \(response.status)")
            book.giveUp(publisher: client.index, sequence: sequence)
        }
        if !response.leavesConnectionUsable { connectAgain(client, publisher) }
    }

    /// The connection is over, or could not be made.
    func posterEnded(_ client: LoadClient, _ publisher: HTTPPublisher, _ reason: String) {
        let isInOrder = client.isOpen && publisher.isFree && publisher.answerCount > 0
        guard stage != .closing, !isInOrder else { return connectAgain(client, publisher) }
        let failure = publisher.isFree ? reason : "\(reason), before the answer"
        count(error: "publish: \(failure)")
        publisher.ended(failure)
        drop(client)
        scheduleReconnect(client, .reconnectPoster)
    }

    /// Servers may end a connection between two requests (RFC 9112 §9.5): the next one follows at once, but not from
    /// within a settlement, which an end may be told in.
    private func connectAgain(_ client: LoadClient, _ publisher: HTTPPublisher) {
        publisher.ended(nil)
        drop(client)
        guard stage != .closing else { return }
        let timer = TimerToken(kind: TimerKind.reconnectPoster.rawValue, value: UInt32(client.index))
        loop.schedule(timer, afterNanoseconds: 0)
    }

    func reconnectPoster(_ number: Int) {
        guard stage != .closing, posters.indices.contains(number), case .idle = posters[number].phase else { return }
        connect(posters[number])
    }

    func checkPosterTimeouts() {
        let now = MonotonicInstant.now()
        for poster in posters {
            guard let publisher = poster.publisher else { continue }
            switch poster.phase {
            case .connecting, .shakingHands:
                guard now - poster.connectBeganAt > Int64(plan.connectTimeoutNanoseconds) else { continue }
                let limit = HumanFormat.nanoseconds(plan.connectTimeoutNanoseconds)
                posterEnded(poster, publisher, "no connection within \(limit)")
            case .open:
                guard let since = publisher.awaited?.sinceNanoseconds,
                    nowNanoseconds > since + PostPlan.answerTimeoutNanoseconds
                else { continue }
                let limit = HumanFormat.nanoseconds(PostPlan.answerTimeoutNanoseconds)
                posterEnded(poster, publisher, "nothing within \(limit)")
            case .idle, .upgrading, .subscribing, .closing:
                continue
            }
        }
    }

    // MARK: What differs from a client

    func serverAddress(of client: LoadClient) -> SocketAddress {
        client.publisher == nil ? address : postAddress ?? address
    }

    func serverHost(of client: LoadClient) -> String {
        client.publisher == nil ? plan.url.host : plan.messages.posting?.url.host ?? plan.url.host
    }

    func tlsContext(of client: LoadClient) -> TLSClientContext? {
        client.publisher == nil ? plan.tls : plan.messages.posting?.tls
    }

    /// Bytes can go both ways, encrypted where they have to be.
    func transportReady(_ client: LoadClient) {
        if let publisher = client.publisher { posterOpened(client, publisher) } else { beginUpgrade(client) }
    }
}
