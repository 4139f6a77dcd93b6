/// Clients that differ from the others by their group.
extension LoadLoop {
    /// What the clients of a group ask for as soon as they are connected.
    func sendGroupSubscriptions(_ client: LoadClient) {
        guard let group = plan.groups.group(ofClient: client.index) else { return }
        for message in group.subscribe {
            let bytes = Array(message.utf8)
            send(client, .text, byteCount: bytes.count) { $0.copyBytes(from: bytes) }
        }
    }
}
