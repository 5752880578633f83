using System.Text;
using Parley.Conformance.Tests.Support;
using Parley.Server.Options;

namespace Parley.Conformance.Tests;

/// <summary>https://www.rfc-editor.org/rfc/rfc6455: clients that frame as they should, and as they should not.</summary>
public sealed class WebSocketFramingTests : ConformanceTest
{
    private const string Spec = "https://www.rfc-editor.org/rfc/rfc6455";
    private const int NormalClosure = 1000;
    private const int ProtocolError = 1002;
    private const int InvalidPayload = 1007;
    private const int TooBig = 1009;

    private protected override Task<IrcServer> StartAsync() => IrcServer.StartAsync(options =>
    {
        options.Http = ListenAddress.Loopback(0);
        options.WebCompression = true;
    });

    [Fact]
    [Quote(Spec, "Upon receipt of a Ping frame, an endpoint MUST send a Pong frame in response, unless it already received a Close frame.")]
    [Quote(Spec, "A Pong frame sent in response to a Ping frame must have identical \"Application data\" as found in the message body of the Ping frame being replied to.")]
    public async Task A_ping_is_answered_also_between_the_pieces_of_a_message()
    {
        await using var client = await ConnectAsync();

        await client.SendAsync(RawWebSocket.Text, "PI"u8.ToArray(), isLast: false);
        await client.SendAsync(RawWebSocket.Ping, "there?"u8.ToArray());
        Assert.Equal("there?"u8.ToArray(), await client.ReceiveAsync(RawWebSocket.Pong));
        await client.SendAsync(RawWebSocket.Continuation, ""u8.ToArray(), isLast: false);
        await client.SendAsync(RawWebSocket.Continuation, "NG 1"u8.ToArray());

        Assert.EndsWith("PONG parley :1", Encoding.UTF8.GetString(await client.ReceiveAsync(RawWebSocket.Text)), StringComparison.Ordinal);
    }

    [Fact]
    [Quote(Spec, "If an endpoint receives a Close frame and did not previously send a Close frame, the endpoint MUST send a Close frame in response.")]
    public async Task A_close_is_answered_and_then_the_server_closes_the_connection()
    {
        await using var client = await ConnectAsync();

        await client.SendAsync(RawWebSocket.Close, new byte[] { 0x03, 0xe8 });

        Assert.Equal(NormalClosure, await client.ReceiveCloseAsync());
        await client.ExpectEndAsync();
    }

    [Fact]
    [Quote(Spec, "When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a valid UTF-8 stream, that endpoint MUST _Fail the WebSocket Connection_.")]
    public async Task Text_that_is_not_UTF8_ends_it()
    {
        await using var client = await ConnectAsync();

        await client.SendAsync(RawWebSocket.Text, new byte[] { (byte)'P', 0xff, 0xfe });

        Assert.Equal(InvalidPayload, await client.ReceiveCloseAsync());
    }

    [Fact]
    [Quote(Spec, "The server MUST close the connection upon receiving a frame that is not masked. In this case, a server MAY send a Close frame with a status code of 1002 (protocol error)")]
    public async Task A_frame_that_is_not_masked_ends_it()
    {
        await using var client = await ConnectAsync();

        await client.SendBytesAsync(new byte[] { 0x81, 0x04, (byte)'P', (byte)'I', (byte)'N', (byte)'G' });

        Assert.Equal(ProtocolError, await client.ReceiveCloseAsync());
    }

    [Theory]
    [InlineData(RawWebSocket.Text, 0x20)]
    [InlineData(RawWebSocket.Text, 0x10)]
    [InlineData(3, 0)]
    [InlineData(11, 0)]
    [InlineData(RawWebSocket.Continuation, 0)]
    [Quote(Spec, "If a nonzero value is received and none of the negotiated extensions defines the meaning of such a nonzero value, the receiving endpoint MUST _Fail the WebSocket Connection_.")]
    [Quote(Spec, "If an unknown opcode is received, the receiving endpoint MUST _Fail the WebSocket Connection_.")]
    public async Task What_is_no_frame_ends_it(byte opcode, byte reserved)
    {
        await using var client = await ConnectAsync();

        await client.SendAsync(opcode, "PING 1"u8.ToArray(), reserved: reserved);

        Assert.Equal(ProtocolError, await client.ReceiveCloseAsync());
    }

    [Fact]
    public async Task Noise_ends_it()
    {
        await using var client = await ConnectAsync();

        await client.SendBytesAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("GET / HTTP/1.1\r\n", 100))));

        Assert.Equal(ProtocolError, await client.ReceiveCloseAsync());
    }

    [Fact]
    public async Task Whoever_sends_megabytes_is_told_and_not_reset()
    {
        await using var client = await ConnectAsync();
        var sending = client.SendAsync(RawWebSocket.Text, new byte[8 * 1024 * 1024]);

        Assert.Equal(TooBig, await client.ReceiveCloseAsync());
        await sending;
        await client.SendAsync(RawWebSocket.Close, new byte[] { 0x03, 0xf1 });
        await client.ExpectEndAsync();
    }

    [Fact]
    public async Task A_message_of_small_pieces_that_never_ends_is_too_big_in_the_end()
    {
        await using var client = await ConnectAsync();
        await client.SendAsync(RawWebSocket.Text, new byte[1000], isLast: false);
        for (var piece = 0; piece < 10; piece++)
        {
            await client.SendAsync(RawWebSocket.Continuation, new byte[1000], isLast: false);
        }

        Assert.Equal(TooBig, await client.ReceiveCloseAsync());
    }

    private Task<RawWebSocket> ConnectAsync() => RawWebSocket.ConnectAsync(Server.AddressOf("http"));
}
