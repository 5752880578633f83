using System.Net.WebSockets;
using System.Text;
using Parley.Conformance.Tests.Support;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Conformance.Tests;

/// <summary>https://ircv3.net/specs/extensions/websocket, ratified on 2026-02-19</summary>
public sealed class WebSocketOf2026Tests : ConformanceTest
{
    private const string Spec = "https://ircv3.net/specs/extensions/websocket";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text.ircv3.net", "", 510, true)]
    [InlineData("text.ircv3.net", "", 511, false)]
    [InlineData("binary.ircv3.net", "", 510, true)]
    [InlineData("binary.ircv3.net", "", 511, false)]
    [InlineData("text.ircv3.net", "@+a=b ", 510, true)]
    [InlineData("binary.ircv3.net", "@+a=b ", 511, false)]
    [Quote(Spec, "Servers implementing this specification MUST support both subprotocols in standard configurations.", "2026-02-13")]
    [Quote(Spec, "Maximum message size is reduced by two bytes accordingly (ie. to 510 bytes by default for the non-tags part of a message)", "2026-02-10")]
    public async Task A_message_has_510_bytes_beside_its_tags_on_either_sub_protocol(string protocol, string tags, int bytes, bool fits)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(protocol);
        await socket.ConnectAsync(new Uri($"ws://{Server.AddressOf("http")}/irc"), Token);
        Assert.Equal(protocol, socket.SubProtocol);
        var type = protocol.StartsWith("text", StringComparison.Ordinal) ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
        var line = "PING :".PadRight(bytes, 'x');

        await socket.SendAsync(Encoding.ASCII.GetBytes(tags + line), type, endOfMessage: true, Token);
        var buffer = new byte[4096];
        var result = await socket.ReceiveAsync(buffer, Token).WithinSafetyAsync();
        var answer = Encoding.ASCII.GetString(buffer, 0, result.Count);

        Assert.Equal(type, result.MessageType);
        Assert.Contains(fits ? " PONG " : " 417 ", answer, StringComparison.Ordinal);
        Assert.InRange(result.Count, 1, 510);
        Assert.DoesNotContain('\n', answer);
    }

    private protected override Task<IrcServer> StartAsync() => IrcServer.StartAsync(options => options.Http = ListenAddress.Loopback(0));
}
