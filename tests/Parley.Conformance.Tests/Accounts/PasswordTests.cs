using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>docs/operations/accounts.md: people set another password themselves, and what came in before it is out.</summary>
public sealed class PasswordTests : MailTest
{
    private const string Changed = "Your account has another password, and everything else is logged out";
    private const string Ended = "The account has another password: log in with that";
    private const string Notice = ":NickServ!NickServ@parley NOTICE Ann :";

    [Fact]
    public async Task Another_password_ends_the_other_sessions_and_their_tokens_and_not_the_one_that_sets_it()
    {
        await Server.MakeAccountAsync("Zoe", "correct-horse");
        var zoe = await LoggedInAsync("correct-horse", "Zoe");
        var token = (await zoe.AskAsync("NS TOKEN"))[0].Text!;
        var (byPassword, byToken) = (await LoggedInAsync("correct-horse", "Zoe"), await LoggedInAsync(token, "Zoe"));
        await using var lines = await LinesAsync(token, "Zoe");

        Assert.Contains($":NickServ!NickServ@parley NOTICE Zoe :{Changed}", (await zoe.AskAsync("NS PASSWD correct-horse battery-staple battery-staple")).Bodies());

        Assert.Equal($"ERROR :{Ended}", (await byPassword.ReadToEndAsync())[^1].Raw);
        Assert.Equal($"ERROR :{Ended}", (await byToken.ReadToEndAsync())[^1].Raw);
        await lines.ReadUntilContainsAsync(Ended);
        Assert.EndsWith("PRIVMSG Zoe :still here", (await zoe.AskAsync("PRIVMSG Zoe :still here")).Bodies()[^1], StringComparison.Ordinal);
        Assert.Equal(("904", "904", "903"), (await SaslAsync("Zoe", "correct-horse"), await SaslAsync("Zoe", token), await SaslAsync("Zoe", "battery-staple")));
    }

    [Fact]
    public async Task Where_commands_are_typed_both_passwords_are_lines_of_their_own()
    {
        var other = await LoggedInAsync(Password);
        await using var lines = await LinesAsync(Password);

        await lines.SendLinesAsync("/account password", Password, "battery-staple");

        await lines.ReadUntilAsync("Send the password of Ann as the next line, or an empty line to give up");
        await lines.ReadUntilAsync("Send the new password as the next line, or an empty line to give up");
        await lines.ReadUntilAsync(Changed);
        Assert.Equal($"ERROR :{Ended}", (await other.ReadToEndAsync())[^1].Raw);
        await lines.SendLineAsync("/name Ann");
        Assert.Equal(("904", "903"), (await SaslAsync("Ann", Password), await SaslAsync("Ann", "battery-staple")));
    }

    [Theory]
    [InlineData("PASSWD wrong battery-staple", "The name or the password is wrong")]
    [InlineData("PASSWD correct short", "Passwords have at least 8 characters: choose a longer one")]
    [InlineData("PASSWD correct battery-staple battery-staples", "The two new passwords differ, and nothing has changed")]
    [InlineData("PASSWD correct", "PASSWD needs other words behind it: /msg NickServ HELP says which")]
    [InlineData("SET PASSWORD battery-staple", "Another password takes the one before: /msg NickServ PASSWD password new")]
    public async Task What_will_not_do_changes_nothing(string command, string answer)
    {
        await Server.MakeAccountAsync("Bob", "correct1");
        var bob = await LoggedInAsync("correct1", "Bob");

        Assert.Equal([$":NickServ!NickServ@parley NOTICE Bob :{answer}"], (await bob.AskAsync($"NS {command.Replace("correct", "correct1", StringComparison.Ordinal)}")).Bodies());

        Assert.Equal("903", await SaslAsync("Bob", "correct1"));
        Assert.EndsWith("PRIVMSG Bob :still here", (await bob.AskAsync("PRIVMSG Bob :still here")).Bodies()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_has_no_password_to_set()
    {
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([":NickServ!NickServ@parley NOTICE Bob :Log in first: /msg NickServ IDENTIFY account password"], (await bob.AskAsync("NS PASSWD correct1 battery-staple")).Bodies());
        await using var lines = await Server.EnterLinesAsync("Lena");
        await lines.SendLineAsync("/account password");
        await lines.ReadUntilAsync("Log in first with /login {name}");
    }

    [Fact]
    public async Task Passwords_are_guessed_no_oftener_by_somebody_who_has_a_device()
    {
        var ann = await LoggedInAsync(await TokenAsync());

        IReadOnlyList<IrcLine> answer = [];
        for (var attempt = 0; attempt < 12 && !answer.Any(line => line.Text!.Contains("Too many", StringComparison.Ordinal)); attempt++)
        {
            answer = await ann.AskAsync("NS PASSWD guess battery-staple");
        }

        Assert.Contains(answer, line => line.Text!.StartsWith("Too many attempts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_makes_no_other()
    {
        var token = await TokenAsync();
        var ann = await LoggedInAsync(token);

        Assert.Equal([$"{Notice}A token has logged you in, and makes no other: IDENTIFY with the password first"], (await ann.AskAsync("NS TOKEN")).Bodies());
        await using var lines = await LinesAsync(token);
        await lines.SendLineAsync("/account token");
        await lines.ReadUntilAsync("A token has logged you in, and makes no other: log in with the password first");
    }

    [Fact]
    public async Task A_code_that_was_sent_before_sets_no_password_afterwards()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("NS SENDPASS Ann");
        var code = (await Mail.NextAsync()).Code;
        await using var lines = await LinesAsync(Password);
        await lines.SendLinesAsync("/account password", Password, "battery-staple");
        await lines.ReadUntilAsync(Changed);

        Assert.Equal([":NickServ!NickServ@parley NOTICE Bob :That code is wrong, used up, or too old: ask for another"], (await bob.AskAsync($"NS RESETPASS Ann {code} stolen-password")).Bodies());
    }

    [Fact]
    public async Task The_token_of_a_device_gives_nobody_another_address()
    {
        var token = await TokenAsync();
        var ann = await LoggedInAsync(token);

        Assert.Equal([$"{Notice}A token has logged you in: /msg NickServ SET EMAIL address password"], (await ann.AskAsync("NS SET EMAIL eve@example.org")).Bodies());
        Assert.Equal([$"{Notice}The name or the password is wrong"], (await ann.AskAsync($"NS SET EMAIL eve@example.org {token}")).Bodies());
        await using var lines = await LinesAsync(token);
        await lines.SendLinesAsync("/account email eve@example.org", token);
        await lines.ReadUntilAsync("The name or the password is wrong");
        Assert.True(Mail.IsEmpty);

        await lines.SendLinesAsync("/account email ann@example.com", Password);
        await lines.ReadUntilAsync("A code was sent to ann@example.com: your account has that address when you give it back");
        Assert.Equal("RCPT TO:<ann@example.com>", (await Mail.NextAsync()).To);
        var known = await LoggedInAsync(Password);
        await known.AskAsync("NS SET EMAIL ann@example.net");
        Assert.Equal("RCPT TO:<ann@example.net>", (await Mail.NextAsync()).To);
    }

    private async Task<ScriptedClient> LinesAsync(string password, string account = "Ann")
    {
        var lines = await ScriptedClient.ConnectAsync(Server.AddressOf("lines"));
        await lines.SendLinesAsync($"/login {account}", password);
        await lines.ReadUntilAsync($"You are logged in as {account}");
        return lines;
    }
}
