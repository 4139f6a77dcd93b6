import Logging
import Transport

/// Everything a server can be told, with every limit it keeps.
package struct ServerConfiguration: Sendable {
    package var host = "127.0.0.1"
    /// 0 picks a free one.
    package var port: UInt16 = 3001
    package var threads = 1
    package var io = IOChoice.auto
    /// Whether `/relay` and `/echo` are served.
    package var servesRelay = false
    package var maximumMessageBytes = 1 << 20
    package var maximumClients = 1000
    package var backlogBytes = 64 << 20
    package var slowClientPolicy = SlowClientPolicy.disconnect
    /// A broadcast that comes sooner than this after another waits for the rest of it, together with what else comes.
    package var flushIntervalNanoseconds: UInt64 = 0
    package var heartbeatIntervalNanoseconds: UInt64 = 30_000_000_000
    package var handshakeTimeoutNanoseconds: UInt64 = 10_000_000_000
    package var drainTimeoutNanoseconds: UInt64 = 5_000_000_000
    /// Who is let in.
    package var access = AccessPolicy()
    /// Nil serves plain TCP.
    package var tls: TLSServerContext?
    /// Whether messages are compressed for clients that offer it (RFC 7692).
    package var compresses = false
    /// What is taken from one client; nil for any.
    package var rateLimit: RateLimit?
    /// Nil answers queries with the built-in responder.
    package var artificialIntelligence: AIServiceConfiguration?
    package var injectedCosts = InjectedCosts()
    package var logger = Logger(label: "broadside", factory: { _ in SwiftLogNoOpLogHandler() })

    package init() {}
}
