/// A client as `GET /api/clients` lists it: all keys of the contract.
struct ListedClient: Decodable {
    struct Backlog: Decodable {
        let bytes: Int
    }

    let id: String
    let ip: String
    let connectedAt: Int64
    let path: String
    let subscriptions: [String]
    let backlog: Backlog
    let missed: Int
}
