using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>How people on lines and addressed log in: a command, and the password with the next line.</summary>
public sealed class TypedLoginTests : AccountTest
{
    private const string Prompt = "Send the password of Ann as the next line, or an empty line to give up";

    [Fact]
    public async Task Whoever_logs_in_on_lines_wears_the_name_and_is_known_everywhere()
    {
        var (lena, bob) = (await Server.EnterLinesAsync("Lena"), await Server.JoinAsync("Bob", "#main", "account-notify account-tag"));
        await lena.ExpectAsync("Bob joined");

        await lena.SendLinesAsync("/login Ann", Password);

        await lena.ExpectAsync(Prompt, "You are logged in as Ann", "Lena is now Ann");
        Assert.Equal([":Lena!lines@localhost ACCOUNT Ann", ":Lena!lines@localhost NICK Ann"], (await bob.SyncAsync()).Bodies());
        Assert.Contains(await bob.AskAsync("WHOIS Ann"), line => line.Command == "330" && line.Parameters[2] == "Ann");
        await lena.SendLinesAsync("hello", "/users");
        await lena.ExpectAsync("Ann: hello", "Users - Ann, Bob", "Logged in - Ann");
        Assert.Equal("Ann", (await bob.ExpectAsync("PRIVMSG")).Tags["account"]);
    }

    [Fact]
    public async Task Whoever_logs_in_on_addressed_is_known_everywhere()
    {
        var bob = await Server.RegisterAsync("Bob");
        await using var ann = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));

        await ann.SendLinesAsync("/login ann", Password, "Ann: it is me");

        await ann.ExpectAsync("error: Send the password of ann as the next line, or an empty line to give up", "from Ann: it is me");
        Assert.Contains(await bob.AskAsync("WHOIS Ann"), line => line.Command == "330");
    }

    [Theory]
    [InlineData("wrong password", "The name or the password is wrong")]
    [InlineData("/quit", "The name or the password is wrong")]
    [InlineData("", "Not logged in")]
    public async Task A_password_that_is_wrong_or_missing_is_told_and_shown_to_nobody(string password, string answer)
    {
        var (lena, bob) = (await Server.EnterLinesAsync("Lena"), await Server.JoinAsync("Bob", "#main"));
        await lena.ExpectAsync("Bob joined");

        await lena.SendLinesAsync("/login Ann", password, "/users");

        await lena.ExpectAsync(Prompt, answer, "Users - Bob, Lena");
        await bob.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_wrong_password_on_addressed_ends_the_connection()
    {
        await using var ann = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));

        await ann.SendLinesAsync("/login Ann", "wrong password");

        await ann.ExpectAsync($"error: {Prompt}", "error: The name or the password is wrong, connect again to try once more");
        await ann.ExpectClosedAsync();
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/login A")]
    [InlineData("/login not.a.name")]
    [InlineData("/login Lena my password")]
    public async Task A_login_without_a_name_is_answered(string command)
    {
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLinesAsync(command, "/users");

        await lena.ExpectAsync("Usage: /login {name}, and the password as the next line", "Users - Lena");
    }

    [Fact]
    public async Task Whoever_waits_with_the_password_on_addressed_is_told_that_it_is_the_password_that_did_not_come()
    {
        await using var ann = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));
        await ann.SendLineAsync("/login Ann");
        await ann.ExpectAsync($"error: {Prompt}");
        await Server.Time.WhenTimerArmedAsync(TimeSpan.FromSeconds(30));
        Server.Time.Advance(TimeSpan.FromSeconds(30));

        await ann.ExpectAsync(
            "error: No password came within 30 s, connect again and send /login {name} as the first line and the password as the second");
        await ann.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_name_without_an_account_is_answered_as_one_with_another_password()
    {
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLinesAsync("/login Nobody", Password);

        await lena.ExpectAsync(Prompt.Replace("Ann", "Nobody", StringComparison.Ordinal), "The name or the password is wrong");
    }

    [Fact]
    public async Task A_second_connection_of_an_account_is_the_same_member()
    {
        var (lena, mona) = (await Server.EnterLinesAsync("Lena"), await Server.EnterLinesAsync("Mona"));
        await lena.SendLinesAsync("/login Ann", Password);
        await lena.ReadUntilAsync("Lena is now Ann");

        await mona.SendLinesAsync("/login Ann", Password, "/users");

        await mona.ReadUntilAsync("You are logged in as Ann");
        await mona.ExpectAsync("You are Ann", "You joined main", "Users - Ann", "Logged in - Ann");
    }
}
