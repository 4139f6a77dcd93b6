import WebSocketWire

/// What stands between a connection's upgrade and its client's counting as open.
extension LoadLoop {
    /// Sends what subscribes. Where the server has to confirm it, the client is open once it has.
    func subscribe(_ client: LoadClient) {
        sendGroupSubscriptions(client)
        if let renderer {
            let values = renderer.values(client: client.index, sequence: 0, stamp: nil)
            for template in renderer.subscriptions {
                send(client, .text, byteCount: renderer.byteCount(of: template, values)) {
                    renderer.write(template, values, into: $0)
                }
            }
        }
        guard plan.messages.confirmation != nil else { return opened(client) }
        client.phase = .subscribing
    }

    /// A message to a client that is not open yet: the confirmation, or nothing that is expected of it.
    func receiveConfirmation(_ client: LoadClient, _ payload: UnsafeRawBufferPointer) {
        guard let confirmation = plan.messages.confirmation, confirmation.isIn(payload) else { return }
        opened(client)
    }

    /// A part of such a message.
    func receiveConfirmation(_ client: LoadClient, part: UnsafeRawBufferPointer, isLast: Bool) {
        client.assembled.append(contentsOf: part)
        guard isLast else { return }
        let message = client.assembled
        client.assembled = []
        message.withUnsafeBytes { receiveConfirmation(client, $0) }
    }
}
