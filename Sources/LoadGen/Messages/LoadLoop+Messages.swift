/// The messages themselves: what is published, whatever it is made of.
extension LoadLoop {
    /// Queues the message with that stamp.
    func send(_ stamp: Stamp, by client: LoadClient) {
        guard let renderer, let template = renderer.message else {
            return send(client, plan.messages.kind, byteCount: pattern.byteCount) { pattern.write(stamp, into: $0) }
        }
        let values = renderer.values(client: client.index, sequence: stamp.identity.sequence, stamp: stamp)
        if let publisher = client.publisher {
            return post(template, values, renderer, on: client, by: publisher)
        }
        send(client, plan.messages.kind, byteCount: renderer.byteCount(of: template, values)) {
            renderer.write(template, values, into: $0)
        }
    }
}
