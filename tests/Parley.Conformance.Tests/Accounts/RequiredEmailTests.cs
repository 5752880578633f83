using Parley.Conformance.Tests.Support;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>A server with <c>--require-email</c>: accounts are made when a code comes back.</summary>
public sealed class RequiredEmailTests : MailTest
{
    [Fact]
    [Quote(Registration, "`email-required` - if present, registrations require a valid email address to process")]
    public async Task A_client_is_told_that_an_address_is_needed()
    {
        var client = await Server.ConnectAsync();

        Assert.Contains("draft/account-registration=before-connect,custom-account-name,email-required", (await client.AskAsync("CAP LS 302")).SelectMany(line => line.Text!.Split(' ')));
    }

    [Fact]
    [Quote(Registration, "Sent by the server as a response to `REGISTER` when further action is required to complete registration of the `<account>`, as explain in the human-readable `<message>`.")]
    [Quote(Registration, "The `VERIFY` command completes a registration that required email verification.")]
    public async Task An_account_is_made_when_the_code_has_come_back()
    {
        var client = await NegotiateAsync("draft/account-registration");
        await client.SendAllAsync("NICK Bob", "REGISTER * bob@example.org battery-staple");
        Assert.Equal(["VERIFICATION_REQUIRED", "Bob"], (await client.ExpectAsync("REGISTER")).Parameters.Take(2));
        var letter = await Mail.NextAsync();
        Assert.Equal("RCPT TO:<bob@example.org>", letter.To);
        Assert.DoesNotContain(await Store.ListAsync(TestContext.Current.CancellationToken), account => account.Name.Value == "Bob");

        await client.SendAllAsync("VERIFY Bob 0000-0000-0000-0000", $"VERIFY bob {letter.Code}");

        Assert.Equal(["VERIFY", "INVALID_CODE", "Bob"], (await client.ExpectAsync("FAIL")).Parameters.Take(3));
        Assert.Equal(["SUCCESS", "Bob"], (await client.ExpectAsync("VERIFY")).Parameters.Take(2));
        Assert.Equal("Bob", (await client.ExpectAsync("900")).Parameters[2]);
        var account = Assert.Single(await Store.ListAsync(TestContext.Current.CancellationToken), each => each.Name.Value == "Bob");
        Assert.Equal(("bob@example.org", true), (account.Email, account.IsEmailProven));
    }

    [Fact]
    public async Task Without_an_address_there_is_no_account()
    {
        var bob = await Server.RegisterAsync("Bob");

        Assert.Equal("INVALID_EMAIL", Assert.Single(await bob.AskAsync("REGISTER * * battery-staple")).Parameters[1]);
        Assert.Equal([":NickServ!NickServ@parley NOTICE Bob :Accounts here have an e-mail address: give one such as ann@example.org, to which a code is sent"], (await bob.AskAsync("NS REGISTER battery-staple")).Bodies());
    }

    [Fact]
    public async Task The_password_before_the_code_logs_nobody_in()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("REGISTER * bob@example.org battery-staple");

