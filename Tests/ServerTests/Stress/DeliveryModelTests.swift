import Testing

/// The model has to notice what it is for.
@Suite("Stress: the model")
struct DeliveryModelTests {
    /// Gestures 0 ..< 6, sent at 10, 20 … and confirmed 5 later.
    private static let messages = (0..<6).map {
        SentMessage(number: $0, topic: .gesture, begunAt: 10 + 10 * $0, confirmedAt: 15 + 10 * $0, recipients: 1)
    }

    private func violations(
        _ events: [ClientStory.Event], order: [Int] = Array(0..<6), messages: [SentMessage] = messages
    ) -> [String] {
        var model = DeliveryModel(messages, orders: [order])
        model.check(ClientStory(name: "client", events: events))
        return model.violations
    }

    private func hears(_ topics: Set<Topic>, _ askedAt: Int) -> ClientStory.Event {
        .hears(topics, askedAt: askedAt, answeredAt: askedAt + 1)
    }

    private func saw(_ numbers: Int...) -> [ClientStory.Event] { numbers.map { .message($0) } }

    @Test("a client that saw all it was to see is in order")
    func inOrder() {
        #expect(violations([hears([.gesture], 0)] + saw(0, 1, 2, 3, 4, 5) + [.heardAll]).isEmpty)
        #expect(violations([hears([.gesture], 21)] + saw(2, 3) + [hears([], 46)] + [.heardAll]).isEmpty)
        // Sent while the answer was on its way, or the wish to leave: both is right.
        #expect(violations([hears([.gesture], 29)] + saw(2, 3) + [.left(at: 54)]).isEmpty)
        #expect(violations([hears([.gesture], 29)] + saw(2, 3, 4) + [.left(at: 54)]).isEmpty)
        #expect(violations([hears([.gesture], 0)] + saw(0, 1) + [.vanished]).isEmpty)
        #expect(violations([.left(at: 0)]).isEmpty)
    }

    @Test("a subscription to something else does not excuse a gap")
    func acrossChanges() {
        let change = hears([.gesture, .aiResponse], 25)
        #expect(violations([hears([.gesture], 0)] + saw(0, 1) + [change] + saw(2, 3, 4, 5) + [.heardAll]).isEmpty)
        #expect(
            violations([hears([.gesture], 0)] + saw(0, 1) + [change] + saw(3, 4, 5) + [.heardAll])
                == ["client missed 1 messages before 3"])
    }

    @Test("a gap, a repetition, a wrong order, an unknown message and an uninvited one are seen")
    func violations() {
        let start = hears([.gesture], 0)
        #expect(violations([start] + saw(0, 2, 3, 4, 5)) == ["client missed 1 messages before 2"])
        #expect(violations([start] + saw(0, 1, 1)).contains("client saw 1 again, or after what follows it"))
        #expect(violations([start] + saw(1, 0)).contains("client saw 0 again, or after what follows it"))
        #expect(violations([start] + saw(0, 7)) == ["client saw 7, which nobody else did"])
        #expect(violations([start] + saw(0) + [hears([], 17)] + saw(1)) == ["client saw 1 without having asked for it"])
        #expect(violations([hears([.gesture], 28)] + saw(0)) == ["client saw 0, which is older than its subscription"])
    }

    @Test("what is missing at the beginning or the end of a subscription is seen")
    func ends() {
        #expect(violations([hears([.gesture], 0)] + saw(1, 2) + [.left(at: 40)]) == ["client never saw 0"])
        #expect(violations([hears([.gesture], 0)] + saw(0, 1) + [hears([], 36)]) == ["client never saw 2"])
        #expect(violations([hears([.gesture], 0), hears([], 16)]) == ["client never saw 0"])
        #expect(violations([hears([.gesture], 0)] + saw(1) + [.vanished]) == ["client never saw 0"])
        #expect(
            violations([hears([.gesture], 0)] + saw(0, 1, 2, 3, 4) + [.heardAll])
                == ["client never saw 5", "client missed the last 1 messages"])
    }

    @Test("the order itself is checked: every accepted message once, none invented")
    func order() {
        #expect(violations([], order: [0, 1, 2, 3, 4]) == ["message 5 was accepted and never delivered"])
        #expect(violations([], order: [0, 1, 2, 3, 4, 5, 5]) == ["message 5 was delivered twice"])
        #expect(violations([], order: [0, 1, 2, 3, 4, 5, 6]) == ["message 6 was delivered and never sent"])
        let unconfirmed = SentMessage(number: 9, topic: .gesture, begunAt: 99)
        #expect(violations([], messages: Self.messages + [unconfirmed]).isEmpty)
    }

    @Test("a count of recipients that nobody accounts for is seen")
    func recipients() {
        func violations(_ stories: [[Int]], mayHaveMissed: Int = 0) -> Int {
            var model = DeliveryModel(Self.messages, orders: [Array(0..<6)])
            let stories = stories.map { ClientStory(name: "client", events: $0.map { .message($0) }) }
            model.checkRecipients(of: stories, mayHaveMissed: mayHaveMissed)
            return model.violations.count
        }
        #expect(violations([Array(0..<6)]) == 0)
        #expect(violations([Array(0..<6), [3]]) == 1)
        #expect(violations([Array(0..<5)]) == 1)
        #expect(violations([Array(0..<5)], mayHaveMissed: 1) == 0)
    }
}
