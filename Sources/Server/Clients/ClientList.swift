/// The answer of `GET /api/clients`.
struct ClientList: Equatable, Sendable {
    /// Of all loops.
    let clients: [ClientDescription]

    func serialized() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.arrayField("clients", of: clients) { json, client in client.write(to: &json) }
            json.field("count", Int64(clients.count))
        }
        return json.bytes
    }
}