        Assert.Equal([":NickServ!NickServ@parley NOTICE Bob :The name or the password is wrong"], (await bob.AskAsync("NS IDENTIFY Bob battery-staple")).Bodies());
    }

    [Fact]
    public async Task Of_two_who_want_a_name_the_first_to_give_the_code_back_has_it()
    {
        var (bob, eve) = (await Server.RegisterAsync("Bob"), await Server.RegisterAsync("Eve"));
        await bob.AskAsync("REGISTER Robert bob@example.org battery-staple");
        var first = (await Mail.NextAsync()).Code;
        await eve.AskAsync("REGISTER Robert eve@example.org battery-staple");
        var second = (await Mail.NextAsync()).Code;

        Assert.Equal("SUCCESS", (await eve.AskAsync($"VERIFY Robert {second}"))[0].Parameters[0]);

        Assert.Equal("ACCOUNT_EXISTS", Assert.Single(await bob.AskAsync($"VERIFY Robert {first}")).Parameters[1]);
    }

    [Fact]
    public async Task Of_two_letters_in_one_mailbox_neither_sets_the_password_of_whoever_asked_for_the_other()
    {
        var (bob, eve) = (await Server.RegisterAsync("Bob"), await Server.RegisterAsync("Eve"));
        await bob.AskAsync("REGISTER Robert bob@example.org battery-staple");
        await Mail.NextAsync();
        Assert.Contains("without a password, as it was asked for twice", (await eve.AskAsync("REGISTER Robert BOB@example.org password-of-eve"))[0].Text, StringComparison.Ordinal);

        Assert.Equal("SUCCESS", (await bob.AskAsync($"VERIFY Robert {(await Mail.NextAsync()).Code}"))[0].Parameters[0]);

        Assert.Equal("904", await SaslAsync("Robert", "password-of-eve"));
        Assert.Equal("904", await SaslAsync("Robert", "battery-staple"));
        await eve.AskAsync("NS SENDPASS Robert");
        await eve.AskAsync($"NS RESETPASS Robert {(await Mail.NextAsync()).Code} third-password");
        Assert.Equal("903", await SaslAsync("Robert", "third-password"));
    }

    [Theory]
    [InlineData("bob@example.org")]
    [InlineData("bob+robert@example.org")]
    public async Task The_older_letter_has_no_password_either_whatever_the_address_of_the_other_looks_like(string address)
    {
        var (eve, bob) = (await Server.RegisterAsync("Eve"), await Server.RegisterAsync("Bob"));
        await eve.AskAsync($"REGISTER Robert {address} password-of-eve");
        var older = (await Mail.NextAsync()).Code;
        await bob.AskAsync("REGISTER Robert bob@example.org battery-staple");
        await Mail.NextAsync();

        Assert.Equal("SUCCESS", (await bob.AskAsync($"VERIFY Robert {older}"))[0].Parameters[0]);

        Assert.Equal("904", await SaslAsync("Robert", "password-of-eve"));
    }

    [Fact]
    public async Task One_mailbox_has_no_second_address_in_other_dots()
    {
        var eve = await Server.RegisterAsync("Eve");

        Assert.Equal("INVALID_EMAIL", Assert.Single(await eve.AskAsync("REGISTER Robert bob@example\u3002org password-of-eve")).Parameters[1]);
    }

    [Fact]
    public async Task A_code_ends_with_its_time()
    {
        var bob = await Server.RegisterAsync("Bob");
        await bob.AskAsync("REGISTER Robert bob@example.org battery-staple");
        var code = (await Mail.NextAsync()).Code;

        Server.Time.Advance(TimeSpan.FromHours(1));

        var late = await Server.RegisterAsync("Late");
        Assert.Equal("INVALID_CODE", Assert.Single(await late.AskAsync($"VERIFY Robert {code}")).Parameters[1]);
    }

    [Fact]
    public async Task People_on_lines_make_accounts_by_typing()
    {
        var lena = await Server.EnterLinesAsync("Lena");
        await lena.SendLinesAsync("/account make Lena lena@example.org", "battery staple");
        await lena.ExpectAsync(
            "Send a password for Lena as the next line, or an empty line to give up",
            "A code was sent to lena@example.org: the account is made when you give it back, with /account verify Lena {code}");

        await lena.SendLinesAsync($"/account verify Lena {(await Mail.NextAsync()).Code}", "/users");

        await lena.ExpectAsync("Lena is your account now", "Users - Lena", "Logged in - Lena");
    }

    [Fact]
    public async Task People_on_addressed_make_accounts_before_they_come_in()
    {
        await using var lena = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));
        await lena.SendLinesAsync("/account make Lena lena@example.org", "battery staple");
        await lena.ReadUntilContainsAsync("A code was sent");

        await lena.SendLinesAsync($"/account verify Lena {(await Mail.NextAsync()).Code}", "Lena: it is me");

        await lena.ExpectAsync("error: Lena is your account now", "from Lena: it is me");
    }

    private protected override void Configure(ParleyOptions options) => options.RequireEmail = true;
}
