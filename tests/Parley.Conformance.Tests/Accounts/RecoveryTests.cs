using Parley.Conformance.Tests.Support;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>docs/operations/accounts.md: a forgotten password is set by a code that is sent by e-mail.</summary>
public sealed class RecoveryTests : MailTest
{
    private const string Notice = ":NickServ!NickServ@parley NOTICE Bob :";
    private const string Wrong = "That code is wrong, used up, or too old: ask for another";
    private const string Done = "Your account has another password, and everything else is logged out";

    [Fact]
    public async Task A_code_that_is_sent_to_the_account_sets_another_password_once()
    {
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([$"{Notice}If ann is an account with a proven e-mail address, a code is on its way there"], (await bob.AskAsync("NS SENDPASS ann")).Bodies());
        var letter = await Mail.NextAsync();
        Assert.Equal("RCPT TO:<ann@example.org>", letter.To);
        Assert.Contains("Subject: Parley: another password for Ann", letter.Text, StringComparison.Ordinal);
        Assert.Equal([Notice + Done], (await bob.AskAsync($"NS RESETPASS Ann {letter.Code} battery-staple")).Bodies());

        Assert.Equal([Notice + Wrong], (await bob.AskAsync($"NS RESETPASS Ann {letter.Code} other-password")).Bodies());
        var old = await NegotiateAsync();
        await old.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");
        await old.ReadUntilAsync("904");
        Assert.Contains($"{Notice}You are now identified for Ann", (await bob.AskAsync("NS IDENTIFY Ann battery-staple")).Bodies());
    }

    [Fact]
    public async Task A_log_in_that_is_held_before_the_registration_ends_with_the_password_too()
    {
        var held = await NegotiateAsync();
        await held.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");
        await held.ReadUntilAsync("903");
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("NS SENDPASS ann");

        Assert.Equal([Notice + Done], (await bob.AskAsync($"NS RESETPASS Ann {(await Mail.NextAsync()).Code} battery-staple")).Bodies());

        Assert.Equal("ERROR :The account has another password: log in with that", (await held.ReadToEndAsync())[^1].Raw);
    }

    [Fact]
    public async Task Nothing_tells_whether_there_is_an_account_or_an_address()
    {
        await Server.MakeAccountAsync("Zoe", "battery-staple");
        var bob = await Server.RegisterAsync("Bob");

        var nobody = await bob.AskAsync("NS SENDPASS Nobody");
        var without = await bob.AskAsync("NS SENDPASS Zoe");
        var known = await bob.AskAsync("NS SENDPASS Ann");

        Assert.Equal(known.Bodies(), nobody.Bodies().Select(body => body.Replace("Nobody", "Ann", StringComparison.Ordinal)));
        Assert.Equal(known.Bodies(), without.Bodies().Select(body => body.Replace("Zoe", "Ann", StringComparison.Ordinal)));
        Assert.Contains("<ann@example.org>", (await Mail.NextAsync()).To, StringComparison.Ordinal);
        Assert.True(Mail.IsEmpty);
    }

    [Fact]
    public async Task An_address_that_its_owner_has_not_proven_is_sent_nothing()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("REGISTER * bob@example.org battery-staple");
        await Mail.NextAsync();
        var eve = await Server.RegisterAsync("Eve");

        await eve.AskAsync("NS SENDPASS Bob");
        await eve.AskAsync("NS SENDPASS Ann");

