import LoadGen
import Testing

@Suite("DeliveryAccount")
struct DeliveryAccountTests {
    /// Eleven counts, told apart by powers of two.
    private func account(times factor: UInt64) -> DeliveryAccount {
        var account = DeliveryAccount()
        account.expected = factor * 512
        account.received = factor
        account.lost = factor * 2
        account.duplicated = factor * 4
        account.reordered = factor * 8
        account.early = factor * 16
        account.expired = factor * 32
        account.corrupted = factor * 64
        account.unknown = factor * 128
        account.unknownBytes = factor * 256
        account.withdrawn = factor * 1_024
        return account
    }

    @Test("merging adds every count")
    func merge() {
        var merged = account(times: 3)
        merged.merge(account(times: 4))
        #expect(merged == account(times: 7))
    }

    @Test("outstanding is what is expected and neither received nor lost")
    func outstanding() {
        #expect(account(times: 1).outstanding == 509)
        #expect(DeliveryAccount().outstanding == 0)
    }
}
