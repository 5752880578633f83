using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>Accounts by messages to NickServ, as clients and their scripts do it elsewhere.</summary>
public sealed class NickServTests : AccountTest
{
    private const string Notice = ":NickServ!NickServ@parley NOTICE Bob :";

    [Theory]
    [InlineData("PRIVMSG NickServ :{0}")]
    [InlineData("PRIVMSG nickserv :{0}")]
    [InlineData("NICKSERV :{0}")]
    [InlineData("NS {0}")]
    public async Task Whoever_registers_has_an_account_of_its_nick_and_is_logged_in(string command)
    {
        var bob = await Server.RegisterAsync("Bob");

        var answer = await bob.AskAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, "REGISTER battery-staple bob@example.org"));

        Assert.Equal($"{Notice}Bob is your account now", answer[0].Body);
        Assert.Equal("900", answer[1].Command);
        Assert.Equal("bob@example.org", Assert.Single(await Store.ListAsync(TestContext.Current.CancellationToken), account => account.Name.Value == "Bob").Email);
        Assert.Equal([$"{Notice}You are logged in as Bob already"], (await bob.AskAsync("NS REGISTER battery-staple")).Bodies());
    }

    [Fact]
    public async Task Whoever_identifies_is_logged_in_and_wears_its_name()
    {
        await Server.MakeAccountAsync("Zoe", "battery-staple");
        var bob = await Server.RegisterAsync("Bob");

        var answer = (await bob.AskAsync("PRIVMSG NickServ :IDENTIFY Zoe battery-staple")).Bodies();

        Assert.Equal(
            [":parley 900 Bob Bob!~bob@localhost Zoe :You are now logged in as Zoe", $"{Notice}You are now identified for Zoe", ":Bob!~bob@localhost NICK Zoe"],
            answer);
    }

    [Theory]
    [InlineData("IDENTIFY Zoe wrong-password", "The name or the password is wrong")]
    [InlineData("IDENTIFY Nobody battery-staple", "The name or the password is wrong")]
    [InlineData("IDENTIFY battery-staple", "The name or the password is wrong")]
    [InlineData("IDENTIFY", "IDENTIFY needs other words behind it: /msg NickServ HELP says which")]
    [InlineData("REGISTER short", "Passwords have at least 8 characters: choose a longer one")]
    [InlineData("REGISTER battery-staple nonsense", "That is no e-mail address: give one such as ann@example.org, or none")]
    [InlineData("REGAIN Zoe", "Log in first: /msg NickServ IDENTIFY account password")]
    [InlineData("DROP Zoe", "There is no command DROP: /msg NickServ HELP says which there are")]
    [InlineData(" ", "Send a command, such as /msg NickServ HELP")]
    public async Task What_will_not_do_is_answered_and_changes_nothing(string text, string answer)
    {
        await Server.MakeAccountAsync("Zoe", "battery-staple");
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([Notice + answer], (await bob.AskAsync($"PRIVMSG NickServ :{text}")).Bodies());
        Assert.DoesNotContain(await bob.AskAsync("WHOIS Bob"), line => line.Command == "330");
    }

    [Fact]
    public async Task A_password_is_neither_kept_nor_shown_to_anybody()
    {
        var (bob, other) = (await Server.RegisterAsync("Bob", "echo-message batch draft/chathistory"), await Server.RegisterAsync("Eve"));

        Assert.Equal("900", (await bob.AskAsync("PRIVMSG NickServ :REGISTER battery-staple"))[^1].Command);

        Assert.Equal(2, (await bob.AskAsync("CHATHISTORY LATEST NickServ * 9")).Count);
        await other.ExpectNothingAsync();
    }
}
