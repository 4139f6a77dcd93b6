import Testing

@testable import Server

@Suite("ClientList")
struct ClientListTests {
    private func text(_ clients: [ClientDescription]) -> String {
        String(decoding: ClientList(clients: clients).serialized(), as: UTF8.self)
    }

    @Test("each client is an object, in the order given, and they are counted")
    func clients() {
        let first = ClientDescription(
            id: ClientID(loop: 0, slot: 12, generation: 3), ip: "127.0.0.1", connectedAtMilliseconds: 1_640_000_000_000,
            endpoint: .messages, subscriptions: [.system, .gesture], backlogBytes: 4096, backlogMessages: 7,
            missedMessages: 2)
        let second = ClientDescription(
            id: ClientID(loop: 1, slot: 0, generation: 1), ip: "::1", connectedAtMilliseconds: 0, endpoint: .relay,
            subscriptions: [], backlogBytes: 0, backlogMessages: nil, missedMessages: 0)
        let firstText =
            #"{"id":"c0-12-3","ip":"127.0.0.1","connectedAt":1640000000000,"path":"/","#
            + #""subscriptions":["gesture","system"],"backlog":{"bytes":4096,"messages":7},"missed":2}"#
        let secondText =
            #"{"id":"c1-0-1","ip":"::1","connectedAt":0,"path":"/relay","#
            + #""subscriptions":[],"backlog":{"bytes":0},"missed":0}"#
        #expect(text([]) == #"{"clients":[],"count":0}"#)
        #expect(text([first]) == #"{"clients":[\#(firstText)],"count":1}"#)
        #expect(text([first, second]) == #"{"clients":[\#(firstText),\#(secondText)],"count":2}"#)
    }

    @Test("figures beyond JSON's whole numbers are cut, and do not trap")
    func largest() {
        let client = ClientDescription(
            id: ClientID(loop: 0, slot: 0, generation: 1), ip: "", connectedAtMilliseconds: .max, endpoint: .echo,
            subscriptions: [], backlogBytes: .max, backlogMessages: .max, missedMessages: .max)
        let most = "9223372036854775807"
        #expect(text([client]).contains(#""connectedAt":\#(most),"path":"/echo""#))
        #expect(text([client]).contains(#""backlog":{"bytes":\#(most),"messages":\#(most)},"missed":\#(most)}"#))
    }

    @Test("a set of channels lists them in the specification's order")
    func channels() {
        #expect(ChannelSet.initial.channels == [.gesture, .aiResponse])
        #expect(([.system, .aiResponse, .gesture] as ChannelSet).channels == Channel.allCases)
        #expect(([] as ChannelSet).channels.isEmpty)
    }
}
