/// The kernel interfaces that a server can be told to use here.
enum Drivers {
    /// `epoll`, and `uring` where this machine lets programs use it.
    static let available: [String] = {
        let server = try? TestServer("--io", "uring")
        return (server == nil ? [] : ["uring"]) + ["epoll"]
    }()
}
