using Parley.Conformance.Tests.Accounts;
using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Rooms;

/// <summary>https://ircv3.net/specs/extensions/account-extban, a text of 2024-07-19 that was ratified as it stood on 2026-03-18</summary>
public sealed class AccountBanTests : AccountTest
{
    private const string AccountExtban = "https://ircv3.net/specs/extensions/account-extban";
    private const string Date = "2024-07-19";

    [Theory]
    [InlineData("~a:Ann", "474")]
    [InlineData("~a:ANN", "474")]
    [InlineData("~account:ann", "474")]
    [InlineData("~a:a*", "474")]
    [InlineData("~a:Annie", "JOIN")]
    [Quote(AccountExtban, "Servers MUST support matching exact account names.", Date)]
    public async Task A_ban_of_an_account_is_about_whoever_has_logged_in_whatever_it_is_called(string mask, string answer)
    {
        var op = await Server.JoinAsync("Op");
        await op.AskAsync($"MODE #room +b {mask}");
        var client = await LoggedInAsync("Innocent");

        Assert.Equal(answer, (await client.AskAsync("JOIN #room"))[0].Command);
    }

    [Theory]
    [InlineData("I")]
    [InlineData("e")]
    public async Task It_is_about_the_account_and_not_about_one_that_is_made_under_the_name_later(string list)
    {
        var op = await Server.JoinAsync("Op");
        await op.AskAsync(list == "I" ? "MODE #room +iI ~a:ann" : "MODE #room +be *!*@* ~a:ann");
        Assert.True(await Store.DeleteAsync(Ann, TestContext.Current.CancellationToken));
        await MakeAnnAsync(DateTimeOffset.UnixEpoch.AddDays(1));

        var another = await LoggedInAsync("Innocent");

        Assert.Equal(list == "I" ? "473" : "474", (await another.AskAsync("JOIN #room"))[0].Command);
    }

    [Theory]
    [InlineData("I")]
    [InlineData("e")]
    public async Task An_account_that_there_is_not_is_let_in_by_no_mask_and_only_operators_are_told(string list)
    {
        var op = await Server.JoinAsync("Op");
        var bob = await Server.JoinAsync("Bob");
        await op.SyncAsync();

        Assert.Equal([":parley 482 Bob #room :You're not a channel operator"], (await bob.AskAsync($"MODE #room +{list} ~a:nobody")).Bodies());
        Assert.Equal([$":parley 696 Op #room {list} ~a:nobody :There is no such account"], (await op.AskAsync($"MODE #room +{list} ~a:nobody")).Bodies());
        Assert.DoesNotContain("348", (await op.AskAsync("MODE #room e")).Commands());
        Assert.DoesNotContain("346", (await op.AskAsync("MODE #room I")).Commands());
    }

    [Fact]
    public async Task It_is_not_about_whoever_only_wears_the_name()
    {
        var op = await Server.JoinAsync("Op");
        await op.AskAsync("MODE #room +b ~a:*");
        var guest = await Server.RegisterAsync("Guest");

        Assert.Equal("JOIN", (await guest.AskAsync("JOIN #room"))[0].Command);
    }

    [Fact]
    [Quote("https://modern.ircdocs.horse/#extban-parameter", "Extban masks SHOULD also be supported for the ban exception and invite exception modes.")]
    public async Task Accounts_are_excepted_from_bans_and_invitations_too()
    {
        var op = await Server.JoinAsync("Op");
        await op.AskAsync("MODE #room +ibeI *!*@* ~a:ann ~a:ann");
        var client = await LoggedInAsync("Innocent");

        Assert.Equal("JOIN", (await client.AskAsync("JOIN #room"))[0].Command);
    }

    [Fact]
    [Quote(AccountExtban, "The value of the `ACCOUNTEXTBAN` token is a comma-separated list of names for the extended ban type which matches account names.", Date)]
    [Quote(AccountExtban, "Servers publishing the ACCOUNTEXTBAN token MUST also publish the EXTBAN token.", Date)]
    public async Task Clients_are_told_how_to_write_such_a_mask()
    {
        var client = await Server.ConnectAsync();
        await client.SendAllAsync("NICK Guest", "USER guest 0 * :Guest");

        var tokens = (await client.SyncAsync()).Where(line => line.Command == "005").SelectMany(line => line.Parameters).ToArray();
        Assert.Contains("ACCOUNTEXTBAN=a,account", tokens);
        Assert.Contains("EXTBAN=~,aq", tokens);
    }

    private async Task<IrcClient> LoggedInAsync(string nick)
    {
        var client = await NegotiateAsync();
        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");
        await client.ReadUntilAsync("903");
        client.Nick = nick;
        await client.SendAllAsync($"NICK {nick}", $"USER {nick} 0 * :{nick}", "CAP END");
        await client.SyncAsync();
        return client;
    }
}
