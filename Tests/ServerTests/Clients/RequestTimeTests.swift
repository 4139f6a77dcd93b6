import Recording
import Testing

@testable import Server
@testable import Transport

@Suite("ServerLoop: since when a request is waited for")
struct RequestTimeTests {
    private static let request = RunningServer.request("GET", "/healthz")
    private static let longAgo = MonotonicInstant(nanoseconds: 1)

    private let server: ScriptedServer
    private let index: Int
    private let exchange: HTTPExchange

    init() throws {
        let server = try ScriptedServer()
        let index = server.adopt()
        guard case .http(let exchange) = server.connection(index)?.phase else {
            throw TestFailure("a new connection speaks HTTP")
        }
        (self.server, self.index, self.exchange) = (server, index, exchange)
    }

    private func receive(_ bytes: ArraySlice<UInt8>) {
        server.turn { [driver = server.driver, index] in driver.receive(index, Array(bytes)) }
    }

    @Test("a request that begins late has its time from its first byte on, however it comes")
    func late() {
        receive(Self.request[...])
        exchange.waitingSince = Self.longAgo
        receive(Self.request[..<10])
        let began = exchange.waitingSince
        #expect(began > Self.longAgo)
        receive(Self.request[10..<20])
        #expect(exchange.waitingSince == began, "its second part gives it no more")
        receive(Self.request[20...])
        let answers = String(decoding: server.driver.takeDelivered(index), as: UTF8.self)
        #expect(answers.ranges(of: "HTTP/1.1 200 ").count == 2)
    }

    @Test("a first request has its time from the connection's beginning on")
    func first() {
        let accepted = exchange.waitingSince
        receive(Self.request[..<10])
        receive(Self.request[10..<20])
        #expect(exchange.waitingSince == accepted)
        receive(Self.request[20...])
        #expect(exchange.waitingSince > accepted)
    }
}
