import LoadGen
import Testing

@Suite("MessageRing")
struct MessageRingTests {
    private func publish(_ ring: inout MessageRing, at nanoseconds: UInt64, expecting: UInt32 = 1) -> UInt64 {
        ring.publish(
            intendedNanoseconds: nanoseconds, sentNanoseconds: nanoseconds + 1, expectedDeliveries: expecting)
    }

    @Test("an empty ring knows no message", arguments: [0, 1, .max] as [UInt64])
    func empty(sequence: UInt64) {
        var ring = MessageRing()
        let delivery = ring.deliver(sequence, atNanoseconds: 5)
        let withdrawal = ring.withdraw(sequence)
        let expiry = ring.expire(intendedBeforeNanoseconds: .max)
        #expect(delivery == nil)
        #expect(!withdrawal.wasOutstanding)
        #expect(expiry.messages == 0)
        #expect(expiry.countedDeliveries == 0)
        #expect(ring.oldestIntendedNanoseconds == nil)
    }

    @Test("the oldest end moves over messages that completed in any order")
    func oldest() {
        var ring = MessageRing()
        for index in UInt64(0)..<4 { _ = publish(&ring, at: index * 10) }
        var oldest: [UInt64] = []
        for sequence in [1, 2, 0, 3] as [UInt64] {
            _ = ring.deliver(sequence, atNanoseconds: 100)
            oldest.append(ring.oldest)
        }
        #expect(oldest == [0, 0, 3, 4])
        #expect(ring.oldestIntendedNanoseconds == nil)
    }

    @Test(
        "a ring keeps its messages while it grows, wherever its oldest one is",
        arguments: [0, 1, 3, 4, 5, 100])
    func growth(completedBefore: UInt64) {
        var ring = MessageRing()
        for index in 0..<completedBefore {
            _ = publish(&ring, at: index)
            _ = ring.deliver(index, atNanoseconds: index)
        }
        for index in completedBefore..<completedBefore + 1_000 { _ = publish(&ring, at: index * 10) }
        #expect(ring.oldest == completedBefore)
        for index in (completedBefore..<completedBefore + 1_000).reversed() {
            let delivery = ring.deliver(index, atNanoseconds: index * 10 + 5)
            let again = ring.deliver(index, atNanoseconds: index * 10 + 5)
            #expect(delivery?.intendedNanoseconds == index * 10)
            #expect(delivery?.isLast == true)
            #expect(again == nil)
        }
        #expect(ring.oldest == ring.next)
    }

    @Test("a message that nobody expects is over at once and does not hold others")
    func unexpected() {
        var ring = MessageRing()
        let first = publish(&ring, at: 1, expecting: 0)
        let delivery = ring.deliver(first, atNanoseconds: 2)
        #expect(delivery == nil)
        #expect(ring.oldest == 1)
    }

    @Test("expiry takes the oldest messages up to the limit and says how many deliveries counted")
    func expiry() {
        var ring = MessageRing()
        _ = publish(&ring, at: 10, expecting: 3)
        ring.startCounting()
        _ = publish(&ring, at: 20, expecting: 3)
        _ = publish(&ring, at: 30, expecting: 3)
        _ = publish(&ring, at: 40, expecting: 3)
        _ = ring.deliver(1, atNanoseconds: 50)
        let expiry = ring.expire(intendedBeforeNanoseconds: 40)
        #expect(expiry.messages == 3)
        #expect(expiry.countedDeliveries == 5)
        #expect(ring.oldest == 3)
        let late = ring.deliver(2, atNanoseconds: 60)
        let inTime = ring.deliver(3, atNanoseconds: 60)
        #expect(late == nil)
        #expect(inTime != nil)
    }

    @Test("a message is given up wherever it stands, and says how many deliveries that were")
    func givingUp() {
        var ring = MessageRing()
        _ = publish(&ring, at: 10, expecting: 3)
        ring.startCounting()
        _ = publish(&ring, at: 20, expecting: 3)
        _ = publish(&ring, at: 30, expecting: 3)
        _ = ring.deliver(1, atNanoseconds: 25)
        let middle = ring.giveUp(1)
        let again = ring.giveUp(1)
        #expect([middle.messages, middle.countedDeliveries] == [1, 2])
        #expect([again.messages, again.countedDeliveries] == [0, 0])
        #expect(ring.oldest == 0)
        let warmUp = ring.giveUp(0)
        #expect([warmUp.messages, warmUp.countedDeliveries] == [1, 0])
        #expect(ring.oldest == 2)
        let unknown = ring.giveUp(3)
        #expect(unknown.messages == 0)
    }

    @Test("a ring is small")
    func size() {
        #expect(MemoryLayout<MessageRing>.size <= 40)
    }
}
