import Testing

@testable import Bench

@Suite("Symbols of a profile")
struct SymbolTests {
    @Test(
        "a Swift symbol becomes its declaration, others stay",
        arguments: [
            ("$s9Transport9EventLoopC3runyyF", "Transport.EventLoop.run() -> ()"),
            ("tcp_sendmsg", "tcp_sendmsg"), ("$snonsense", "$snonsense"), ("", ""),
        ])
    func demangling(symbol: String, name: String) {
        var demangler = SymbolDemangler()
        #expect(demangler.readable(symbol) == name)
        // The second time it is known.
        #expect(demangler.readable(symbol) == name)
    }

    @Test(
        "a label keeps what a reader needs",
        arguments: [
            ("$s9Transport9EventLoopC4turn33_9089BB7E289B8CB1AA83E470CFECD524LLyyF", "EventLoop.turn()"),
            ("$s6Server6FanOutC9turnEnded3nowy9Recording16MonotonicInstantV_tF", "FanOut.turnEnded(now:)"),
            ("$s9Transport9EventLoopC4send__5countyAA8SocketIDV_SVSitF", "EventLoop.send(_:_:count:)"),
            ("$s6Server0A4LoopC9Transport05EventB7HandlerAadEP9turnEndedyyFTW", "EventLoopHandler.turnEnded()"),
            ("$s6Server09BroadcastA0C5startyyKFyyYbcfU0_", "closure in BroadcastServer.start()"),
            (
                "$s9Transport10LoopThreadCyACyyYbcAA11SystemErrorVYKcfcSvSgAFcfU_To", "closure in LoopThread.init()"
            ),
            (
                "$ss22_ContiguousArrayBufferV20_consumeAndCreateNew14bufferIsUnique15minimumCapacity13growForAppendAByxGSb_"
                    + "SiSbtF6Server11PublicationC9StreamEndV_Tg5",
                "_ContiguousArrayBuffer._consumeAndCreateNew(bufferIsUnique:minimumCapacity:growForAppend:)"
            ),
            (
                "$sSa15replaceSubrange_4withySnySiG_qd__nt7ElementQyd__RszSlRd__lF9Transport15UringCompletionV_"
                    + "s15EmptyCollectionVyAHGTg5Tf4ndn_n",
                "Array.replaceSubrange(_:with:)"
            ),
        ])
    func labels(symbol: String, label: String) {
        var demangler = SymbolDemangler()
        #expect(SymbolLabel.short(demangler.readable(symbol)) == label)
    }

    @Test(
        "what is no declaration stays as it is or gets shorter, and never traps",
        arguments: [
            "", "f", "a b", "<<<", "))((", "x(", "closure #1 in ", " specialization <",
            "generic specialization <A> of ", "...",
        ])
    func oddities(name: String) {
        #expect(SymbolLabel.short(name).count <= name.count)
    }

    @Test(
        "whose code a frame is",
        arguments: [
            ("tcp_sendmsg", "[kernel.kallsyms]", FlameFrame.Kind.kernel), ("nf_hook", "[nf_conntrack]", .kernel),
            ("main", "/usr/bin/x", .c), ("clock_gettime", "[vdso]", .c),
            ("swift_retain", "/lib/libswiftCore.so", .swift),
            ("$s9Transport9EventLoopC3runyyF", "/usr/bin/x", .swift), (nil, "/lib/liburing.so.2", .unknown),
            (nil, "[unknown]", .unknown), (nil, "[kernel.kallsyms]", .kernel),
        ] as [(String?, String, FlameFrame.Kind)])
    func kinds(symbol: String?, object: String, kind: FlameFrame.Kind) {
        var demangler = SymbolDemangler()
        let frame = FlameFrame(PerfSample.Frame(symbol: symbol, object: object), demangler: &demangler)
        #expect(frame.kind == kind)
        #expect(!frame.label.isEmpty)
    }
}
