import NIOCore
import NIOWebSocket

/// One client: its messages go to everybody, its pings and its close are answered.
final class RelayHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let broadcaster: Broadcaster
    private var hasBroadcast = false

    init(_ broadcaster: Broadcaster) {
        self.broadcaster = broadcaster
    }

    func handlerAdded(context: ChannelHandlerContext) {
        broadcaster.add(context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        broadcaster.remove(context.channel)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = Self.unwrapInboundIn(data)
        switch frame.opcode {
        case .text, .binary:
            broadcaster.write(WebSocketFrame(fin: true, opcode: frame.opcode, data: frame.unmaskedData))
            hasBroadcast = true
        case .ping:
            answer(.pong, frame.unmaskedData, context)
        case .connectionClose:
            broadcaster.remove(context.channel)
            answer(.connectionClose, frame.unmaskedData, context)
            context.close(promise: nil)
        default:
            break
        }
    }

    /// What was read at once goes out at once: NIO flushes where a read is complete.
    func channelReadComplete(context: ChannelHandlerContext) {
        if hasBroadcast { broadcaster.flush() }
        hasBroadcast = false
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ opcode: WebSocketOpcode, _ payload: ByteBuffer, _ context: ChannelHandlerContext) {
        let frame = WebSocketFrame(fin: true, opcode: opcode, data: payload)
        context.writeAndFlush(Self.wrapOutboundOut(frame), promise: nil)
    }
}
