using Parley.Conformance.Tests.Support;
using Parley.Conformance.Tests.Users;

namespace Parley.Conformance.Tests.Connection;

/// <summary>https://github.com/ircv3/ircv3-specifications/pull/603, a proposal of 2026-04-22</summary>
public sealed class WhoamiTests : OperatorTest
{
    private const string Whoami = "https://github.com/ircv3/ircv3-specifications/pull/603";
    private const string Date = "2026-04-22";

    [Fact]
    [Quote(Whoami, "Servers advertising `draft/whoami` MUST also advertise `chghost` and MAY advertise `setname`.", Date)]
    public async Task Whatever_it_builds_on_is_offered_with_it()
    {
        var client = await Server.ConnectAsync();

        var offered = (await client.AskAsync("CAP LS 302")).SelectMany(line => line.Text.Split(' ')).ToArray();

        Assert.All(["draft/whoami", "chghost", "setname"], name => Assert.Contains(name, offered));
    }

    [Theory]
    [InlineData("CAP REQ :draft/whoami chghost")]
    [InlineData("CAP REQ draft/whoami", "CAP REQ chghost")]
    [InlineData("CAP REQ chghost", "CAP REQ draft/whoami")]
    [Quote(Whoami, "the server MUST send a `SETNAME` line as part of the registration burst, between the final `005 RPL_ISUPPORT` and the beginning of the `LUSERS` numerics", Date)]
    [Quote(Whoami, "This line has its normal syntax, with the client's prefix as its source and the client's realname as its only parameter.", Date)]
    [Quote(Whoami, "the order in which capabilities are requested is not significant.", Date)]
    public async Task A_client_is_told_its_own_source_between_the_tokens_and_the_counts(params string[] requests)
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync(["CAP LS 302", .. requests, "NICK Ann", "USER ann 0 * :Ann of Kent", "CAP END"]);

        var greeting = await client.SyncAsync();

        var place = greeting.FindIndex(line => line.Command == "SETNAME");
        Assert.Equal(":Ann!~ann@localhost SETNAME :Ann of Kent", greeting[place].Body);
        Assert.Equal(("005", "251"), (greeting[place - 1].Command, greeting[place + 1].Command));
    }

    [Fact]
    [Quote(Whoami, "The server MUST send `CHGHOST` lines to the client about changes to the client's own prefix", Date)]
    public async Task A_client_is_told_when_its_own_source_changes_and_when_it_changes_back()
    {
        var ann = await Server.RegisterAsync("Ann", "draft/whoami chghost");

        Assert.Contains(":Ann!~ann@localhost CHGHOST ~ann staff.example.org", (await ann.AskAsync($"OPER staff :{Password}")).Bodies());
        Assert.Contains(":Ann!~ann@staff.example.org CHGHOST ~ann localhost", (await ann.AskAsync("MODE Ann -o")).Bodies());
    }

    [Theory]
    [InlineData("setname")]
    [InlineData("chghost")]
    [InlineData("draft/whoami")]
    [Quote(Whoami, "If a client has enabled `draft/whoami` and `chghost`:", Date)]
    public async Task Without_both_capabilities_it_is_not(string capability)
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("CAP LS 302", $"CAP REQ :{capability}", "NICK Ann", "USER ann 0 * :Ann", "CAP END");

        Assert.DoesNotContain(await client.SyncAsync(), line => line.Command == "SETNAME");
    }

    [Fact]
    [Quote(Whoami, "If the capabilities were enabled during connection registration", Date)]
    public async Task Whoever_asks_after_it_has_registered_is_told_of_changes_alone()
    {
        var ann = await Server.RegisterAsync("Ann");

        Assert.Equal(["CAP"], (await ann.AskAsync("CAP REQ :draft/whoami chghost")).Commands());
        Assert.Contains("CHGHOST", (await ann.AskAsync($"OPER staff :{Password}")).Commands());
    }
}
