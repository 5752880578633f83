using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Connection;

/// <summary>https://github.com/ircv3/ircv3-specifications/pull/603, a proposal of 2026-04-22, as Ergo 2.19 has it</summary>
public sealed class WhoamiTests : ConformanceTest
{
    [Fact]
    public async Task A_client_is_told_its_own_source_between_the_tokens_and_the_counts()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", "CAP REQ :draft/whoami chghost", "NICK Ann", "USER ann 0 * :Ann of Kent", "CAP END");

        var greeting = await client.SyncAsync();

        var place = greeting.FindIndex(line => line.Command == "SETNAME");
        Assert.Equal(":Ann!~ann@localhost SETNAME :Ann of Kent", greeting[place].Body);
        Assert.Equal(("005", "251"), (greeting[place - 1].Command, greeting[place + 1].Command));
    }

    [Fact]
    public async Task Without_the_capability_it_is_not()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", "CAP REQ :setname", "NICK Ann", "USER ann 0 * :Ann", "CAP END");

        Assert.DoesNotContain(await client.SyncAsync(), line => line.Command == "SETNAME");
    }
}
