using System.Buffers;
using System.Text;
using Parley.Server.Connections;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Connections;

/// <summary>A page can have a browser post whatever it likes to any port: nothing of it may be read as chat.</summary>
public sealed class ForeignProtocolTests
{
    private const string Form = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 40\r\n\r\nNICK evil\r\nUSER e 0 * :e\r\nJOIN #main\r\n/name evil\nhello\n";

    public static TheoryData<string, string> Posts { get; } = new(
        from port in new[] { "lines", "addressed", "irc", "collect" }
        from request in new[]
        {
            Form,
            Form.Replace("POST / HTTP/1.1", "GET / HTTP/1.0", StringComparison.Ordinal),
            Form.Replace("POST /", "POST /" + new string('x', 10_000), StringComparison.Ordinal),
            Form.Replace("\r\n", "\n", StringComparison.Ordinal),
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nhello\n",
        }
        select (port, request));

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task A_request_is_told_that_this_is_no_port_for_HTTP_and_nothing_of_it_is_read(string port, string request)
    {
        await using var server = await StartAsync();
        await using var ann = await server.EnterAsync("Ann");
        await using var browser = await ScriptedClient.ConnectAsync(server.AddressOf(port));

        await browser.SendBytesAsync(Encoding.ASCII.GetBytes(request));

        await browser.ReadUntilContainsAsync("This port is not for HTTP");
        await ann.SendLineAsync("and nobody else said anything");
        var heard = await ann.ReadUntilAsync("Ann: and nobody else said anything");
        Assert.DoesNotContain(heard, line => line.Contains(": ", StringComparison.Ordinal) && !line.StartsWith("Ann:", StringComparison.Ordinal));
        Assert.DoesNotContain(heard, line => line.Contains("evil", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("lines")]
    [InlineData("addressed")]
    [InlineData("irc")]
    [InlineData("collect")]
    public async Task TLS_at_a_port_for_plain_text_is_told_apart_before_a_line_is_complete(string port)
    {
        await using var server = await StartAsync();
        await using var client = await ScriptedClient.ConnectAsync(server.AddressOf(port));

        await client.SendBytesAsync(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01 });

        await client.ReadUntilContainsAsync("you have begun with TLS: connect without it, or to the port for TLS");
    }

    [Fact]
    public async Task Only_the_first_line_is_looked_at()
    {
        await using var server = await StartAsync();
        await using var ann = await server.EnterAsync("Ann");

        await ann.SendLineAsync("GET / HTTP/1.1");

        await ann.ExpectAsync("Ann: GET / HTTP/1.1");
    }

    [Theory]
    [InlineData("GET / HTTP/1.1", true)]
    [InlineData("POST http://127.0.0.1:6667/ HTTP/1.0", true)]
    [InlineData("OPTIONS * HTTP/1.1\r", true)]
    [InlineData("x-custom /a HTTP/1.1", true)]
    [InlineData("GET  HTTP/1.1", false)]
    [InlineData("GET / HTTP/1", false)]
    [InlineData("GET / HTTP/x.1", false)]
    [InlineData("I like HTTP/1.1 more", false)]
    [InlineData("who needs more than HTTP/1.1", false)]
    [InlineData("NICK ann", false)]
    [InlineData("", false)]
    public void A_request_line_has_three_words_and_the_last_is_a_version(string line, bool expected)
        => Assert.Equal(expected, ForeignProtocol.IsRequestLine(Encoding.ASCII.GetBytes(line)));

    [Theory]
    [InlineData("GET /xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", true)]
    [InlineData("POST http://127.0.0.1:6667/", true)]
    [InlineData("hello /you", true)]
    [InlineData("hello you", false)]
    [InlineData("/msg ann hi", false)]
    [InlineData("", false)]
    public void Of_a_line_too_long_to_be_seen_whole_the_beginning_decides(string start, bool expected)
        => Assert.Equal(expected, ForeignProtocol.MayBeRequestLine(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(start))));

    private static Task<RealServer> StartAsync()
    {
        var options = RealServer.FreePorts();
        (options.Collect, options.CollectRoom) = (ListenAddress.Loopback(0), "main");
        return RealServer.StartAsync(options);
    }
}
