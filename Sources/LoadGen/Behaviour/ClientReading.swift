/// How a client reads once its connection is upgraded.
enum ClientReading {
    case eager
    /// So many bytes a second; pings are answered when they are read.
    case slowly
    /// Nothing, pings included.
    case never
}
