using System.Text;
using Parley.Conformance.Tests.Support;
using Parley.Conformance.Tests.Users;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Moderation;

/// <summary>docs/operations/moderation.md: bans of accounts at log-in, and of masks at naming, on every protocol.</summary>
public sealed class AccountAndMaskBanTests : OperatorTest
{
    private const string Words = "correct horse";
    private const string Told = "You are banned from this server: enough";

    [Fact]
    public async Task A_banned_account_cannot_log_in_anywhere_and_its_sessions_end()
    {
        await Server.MakeAccountAsync("Ann", Words);
        var op = await RaiseAsync(await Server.RegisterAsync("Op"));
        var irc = await Server.JoinAsync("Guest", "#main");
        await irc.AskAsync($"PRIVMSG NickServ :IDENTIFY Ann {Words}");
        var lines = await Server.EnterLinesAsync("Lena");
        await lines.SendLinesAsync("/login Ann", Words);
        await lines.ReadUntilAsync("You are logged in as Ann");

        var answer = await op.AskAsync("UBAN ADD ann :enough");

        Assert.Equal("Ann is banned from this server", answer[0].Text);
        Assert.Contains(Told, (await lines.ReadToEndAsync())[^1], StringComparison.Ordinal);

        var sasl = await Server.ConnectAsync();
        await sasl.SendAllAsync("CAP LS 302", "CAP REQ sasl", "AUTHENTICATE PLAIN", $"AUTHENTICATE {Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0Ann\0{Words}"))}");
        var told = await sasl.ReadToEndAsync();
        Assert.Contains(told, line => line.Command == "904" && line.Text!.Contains(Told, StringComparison.Ordinal));
        Assert.Equal($"ERROR :{Told}", told[^1].Raw);

        var nickServ = await Server.RegisterAsync("Later");
        await nickServ.SendAsync($"NS IDENTIFY Ann {Words}");
        var again = await Server.EnterLinesAsync("Lisa");
        await again.SendLinesAsync("/login Ann", Words);
        Assert.Equal(Told, (await again.ReadToEndAsync())[^1]);
        await using var addressed = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));
        await addressed.SendLinesAsync("/login Ann", Words);
        Assert.Single(await addressed.ReadToEndAsync(), line => line.Contains(Told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_banned_name_is_refused_at_every_naming_and_those_who_wear_it_go()
    {
        var op = await RaiseAsync(await Server.JoinAsync("Op", "#main"));
        var lines = await Server.EnterLinesAsync("SpamBot");
        var other = await Server.EnterLinesAsync("Lena");
        var irc = await Server.RegisterAsync("Iris");
        await op.SyncAsync();

        var answer = await op.AskAsync("KLINE 1d spam*!*@* :enough");

        Assert.Contains(answer, line => line.Text == "SpamBot" && line.Command == "NOTICE");
        Assert.StartsWith("You are banned from this server until ", (await lines.ReadToEndAsync())[^1], StringComparison.Ordinal);
        Assert.Contains(answer.Concat(await op.SyncAsync()), line => line is { Command: "QUIT", Text: "Banned from this server" });

        Assert.Equal("433", (await irc.AskAsync("NICK spammer"))[0].Command);
        await other.SendLineAsync("/name spammer");
        await other.ReadUntilAsync("spammer is banned from this server: choose another name");

        var arriving = await Server.ConnectAsync();
        await arriving.SendAllAsync("NICK spam2", "USER spam 0 * :spam");
        var told = await arriving.ReadToEndAsync();
        Assert.Equal(["465", "ERROR"], told.Select(line => line.Command));
        Assert.EndsWith(": enough", told[1].Raw, StringComparison.Ordinal);
        await using var addressed = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));
        await addressed.SendLineAsync("spam3");
        Assert.StartsWith("error: You are banned from this server until ", Assert.Single(await addressed.ReadToEndAsync()), StringComparison.Ordinal);

        Assert.Equal("spam*!*@* is banned no more", (await op.AskAsync("UNKLINE spam*"))[^1].Text);
        Assert.Equal("NICK", (await irc.AskAsync("NICK spammer"))[0].Command);
    }

    [Theory]
    [InlineData("KLINE")]
    [InlineData("DLINE")]
    [InlineData("UBAN")]
    [InlineData("UNKLINE")]
    [InlineData("UNDLINE")]
    public async Task Only_operators_may(string command)
    {
        var client = await Server.RegisterAsync("Ann");
        Assert.Equal("481", (await client.AskAsync($"{command} ADD 192.0.2.1"))[0].Command);
    }

    [Theory]
    [InlineData("UBAN ADD", "Say whom")]
    [InlineData("UBAN WHAT x", "Give UBAN ADD, DEL, INFO or LIST")]
    [InlineData("UBAN ADD 192.0.2.1 DURATION soon :x", "'soon' will not do: give a time such as 30m")]
    [InlineData("UBAN ADD 192.0.2.1 REQUIRE-SASL :x", "no bans for guests only")]
    [InlineData("UBAN DEL 192.0.2.1", "There is no ban on 192.0.2.1")]
    [InlineData("DLINE nobody", "use KLINE")]
    [InlineData("KLINE 192.0.2.1", "use DLINE")]
    [InlineData("KLINE ANDKILL", "Say which mask")]
    public async Task What_cannot_be_done_is_told_in_one_line(string command, string answer)
    {
        var op = await RaiseAsync(await Server.RegisterAsync("Op"));
        var line = Assert.Single(await op.AskAsync(command));
        Assert.Equal("FAIL", line.Command);
        Assert.Contains(answer, line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bans_are_listed_by_their_kind_too()
    {
        var op = await RaiseAsync(await Server.RegisterAsync("Op"));
        await op.AskAsync("DLINE ANDKILL 10 192.0.2.0/24 ON parley :noise | seen before");
        await op.AskAsync("KLINE *@bad.example");

        Assert.Equal(2, (await op.AskAsync("DLINE LIST")).Count);
        Assert.Matches(@"^\*!\*@bad\.example \(Mask\), by Op at ", (await op.AskAsync("KLINE LIST"))[1].Text);
        Assert.Matches(@"^192\.0\.2\.0/24 \(Network\) until .* UTC, by Op at .* UTC: noise$", (await op.AskAsync("UBAN LIST"))[1].Text);
    }
}
