import Testing

@testable import LoadGen

@Suite("StormWave")
struct StormWaveTests {
    @Test(
        "a time and a percentage are a wave",
        arguments: [
            ("5s:50%", 5_000_000_000, 0.5), ("0s:100%", 0, 1), ("250ms:0.5%", 250_000_000, 0.005),
            ("1.5m:12.5%", 90_000_000_000, 0.125),
        ] as [(String, UInt64, Double)])
    func parsed(text: String, nanoseconds: UInt64, share: Double) throws {
        let wave = try StormWave(parsing: text)
        #expect(wave.atNanoseconds == nanoseconds)
        #expect(wave.share == share)
        #expect(wave.text == text)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", ":", "5s", "5s:", "5s:50", ":50%", "5:50%", "5s:0%", "5s:-1%", "5s:100.1%", "5s:nan%", "5s:inf%",
            "5s:%", "5s:50%:1", "5s: 50%", "5s:50%%", "50%:5s",
        ])
    func refused(text: String) {
        #expect(throws: StormWaveError(text: text)) { try StormWave(parsing: text) }
    }

    @Test("the message says what is expected, and what was found")
    func message() {
        let expected =
            "expected AT:SHARE with a time and a percentage above 0 and up to 100, as in 5s:50%, found 'now'"
        #expect(StormWaveError(text: "now").description == expected)
    }

    @Test(
        "the share is of all clients, to the nearest one",
        arguments: [("1s:50%", 100, 50), ("1s:50%", 5, 3), ("1s:1%", 49, 0), ("1s:1%", 50, 1), ("1s:100%", 7, 7)]
            as [(String, Int, Int)])
    func counts(text: String, clients: Int, expected: Int) throws {
        #expect(try StormWave(parsing: text).count(ofClients: clients) == expected)
    }
}
