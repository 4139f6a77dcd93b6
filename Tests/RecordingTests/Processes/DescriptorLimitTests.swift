import Recording
import Testing

@Suite("DescriptorLimit")
struct DescriptorLimitTests {
    @Test("raising never lowers, and holds")
    func raise() {
        let before = DescriptorLimit.current()
        let raised = DescriptorLimit.raise()
        #expect(raised >= before)
        #expect(before > 0)
        #expect(DescriptorLimit.current() == raised)
        #expect(DescriptorLimit.raise() == raised)
    }
}
