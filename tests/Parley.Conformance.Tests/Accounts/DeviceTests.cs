using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>docs/operations/accounts.md: programs stay logged in by tokens, which their owner lists and revokes.</summary>
public sealed class DeviceTests : AccountTest
{
    [Fact]
    public async Task A_token_logs_in_in_place_of_the_password_on_every_protocol_until_it_is_revoked()
    {
        var token = await TokenAsync("my laptop");

        var irc = await NegotiateAsync();
        await irc.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", token)}");
        await irc.ReadUntilAsync("903");
        await using (var addressed = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed")))
        {
            await addressed.SendLinesAsync("/login Ann2", token);
            await addressed.ReadUntilContainsAsync("The name or the password is wrong");
        }

        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/login Ann", token, "/account devices");
        await lena.ReadUntilAsync("You are logged in as Ann");
        var listed = await lena.ReadUntilContainsAsync("my laptop, logged in on ");
        await lena.SendLineAsync($"/account logout {listed.Split(' ')[0]}");
        await lena.ReadUntilAsync("Logged out: my laptop");

        var again = await NegotiateAsync();
        await again.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", token)}");
        await again.ReadUntilAsync("904");
    }

    [Fact]
    public async Task NickServ_lists_and_revokes_as_people_on_lines_do()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("NS REGISTER battery-staple");

        var (token, other) = ((await bob.AskAsync("NS TOKEN a pager"))[0].Text!, (await bob.AskAsync("NS TOKEN"))[0].Text!);
        var listed = (await bob.AskAsync("NS DEVICES")).Select(line => line.Text!).ToArray();

        Assert.Equal(["a program", "a pager"], listed.Select(text => text.Split("  ")[1].Split(',')[0]));
        Assert.Equal("Logged out: a pager", Assert.Single(await bob.AskAsync($"NS LOGOUT {listed[1].Split(' ')[0]}")).Text);
        Assert.Equal("Nothing of that number is logged in to your account: /msg NickServ DEVICES says what is", Assert.Single(await bob.AskAsync("NS LOGOUT 99")).Text);
        Assert.Equal(("904", "903"), (await SaslAsync("Bob", token), await SaslAsync("Bob", other)));
        Assert.Equal("Logged out: 1", Assert.Single(await bob.AskAsync("NS LOGOUT ALL")).Text);
        Assert.Equal("904", await SaslAsync("Bob", other));
    }

    [Fact]
    public async Task What_came_in_by_a_token_ends_with_it_and_nothing_else_does()
    {
        var (token, other) = (await TokenAsync("my laptop"), await TokenAsync("my phone"));
        var held = await NegotiateAsync();
        await held.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", token)}");
        await held.ReadUntilAsync("903");
        var (irc, phone) = (await LoggedInAsync(token), await LoggedInAsync(other));
        await using var addressed = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));
        await addressed.SendLinesAsync("/login Ann", token, "nobody: hi");
        await addressed.ReadUntilContainsAsync("nobody");
        await using var lines = await ScriptedClient.ConnectAsync(Server.AddressOf("lines"));
        await lines.SendLinesAsync("/login Ann", token);
        await lines.ReadUntilAsync("You are logged in as Ann");

        var owner = await LoggedInAsync(Password);
        var number = (await owner.AskAsync("NS DEVICES")).Select(line => line.Text!).Single(text => text.Contains("my laptop", StringComparison.Ordinal)).Split(' ')[0];
        Assert.Equal("Logged out: my laptop", Assert.Single(await owner.AskAsync($"NS LOGOUT {number}")).Text);

        Assert.Equal("ERROR :Logged out", (await held.ReadToEndAsync())[^1].Raw);
        Assert.Equal("ERROR :Logged out", (await irc.ReadToEndAsync())[^1].Raw);
        await addressed.ReadUntilContainsAsync("Logged out");
        await lines.ReadUntilContainsAsync("Logged out");
        Assert.EndsWith("PRIVMSG Ann :still here", (await phone.AskAsync("PRIVMSG Ann :still here")).Bodies()[^1], StringComparison.Ordinal);
        Assert.EndsWith("PRIVMSG Ann :still here", (await owner.AskAsync("PRIVMSG Ann :still here")).Bodies()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_ends_without_use_and_goes_on_with_it()
    {
        var token = await TokenAsync("");
        Pass(TimeSpan.FromDays(89));
        Assert.Equal("903", await SaslAsync("Ann", token));
        Pass(TimeSpan.FromDays(89));
        Assert.Equal("903", await SaslAsync("Ann", token));

        Pass(TimeSpan.FromDays(90));

        Assert.Equal("904", await SaslAsync("Ann", token));

        // By the calendar alone: some ten million ticks of the server's watchdogs tell nothing here, and take minutes.
        void Pass(TimeSpan time) => Server.Time.SetUtcNow(Server.Time.GetUtcNow() + time);
    }

    [Fact]
    public async Task A_token_is_nothing_for_another_account_of_the_same_name()
    {
        var token = await TokenAsync("");
        await Store.DeleteAsync(Ann, TestContext.Current.CancellationToken);
        await MakeAnnAsync(DateTimeOffset.UnixEpoch);

        Assert.Equal("904", await SaslAsync("Ann", token));
    }

    [Theory]
    [InlineData("/account token")]
    [InlineData("/account devices")]
    [InlineData("/account logout all")]
    [InlineData("/account email ann@example.org")]
    [InlineData("/account verify 0000-0000-0000-0000")]
    public async Task Guests_have_nothing_to_look_after(string command)
    {
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLineAsync(command);

        await lena.ExpectAsync("Log in first with /login {name}");
    }

    [Theory]
    [InlineData("/account")]
    [InlineData("/account what")]
    [InlineData("/account recover")]
    public async Task What_is_no_command_is_told_with_those_that_are(string command)
    {
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLineAsync(command);

        await lena.ReadUntilAsync("/account token [words]: make a token for a program, which is used as a password");
    }

    [Fact]
    public async Task A_server_without_e_mail_says_so()
    {
        var lena = await Server.EnterLinesAsync("Lena");

        await lena.SendLineAsync("/account recover Ann");

        await lena.ExpectAsync("This server sends no e-mail: ask its operator");
    }
}
