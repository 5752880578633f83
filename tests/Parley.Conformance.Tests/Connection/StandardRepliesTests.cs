using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Connection;

/// <summary>https://ircv3.net/specs/extensions/standard-replies, as changed on 2026-04-03</summary>
public sealed class StandardRepliesTests : ConformanceTest
{
    [Theory]
    [InlineData("PRIVMSG #room :caf", "PRIVMSG")]
    [InlineData("caf", "*")]
    [Quote("https://ircv3.net/specs/extensions/standard-replies", "if the client command is not available or cannot be relayed (for example, if the client's message could not be parsed), `*` is substituted.", "2026-04-03")]
    public async Task A_command_that_cannot_be_repeated_is_a_star(string line, string command)
    {
        var ann = await Server.RegisterAsync("Ann", "standard-replies");
        await ann.SendRawAsync((byte[])[.. System.Text.Encoding.ASCII.GetBytes(line), 0xE9, (byte)'\r', (byte)'\n']);

        Assert.Equal(["FAIL", command, "INVALID_UTF8"], Assert.Single(await ann.SyncAsync()).Raw.Split(' ')[1..4]);
    }
}