        Assert.Contains("<ann@example.org>", (await Mail.NextAsync()).To, StringComparison.Ordinal);
        Assert.True(Mail.IsEmpty);
    }

    [Fact]
    public async Task Strangers_who_say_that_the_address_is_theirs_use_up_no_letters_of_its_owner()
    {
        var eve = await Server.RegisterAsync("Eve");
        await eve.AskAsync("NS REGISTER battery-staple");
        for (var i = 0; i < 5; i++)
        {
            await eve.AskAsync("NS SET EMAIL ANN@example.org battery-staple");
            await Mail.NextAsync();
        }

        Assert.Equal([":NickServ!NickServ@parley NOTICE Eve :Too many e-mails were asked for (at most 5 e-mails an hour), try again later"], (await eve.AskAsync("NS SET EMAIL ann@example.org battery-staple")).Bodies());
        await eve.AskAsync("NS SENDPASS Ann");

        Assert.Contains("Subject: Parley: another password for Ann", (await Mail.NextAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_ends_with_its_time()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("NS SENDPASS Ann");
        var code = (await Mail.NextAsync()).Code;

        Server.Time.Advance(TimeSpan.FromHours(1));

        var late = await Server.RegisterAsync("Late");
        Assert.Equal([$":NickServ!NickServ@parley NOTICE Late :{Wrong}"], (await late.AskAsync($"NS RESETPASS Ann {code} battery-staple")).Bodies());
    }

    [Fact]
    public async Task A_newer_code_takes_the_place_of_the_one_before()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("NS SENDPASS Ann");
        var first = (await Mail.NextAsync()).Code;
        await bob.AskAsync("NS SENDPASS Ann");
        var second = (await Mail.NextAsync()).Code;

        Assert.Equal([Notice + Wrong], (await bob.AskAsync($"NS RESETPASS Ann {first} battery-staple")).Bodies());
        Assert.Equal([Notice + Done], (await bob.AskAsync($"NS RESETPASS Ann {second.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()} battery-staple")).Bodies());
    }

    [Fact]
    public async Task A_password_that_will_not_do_uses_no_code_up()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("NS SENDPASS Ann");
        var code = (await Mail.NextAsync()).Code;

        Assert.Equal([$"{Notice}Passwords have at least 8 characters: choose a longer one"], (await bob.AskAsync($"NS RESETPASS Ann {code} short")).Bodies());
        Assert.Equal([Notice + Wrong], (await bob.AskAsync($"NS RESETPASS Bob {code} battery-staple")).Bodies());

        Assert.Equal([Notice + Done], (await bob.AskAsync($"NS RESETPASS Ann {code} battery-staple")).Bodies());
    }

    [Fact]
    public async Task Codes_are_guessed_no_oftener_than_passwords()
    {
        var bob = await Server.RegisterAsync("Bob");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Equal([Notice + Wrong], (await bob.AskAsync("NS RESETPASS Ann 0000-0000-0000-0000 battery-staple")).Bodies());
        }

        Assert.StartsWith($"{Notice}Too many attempts to log in", Assert.Single((await bob.AskAsync("NS RESETPASS Ann 0000-0000-0000-0000 battery-staple")).Bodies()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_logged_in_by_the_password_before_is_put_out()
    {
        await using var lines = await Server.EnterLinesAsync("Lena");
        await lines.SendLinesAsync("/login Ann", Password);
        await lines.ReadUntilAsync("Lena is now Ann");
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("NS SENDPASS Ann");

        await bob.AskAsync($"NS RESETPASS Ann {(await Mail.NextAsync()).Code} battery-staple");

        await lines.ReadUntilAsync("The account has another password: log in with that");
        await lines.ExpectClosedAsync();
    }

    [Fact]
    public async Task Whoever_has_not_come_in_yet_can_recover_on_IRC()
    {
        var client = await Server.ConnectAsync();

        Assert.Equal([":NickServ!NickServ@parley NOTICE * :If Ann is an account with a proven e-mail address, a code is on its way there"], (await client.AskAsync("NS SENDPASS Ann")).Bodies());
        Assert.Equal([$":NickServ!NickServ@parley NOTICE * :{Done}"], (await client.AskAsync($"NS RESETPASS Ann {(await Mail.NextAsync()).Code} battery-staple")).Bodies());

        Assert.Equal("451", Assert.Single(await client.AskAsync("NS IDENTIFY Ann battery-staple")).Command);
        Assert.Equal("451", Assert.Single(await client.AskAsync("CS SENDPASS Ann")).Command);
    }

    [Fact]
    public async Task People_on_lines_recover_by_typing()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLineAsync("/account recover Ann");
        await lena.ExpectAsync("If Ann is an account with a proven e-mail address, a code is on its way there");

        await lena.SendLinesAsync($"/account recover Ann {(await Mail.NextAsync()).Code}", "battery staple", "/login Ann", "battery staple");

        await lena.ExpectAsync(
            "Send the new password as the next line, or an empty line to give up", "Your account has another password, and everything else is logged out: log in with /login Ann");
        await lena.ReadUntilAsync("You are logged in as Ann");
    }

    [Fact]
    public async Task People_on_addressed_recover_before_they_log_in()
    {
        await using var ann = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));
        await ann.SendLineAsync("/account recover Ann");
        await ann.ExpectAsync("error: If Ann is an account with a proven e-mail address, a code is on its way there");

        await ann.SendLinesAsync($"/account recover Ann {(await Mail.NextAsync()).Code}", "battery staple", "/login Ann", "battery staple", "Ann: it is me");

        await ann.ReadUntilAsync("from Ann: it is me");
    }

    [Fact]
    public async Task A_mail_server_that_is_down_is_told_to_nobody_but_the_operator()
    {
        await Mail.DisposeAsync();
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal([$"{Notice}If Ann is an account with a proven e-mail address, a code is on its way there"], (await bob.AskAsync("NS SENDPASS Ann")).Bodies());

        // Letters go one behind the other: the next attempt to send one ends behind that of the first.
        await bob.AskAsync("REGISTER * bob@example.org battery-staple");
        Assert.Contains(Server.Log.Entries, entry => entry.Id == 707);
    }
}
