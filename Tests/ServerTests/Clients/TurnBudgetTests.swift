import Testing

@testable import Server

@Suite("TurnBudget")
struct TurnBudgetTests {
    @Test("a mebibyte is enough for a turn, however it comes; the next one begins anew")
    func limit() {
        var budget = TurnBudget()
        #expect(!budget.isExhausted)
        budget.spend((1 << 20) - 1)
        #expect(!budget.isExhausted)
        budget.spend(1)
        #expect(budget.isExhausted)
        budget.renew()
        #expect(!budget.isExhausted)
        budget.spend(.max >> 1)
        #expect(budget.isExhausted)
    }
}
